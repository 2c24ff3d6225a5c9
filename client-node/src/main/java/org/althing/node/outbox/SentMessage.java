package org.althing.node.outbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;

/**
 * One message that was handed to the connection to the coordinator.
 *
 * @param number from 1, without gaps
 * @param length in bytes
 * @param digest SHA-256 of the message
 * @param content the message; none where it is longer than {@value #MOST_KEPT} bytes, as a long
 *     masked vector is
 */
public record SentMessage(
    long number, Instant at, int length, Digest digest, Optional<Bytes> content) {
  public static final int MOST_KEPT = 1 << 16;
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 5;

  static SentMessage of(long number, Instant at, byte[] message) {
    return new SentMessage(
        number,
        at,
        message.length,
        Digest.of(message),
        message.length <= MOST_KEPT ? Optional.of(Bytes.of(message)) : Optional.empty());
  }

  /** One line: number, time, length, digest in hex, content in base64; without its end. */
  String toLine() {
    return String.join(
        SEPARATOR,
        Long.toString(number),
        at.toString(),
        Integer.toString(length),
        digest.hex(),
        content.map(bytes -> Base64.getEncoder().encodeToString(bytes.toArray())).orElse(""));
  }

  /** Reads {@link #toLine} back; empty for anything else, such as a line that was cut off. */
  static Optional<SentMessage> ofLine(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != FIELDS) {
      return Optional.empty();
    }
    try {
      byte[] content = Base64.getDecoder().decode(fields[4]);
      SentMessage read =
          new SentMessage(
              Long.parseLong(fields[0]),
              Instant.parse(fields[1]),
              Integer.parseInt(fields[2]),
              Digest.ofHex(fields[3]),
              content.length == 0 ? Optional.empty() : Optional.of(Bytes.of(content)));
      boolean whole =
          content.length == 0
              || (content.length == read.length && Digest.of(content).equals(read.digest));
      return whole ? Optional.of(read) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
