package org.althing.contract;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * How an organisation's delimited text files are written; declared, never guessed from the file.
 *
 * @param charset one of UTF-8, GB18030, ISO-8859-1
 * @param delimiter between fields; not a quote or a line break
 * @param quotes whether fields may be quoted with {@code "}, doubled inside quotes; otherwise a
 *     quote is a character like any other, and a field holds neither delimiter nor line break
 * @param header whether the first line names the columns; otherwise they are named by {@link
 *     #nameOf}
 * @param fields how many each row has, where it is declared; with a header it never is, since the
 *     names say it
 * @param rejects how many rows of another number of fields are set aside in each file, 0 to {@value
 *     #MOST_REJECTS}; one more refuses the file
 */
public record SourceFormat(
    Charset charset,
    char delimiter,
    boolean quotes,
    boolean header,
    OptionalInt fields,
    int rejects) {
  /**
   * So few that a steward can look at each, and that a wrong delimiter is not mistaken for them.
   */
  public static final int MOST_REJECTS = 1000;

  public static final SourceFormat COMMA_UTF8 = new SourceFormat(StandardCharsets.UTF_8, ',');

  public SourceFormat {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter == 0) {
      throw new IllegalArgumentException("a delimiter is no quote, line break or NUL");
    }
    if (rejects < 0 || rejects > MOST_REJECTS) {
      throw new IllegalArgumentException("rejects are 0 to " + MOST_REJECTS + ", got " + rejects);
    }
    if (header && fields.isPresent()) {
      throw new IllegalArgumentException("the header says how many fields a row has");
    }
    // Else the first row would decide which of all others count.
    if (rejects > 0 && !header && fields.isEmpty()) {
      throw new IllegalArgumentException("nothing says how many fields a row has");
    }
  }

  /** Every row has as many fields as the first. */
  public SourceFormat(Charset charset, char delimiter, boolean quotes, boolean header) {
    this(charset, delimiter, quotes, header, OptionalInt.empty(), 0);
  }

  /** As the other, with quotes and a line of column names. */
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
