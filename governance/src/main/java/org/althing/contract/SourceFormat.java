package org.althing.contract;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How an organisation's delimited text files are written; declared, never guessed from the file.
 *
 * @param charset one of UTF-8, GB18030, ISO-8859-1
 * @param delimiter between fields; not a quote or a line break
 * @param quotes whether fields may be quoted with {@code "}, doubled inside quotes; otherwise a
 *     quote is a character like any other, and a field holds neither delimiter nor line break
 * @param header whether the first line names the columns; otherwise they are named by {@link
 *     #nameOf}
 */
public record SourceFormat(Charset charset, char delimiter, boolean quotes, boolean header) {
  public static final SourceFormat COMMA_UTF8 = new SourceFormat(StandardCharsets.UTF_8, ',');

  public SourceFormat {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter == 0) {
      throw new IllegalArgumentException("a delimiter is no quote, line break or NUL");
    }
  }

  /** With quotes and a line of column names. */
  public SourceFormat(Charset charset, char delimiter) {
    this(charset, delimiter, true, true);
  }

  /**
   * The name of a column in files that do not name theirs, such as {@code #1}.
   *
   * @param position from 1
   */
  public static String nameOf(int position) {
    return "#" + position;
  }
}
