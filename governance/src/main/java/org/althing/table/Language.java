package org.althing.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a free text is taken apart into words. */
public enum Language {
  /** Words at the borders of Unicode Standard Annex 29, in lower case. */
  ENGLISH("en"),
  /** Each Chinese character and each pair of neighbours; other scripts by words. */
  CHINESE("zh"),
  /** As Chinese, after traditional characters were turned into simplified ones. */
  SIMPLIFIED_CHINESE("zh-Hans");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** The tag of BCP 47. */
  public String code() {
    return code;
  }

  /** The script that its texts are written in. */
  public Script script() {
    return this == ENGLISH ? Script.LATIN : Script.HAN;
  }

  public static List<String> codes() {
    return Arrays.stream(values()).map(Language::code).toList();
  }

  public static Optional<Language> of(String code) {
    return Arrays.stream(values()).filter(l -> l.code.equals(code)).findFirst();
  }
}
