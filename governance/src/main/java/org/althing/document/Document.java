package org.althing.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The one door through which YAML enters: a small strict subset of YAML 1.2, UTF-8, at most 256 kB,
 * one document, a mapping at the root, no anchors, aliases, tags, directives or duplicate keys, at
 * most 20 levels.
 *
 * <p>Scalars stay text until a reader asks for a number or a flag, so {@code no}, {@code 1} and
 * {@code 0x10} never change type by themselves.
 */
public final class Document {
  public static final int MOST_BYTES = 256 * 1024;
  static final int MOST_LEVELS = 20;

  private Document() {}

  /**
   * Reads a document.
   *
   * @param fileName as errors shall show it
   */
  public static Mapping parse(String fileName, byte[] utf8) throws DocumentError {
    if (utf8.length > MOST_BYTES) {
      throw new DocumentError(
          Problem.TOO_LARGE,
          new Place(fileName, 1, 1),
          "",
          "expected at most %d bytes, got %d".formatted(MOST_BYTES, utf8.length),
          "split it");
    }
    return new Mapping(new DocumentParser(fileName).parse(decode(fileName, utf8)), "");
  }

  /**
   * Checks the first line of one of our own documents, {@code althing: KIND/v1}.
   *
   * @param kind such as {@code study}
   */
  public static void kind(Mapping root, String kind) throws DocumentError {
    String expected = kind + "/v1";
    if (!root.has("althing")) {
      throw root.problem(
          Problem.WRONG_KIND,
          "althing",
          "expected a document that opens with \"althing: %s\"".formatted(expected),
          "write that line first");
    }
    String got = root.text("althing");
    if (!got.equals(expected)) {
      throw root.problem(
          Problem.WRONG_KIND,
          "althing",
          "expected %s, got %s".formatted(expected, DocumentError.quoted(got)),
          "give a %s file here, or correct this line".formatted(kind));
    }
  }

  private static String decode(String fileName, byte[] utf8) throws DocumentError {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(utf8);
    CharBuffer out = CharBuffer.allocate(utf8.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      int column = 1 + text.codePointCount(text.lastIndexOf('\n') + 1, text.length());
      throw new DocumentError(
          Problem.NOT_UTF8,
          new Place(fileName, line, column),
          "",
          "the bytes here are no UTF-8",
          "save the file as UTF-8");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
