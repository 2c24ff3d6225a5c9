package org.althing.node.source;

import java.io.Serial;
import java.util.Locale;

/**
 * A file that cannot be read strictly. {@link #getMessage} says only what kind of problem it is and
 * may travel; {@link #localDetail} adds file, line and counts for the organisation's own staff.
 * Neither holds a text from the file.
 */
public final class SourceProblem extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What can be wrong; a number, once given, keeps its meaning. */
  public enum Kind {
    UNREADABLE(1, "a file cannot be opened or read"),
    EMPTY(2, "a file is empty"),
    NO_ROWS(3, "the files have no rows"),
    CHARSET(4, "a file is not in the declared character set"),
    NUL(5, "a file holds a NUL character"),
    QUOTES(6, "quotes in a file do not pair"),
    LINE_END(7, "a file has a line end that is neither LF nor CR LF"),
    RAGGED(8, "a row has another number of fields than the first"),
    ROW_TOO_LONG(9, "a row is too long"),
    DUPLICATE_COLUMN(10, "two columns of a file have the same name"),
    MISSING_COLUMN(11, "a bound column is not in a file"),
    BLANK_LINE(12, "a file has a blank line between rows"),
    TOO_MANY_ROWS(13, "the files have too many rows"),
    CHANGED(14, "a file changed while a study was using it"),
    UNKNOWN_FORMAT(15, "a file is of a format that is not read"),
    MALFORMED(16, "a file is damaged or not of the format its name says"),
    NESTED(17, "a bound column holds other than plain values"),
    EXPANSION(18, "a compressed file expands beyond the limit"),
    DATABASE(19, "a database's table cannot be read"),
    MEMORY(20, "a file cannot be read within the memory there is for it");

    private final int number;
    private final String what;

    Kind(int number, String what) {
      this.number = number;
      this.what = what;
    }

    /** Stable, such as {@code ALT-SRC-008}. */
    public String code() {
      return String.format(Locale.ROOT, "ALT-SRC-%03d", number);
    }
  }

  private final Kind kind;
  private final String localDetail;

  /**
   * Names a problem.
   *
   * @param where a file and perhaps a line
   * @param detail expected and got, and a remedy; never a text from the file
   */
  SourceProblem(Kind kind, String where, String detail) {
    super(kind.code() + " " + kind.what);
    this.kind = kind;
    this.localDetail = "%s %s  %s: %s".formatted(kind.code(), kind.what, where, detail);
  }

  public Kind kind() {
    return kind;
  }

  /** The kind of problem alone: safe to send, log or publish. */
  public String remoteText() {
    return kind.code() + " " + kind.what;
  }

  /** For the organisation's own staff: file, line, expected, got, remedy. */
  public String localDetail() {
    return localDetail;
  }
}
