package org.althing.contract;

/** Texts of documents as messages may show them; documents hold no records. */
public final class Excerpt {
  private static final int MOST_SHOWN = 60;

  private Excerpt() {}

  /** Quoted, printable, at most {@value #MOST_SHOWN} characters. */
  public static String of(String text) {
    int end = text.length() <= MOST_SHOWN ? text.length() : text.offsetByCodePoints(0, 57);
    return '"' + printable(text.substring(0, end)) + (end < text.length() ? "…\"" : "\"");
  }

  /** The same with a mark for every character that a terminal or a page would act on. */
  public static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
  }
}
