package org.althing.document;

/** Names that other documents, reports and file names refer to. */
final class Names {
  static final int MOST_CHARACTERS = 100;

  private Names() {}

  /** A text without line breaks or control characters, at most 100 characters. */
  static String id(Mapping mapping, String key) throws DocumentError {
    String name = mapping.text(key);
    if (name.length() > MOST_CHARACTERS
        || !name.equals(name.strip())
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw mapping.error(
          key,
          "a name has at most %d characters, no line breaks and no blanks around it"
              .formatted(MOST_CHARACTERS));
    }
    return name;
  }
}
