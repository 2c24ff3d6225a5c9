package org.althing.document;

import java.io.Serial;
import org.althing.contract.Excerpt;

/**
 * What is wrong with a document, where, and what to do about it, in one line such as {@code
 * ALT-DOC-012 unknown key readmit.yaml:14:5 analysis.logistic.feature → did you mean "features"?}.
 *
 * <p>Documents hold no records, so their texts may be quoted; quotes are shortened and made
 * printable.
 */
public final class DocumentError extends Exception {
  @Serial private static final long serialVersionUID = 1L;
  private static final int MOST_SHOWN = 500;

  private final String code;
  private final String file;
  private final int line;
  private final int column;
  private final String path;

  DocumentError(Problem problem, Place place, String path, String detail, String remedy) {
    super(text(problem, place, path, detail, remedy));
    this.code = problem.code();
    this.file = place.file();
    this.line = place.line();
    this.column = place.column();
    this.path = path;
  }

  private static String text(
      Problem problem, Place place, String path, String detail, String remedy) {
    StringBuilder text = new StringBuilder(problem.code()).append(' ').append(problem.what());
    text.append("  ").append(place);
    if (!path.isEmpty()) {
      text.append("  ").append(tail(path));
    }
    if (!detail.isEmpty()) {
      text.append(": ").append(detail, 0, Math.min(detail.length(), MOST_SHOWN));
    }
    if (!remedy.isEmpty()) {
      text.append(" → ").append(remedy);
    }
    return Excerpt.printable(text.toString());
  }

  /** The nearest keys of a path; a key is as long as its author likes. */
  private static String tail(String path) {
    return path.length() <= MOST_SHOWN ? path : "…" + path.substring(path.length() - MOST_SHOWN);
  }

  /** A text from the document as an error may show it: quoted, at most 60 characters. */
  static String quoted(String text) {
    return Excerpt.of(text);
  }

  /** Stable, such as {@code ALT-DOC-012}. */
  public String code() {
    return code;
  }

  public String file() {
    return file;
  }

  /** 1 for the first line. */
  public int line() {
    return line;
  }

  /** 1 for the first character of a line, counted in code points. */
  public int column() {
    return column;
  }

  /** The keys that lead to the place, such as {@code schema[0].properties[3].quality}. */
  public String path() {
    return path;
  }
}
