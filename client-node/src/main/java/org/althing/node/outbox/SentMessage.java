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
 * @param statement what the node signed in a message whose content is not kept
 */
public record SentMessage(
    long number,
    Instant at,
    int length,
    Digest digest,
    Optional<Bytes> content,
    Optional<Bytes> statement) {
  public static final int MOST_KEPT = 1 << 16;
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 6;

  static SentMessage of(long number, Instant at, byte[] message, Optional<Bytes> statement) {
    boolean kept = message.length <= MOST_KEPT;
    return new SentMessage(
        number,
        at,
        message.length,
        Digest.of(message),
        kept ? Optional.of(Bytes.of(message)) : Optional.empty(),
        kept ? Optional.empty() : statement);
  }

  /**
   * One line: number, time, length, digest in hex, content, statement in base64; without its end.
   */
  String toLine() {
    return String.join(
        SEPARATOR,
        Long.toString(number),
        at.toString(),
        Integer.toString(length),
        digest.hex(),
        base64(content),
        base64(statement));
  }

  private static String base64(Optional<Bytes> bytes) {
    return bytes.map(b -> Base64.getEncoder().encodeToString(b.toArray())).orElse("");
  }

  /** Reads {@link #toLine} back; empty for anything else, such as a line that was cut off. */
  static Optional<SentMessage> ofLine(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    // Lines of earlier versions have no statement.
    if (fields.length != FIELDS && fields.length != FIELDS - 1) {
      return Optional.empty();
    }
    try {
      byte[] content = Base64.getDecoder().decode(fields[4]);
      byte[] statement = Base64.getDecoder().decode(fields.length == FIELDS ? fields[5] : "");
      SentMessage read =
          new SentMessage(
              Long.parseLong(fields[0]),
              Instant.parse(fields[1]),
              Integer.parseInt(fields[2]),
              Digest.ofHex(fields[3]),
              content.length == 0 ? Optional.empty() : Optional.of(Bytes.of(content)),
              statement.length == 0 ? Optional.empty() : Optional.of(Bytes.of(statement)));
      boolean whole =
          content.length == 0
              || (content.length == read.length && Digest.of(content).equals(read.digest));
      return whole ? Optional.of(read) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
