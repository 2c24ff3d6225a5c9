package org.althing.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.privacy.LedgerState;
import org.althing.study.ChargeStatement;
import org.althing.study.Signed;

/**
 * What one node remembers of the members' ledgers: the newest charge of each, as its owner signed
 * it.
 *
 * <p>A node makes it durable before it signs that it remembers, and nobody draws noise without the
 * word of a quorum. So a ledger that was put back to an older state can be told what it has
 * forgotten. It notices a second copy of a ledger that charges beside the first, as far back as
 * {@link LedgerState#MOST_BEFORE} charges.
 */
public final class LedgerMemory {
  private static final String LABEL = "ledger-memory/v1";
  private static final LedgerMemory NOTHING = new LedgerMemory(new TreeMap<>());
  private final SortedMap<NodeId, Signed<ChargeStatement>> newest;

  private LedgerMemory(SortedMap<NodeId, Signed<ChargeStatement>> newest) {
    this.newest = newest;
  }

  public static LedgerMemory nothing() {
    return NOTHING;
  }

  /** The newest charge that is remembered of a member. */
  public Optional<Signed<ChargeStatement>> of(NodeId member) {
    return Optional.ofNullable(newest.get(member));
  }

  /**
   * The first statement that one ledger cannot have made besides the one that is remembered of it.
   */
  public Optional<Contradiction> contradiction(List<Signed<ChargeStatement>> shown) {
    for (Signed<ChargeStatement> each : shown) {
      Optional<Contradiction> found =
          of(each.statement().node()).flatMap(known -> Contradiction.between(known, each));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** This, and what of {@code shown} is newer. */
  public LedgerMemory with(List<Signed<ChargeStatement>> shown) {
    SortedMap<NodeId, Signed<ChargeStatement>> next = new TreeMap<>(newest);
    for (Signed<ChargeStatement> each : shown) {
      next.merge(
          each.statement().node(),
          each,
          (known, other) -> state(other).isNewerThan(state(known)) ? other : known);
    }
    return next.equals(newest) ? this : new LedgerMemory(next);
  }

  static LedgerState state(Signed<ChargeStatement> charge) {
    return charge.statement().receipt().ledger();
  }

  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putList(List.copyOf(newest.values()), (w, each) -> w.putBytes(each.toBytes()))
        .toBytes();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static LedgerMemory ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    List<byte[]> all = in.getList(CanonicalReader::getBytes, Quorum.MOST_NODES);
    in.end();
    SortedMap<NodeId, Signed<ChargeStatement>> newest = new TreeMap<>();
    for (byte[] each : all) {
      Signed<ChargeStatement> charge = Signed.ofBytes(each, ChargeStatement::ofBytes);
      NodeId node = charge.statement().node();
      if (!newest.isEmpty() && newest.lastKey().compareTo(node) >= 0) {
        throw in.malformed("one charge of each member, in the order of their names");
      }
      newest.put(node, charge);
    }
    return new LedgerMemory(newest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LedgerMemory memory && newest.equals(memory.newest);
  }

  @Override
  public int hashCode() {
    return newest.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("LedgerMemory");
    for (Map.Entry<NodeId, Signed<ChargeStatement>> each : newest.entrySet()) {
      text.append(" %s:%d".formatted(each.getKey(), state(each.getValue()).position().sequence()));
    }
    return text.toString();
  }
}
