package org.althing.session;

import java.util.Optional;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.study.ChargeStatement;
import org.althing.study.Signed;

/**
 * Two charges that one member signed and one ledger cannot both hold: proof, for anybody with the
 * roster, that its ledger was put back or runs twice. It does not say which of the two is right.
 */
public record Contradiction(Signed<ChargeStatement> first, Signed<ChargeStatement> second) {
  private static final String LABEL = "ledger-contradiction/v1";

  /** The contradiction between two charges of one member, if there is one. */
  static Optional<Contradiction> between(
      Signed<ChargeStatement> first, Signed<ChargeStatement> second) {
    Contradiction pair = new Contradiction(first, second);
    return pair.why().isPresent() ? Optional.of(pair) : Optional.empty();
  }

  public NodeId node() {
    return first.statement().node();
  }

  /** What does not fit, if anything. */
  public Optional<String> why() {
    return first.statement().node().equals(second.statement().node())
        ? LedgerMemory.state(first).contradiction(LedgerMemory.state(second))
        : Optional.empty();
  }

  /** Whether a member of {@code roster} signed both and they do contradict each other. */
  public boolean holds(Roster roster) {
    return why().isPresent() && first.verifies(roster) && second.verifies(roster);
  }

  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putBytes(first.toBytes())
        .putBytes(second.toBytes())
        .toBytes();
  }

  public Digest digest() {
    return Digest.of(toBytes());
  }

  /** Reads what {@link #toBytes} wrote; nothing is proved until {@link #holds} says so. */
  public static Contradiction ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    Signed<ChargeStatement> first = Signed.ofBytes(in.getBytes(), ChargeStatement::ofBytes);
    Signed<ChargeStatement> second = Signed.ofBytes(in.getBytes(), ChargeStatement::ofBytes);
    in.end();
    return new Contradiction(first, second);
  }
}
