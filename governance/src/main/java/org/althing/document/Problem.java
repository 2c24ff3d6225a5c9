package org.althing.document;

import java.util.Locale;

/** The kinds of document errors; a number, once given, keeps its meaning. */
enum Problem {
  NOT_UTF8(1, "not UTF-8"),
  TOO_LARGE(2, "too large"),
  SYNTAX(3, "not YAML"),
  SEVERAL_DOCUMENTS(4, "more than one document"),
  ALIAS(5, "anchor or alias"),
  TAG(6, "tag or directive"),
  TOO_DEEP(7, "nested too deep"),
  NOT_A_MAPPING(8, "not a mapping"),
  DUPLICATE_KEY(9, "duplicate key"),
  NOT_A_KEY(10, "not a key"),
  MISSING_KEY(11, "missing key"),
  UNKNOWN_KEY(12, "unknown key"),
  WRONG_TYPE(13, "wrong type"),
  OUT_OF_RANGE(14, "out of range"),
  NOT_A_CHOICE(15, "not one of the choices"),
  WRONG_KIND(16, "wrong kind of document"),
  REFUSED(17, "not acceptable"),
  CANNOT_RUN(18, "cannot run");

  private final int number;
  private final String what;

  Problem(int number, String what) {
    this.number = number;
    this.what = what;
  }

  String code() {
    return String.format(Locale.ROOT, "ALT-DOC-%03d", number);
  }

  String what() {
    return what;
  }
}
