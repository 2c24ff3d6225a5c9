package org.althing.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Well-formed HTML and SVG, written in order; every text and every attribute is escaped. */
public final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; {@code attributes} are names and values in turn. */
  public Markup open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  public Markup text(String text) {
    out.append(escape(text));
    return this;
  }

  /** An element that holds only text. */
  public Markup leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An HTML element without an end tag, such as {@code meta}. */
  Markup bare(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    return this;
  }

  /** An SVG element without content. */
  Markup shape(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  public Markup line() {
    out.append('\n');
    return this;
  }

  public Markup add(Markup other) {
    out.append(other);
    return this;
  }

  /** Text that must stand as it is: the style sheet, which is ours. */
  Markup verbatim(String own) {
    out.append(own);
    return this;
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escape(attributes[i + 1])).append('"');
    }
  }

  /** Also takes out what could turn the reading order around or is no character of HTML at all. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isHarmless(c) ? c : 0xFFFD);
              }
            });
    return safe.toString();
  }

  private static boolean isHarmless(int c) {
    boolean control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    boolean noCharacter = (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
    boolean turnsAround =
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    return !control && !noCharacter && !turnsAround;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("an element was left open: " + open.peek());
    }
    return out.toString();
  }
}
