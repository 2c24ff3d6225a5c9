package org.althing.node.source;

/** Days of ISO 8601 in another way of writing, in the SQL of DuckDB and of PostgreSQL alike. */
final class IsoDay {
  private static final String YEAR = "([0-9]{4})";
  private static final String TWO_DIGITS = "([0-9]{2})";
  private static final String WITHOUT_ZERO = "0?([0-9]{1,2})";

  private IsoDay() {}

  /**
   * SQL of a text: a day in another way, and whatever is no day as it is.
   *
   * @param text SQL of a text
   * @param format one of {@link org.althing.table.Domain.Dates#FORMATS}
   */
  static String written(String text, String format) {
    String month = format.contains("MM") ? TWO_DIGITS : WITHOUT_ZERO;
    String day = format.contains("dd") ? TWO_DIGITS : WITHOUT_ZERO;
    String parts =
        format
            .replaceFirst("yyyy", "\\\\1")
            .replaceFirst("MM?", "\\\\2")
            .replaceFirst("dd?", "\\\\3");
    return "regexp_replace(%s, '^%s-%s-%s$', '%s')".formatted(text, YEAR, month, day, parts);
  }
}
