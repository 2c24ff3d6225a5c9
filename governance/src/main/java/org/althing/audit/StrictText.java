package org.althing.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/** Reads text in which every value has exactly one spelling, so that no byte can change unseen. */
final class StrictText {
  private StrictText() {}

  /** UTF-8 without control characters other than the line feed. */
  static String utf8(byte[] bytes) throws MalformedEncoding {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEncoding("expected UTF-8 text");
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\n' && Character.isISOControl(text.charAt(i))) {
        throw new MalformedEncoding("a control character at position " + i);
      }
    }
    return text;
  }

  /** One to {@code most} lines, every one of them ended by a line feed. */
  static List<String> lines(String text, int most) throws MalformedEncoding {
    if (!text.endsWith("\n")) {
      throw new MalformedEncoding("expected every line to end with a line feed");
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", most + 1));
    if (lines.size() > most) {
      throw new MalformedEncoding("expected at most " + most + " lines");
    }
    return lines;
  }

  /** Decimal digits without sign or leading zero, at most 2⁶³ - 1. */
  static long number(String text) throws MalformedEncoding {
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedEncoding("expected a whole number of at most 63 bits");
    }
    if (value < 0 || !Long.toString(value).equals(text)) {
      throw new MalformedEncoding("a number is decimal digits without sign or leading zero");
    }
    return value;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Standard base64 with padding whose unused bits are zero: it must encode to itself. */
  static byte[] base64(String text) throws MalformedEncoding {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding("expected base64 (RFC 4648 §4)");
    }
    if (!base64(bytes).equals(text)) {
      throw new MalformedEncoding("base64 is not in its canonical form");
    }
    return bytes;
  }

  static Digest digest(String base64) throws MalformedEncoding {
    byte[] bytes = base64(base64);
    if (bytes.length != Digest.BYTES) {
      throw new MalformedEncoding("a hash has 32 bytes, got " + bytes.length);
    }
    return Digest.ofBytes(bytes);
  }

  /** Not empty, and without a space of any script or a plus (signed-note §Format). */
  static boolean isKeyName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(
                c ->
                    c == '+'
                        || Character.isISOControl(c)
                        || Character.isSpaceChar(c)
                        || Character.isWhitespace(c));
  }
}
