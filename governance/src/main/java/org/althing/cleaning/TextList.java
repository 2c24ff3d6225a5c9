package org.althing.cleaning;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts that many rows name by their places, so that what each means is worked out once. */
public final class TextList {
  private final List<byte[]> texts;

  /** In this order, blanks around them and all. */
  public TextList(List<String> texts) {
    this.texts = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  public int size() {
    return texts.size();
  }

  /** Not to be changed. */
  public byte[] utf8(int place) {
    return texts.get(place);
  }

  String text(int place) {
    return new String(utf8(place), StandardCharsets.UTF_8);
  }
}
