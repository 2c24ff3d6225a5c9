package org.althing.study;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;

/**
 * A statement and the Ed25519 signature over its canonical bytes. Nothing is proved until {@link
 * #verifies} says so.
 */
public record Signed<S extends Statement>(S statement, Bytes signature) {
  private static final String LABEL = "signed-statement/v1";

  public static <S extends Statement> Signed<S> by(SigningKey key, S statement) {
    return new Signed<>(statement, Bytes.of(key.sign(statement.toBytes())));
  }

  /**
   * Whether the node that speaks is a member of {@code roster} and signed with the key listed
   * there.
   */
  public boolean verifies(Roster roster) {
    return roster
        .keyOf(statement.node())
        .map(key -> key.verifies(statement.toBytes(), signature.toArray()))
        .orElse(false);
  }

  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putBytes(statement.toBytes())
        .putBytes(signature.toArray())
        .toBytes();
  }

  /** Reads one kind of statement from its canonical bytes. */
  @FunctionalInterface
  public interface StatementReader<S extends Statement> {
    S read(byte[] bytes) throws MalformedEncoding;
  }

  /** For example {@code Signed.ofBytes(bytes, Admission::ofBytes)}. */
  public static <S extends Statement> Signed<S> ofBytes(byte[] bytes, StatementReader<S> reader)
      throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    S statement = reader.read(in.getBytes());
    byte[] signature = in.getBytes();
    in.end();
    return new Signed<>(statement, Bytes.of(signature));
  }
}
