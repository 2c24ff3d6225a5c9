package org.althing.compliance;

import java.util.Arrays;
import java.util.Locale;
import org.althing.sheet.Language;

/** A text in every language that reports are written in: none can be left out. */
record Phrase(String english, String chinese) {
  Phrase {
    if (english.isBlank() || chinese.isBlank()) {
      throw new IllegalArgumentException("a phrase has a text in every language");
    }
  }

  static Phrase of(String english, String chinese) {
    return new Phrase(english, chinese);
  }

  /** Of names, numbers, digests, and what people wrote, which stay as they are. */
  static Phrase same(String text) {
    return new Phrase(text, text);
  }

  /** The phrase as a pattern, filled with values; a value that is a phrase itself is translated. */
  Phrase with(Object... values) {
    return new Phrase(
        String.format(Locale.ROOT, english, translated(Language.EN, values)),
        String.format(Locale.ROOT, chinese, translated(Language.ZH, values)));
  }

  String in(Language language) {
    return switch (language) {
      case EN -> english;
      case ZH -> chinese;
    };
  }

  private static Object[] translated(Language language, Object... values) {
    return Arrays.stream(values)
        .map(value -> value instanceof Phrase phrase ? phrase.in(language) : value)
        .toArray();
  }
}
