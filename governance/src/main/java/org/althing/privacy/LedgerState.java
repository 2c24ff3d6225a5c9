package org.althing.privacy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * What a ledger says of itself with a charge, so that others can remember it: two states that one
 * ledger cannot both have had prove that it was put back or copied.
 *
 * @param recoveries how often the ledger adopted what others remembered; it is a new ledger each
 *     time, whose spend is at least what was remembered
 * @param position of the charge
 * @param before the places of the last charges before it since the last recovery, oldest first, at
 *     most {@value #MOST_BEFORE}: fewer are all of them
 * @param spends of every population, by their digests
 */
public record LedgerState(
    int recoveries,
    LedgerPosition position,
    List<LedgerPosition> before,
    List<PopulationSpend> spends) {
  public static final int MOST_BEFORE = 16;
  public static final int MOST_POPULATIONS = 1000;

  public LedgerState {
    before = List.copyOf(before);
    spends = List.copyOf(spends);
    if (recoveries < 0 || before.size() > MOST_BEFORE || spends.size() > MOST_POPULATIONS) {
      throw new IllegalArgumentException(
          "a ledger's state has at most %d charges before it and %d populations, got %d and %d"
              .formatted(MOST_BEFORE, MOST_POPULATIONS, before.size(), spends.size()));
    }
    if (!strictlyAscending(before, position)) {
      throw new IllegalArgumentException("charges are named in the order of their entries");
    }
    for (int i = 1; i < spends.size(); i++) {
      if (BY_DIGEST.compare(spends.get(i - 1), spends.get(i)) >= 0) {
        throw new IllegalArgumentException("populations are named once, in order");
      }
    }
  }

  static final Comparator<PopulationSpend> BY_DIGEST =
      Comparator.comparing(spend -> spend.population().hex());

  private static boolean strictlyAscending(List<LedgerPosition> before, LedgerPosition last) {
    long sequence = 0;
    for (LedgerPosition each : before) {
      if (each.sequence() <= sequence) {
        return false;
      }
      sequence = each.sequence();
    }
    return last.sequence() > sequence;
  }

  /** Whether this state is newer than another one of the same ledger. */
  public boolean isNewerThan(LedgerState other) {
    return recoveries != other.recoveries
        ? recoveries > other.recoveries
        : position.sequence() > other.position.sequence();
  }

  /**
   * Why one ledger cannot have had both states, in whatever order they were seen; empty also where
   * the older one is too old for the newer one to name it.
   */
  public Optional<String> contradiction(LedgerState other) {
    boolean isNewer = isNewerThan(other);
    LedgerState newer = isNewer ? this : other;
    LedgerState older = isNewer ? other : this;
    if (newer.recoveries > older.recoveries) {
      return older.isCoveredBy(newer.spends)
          ? Optional.empty()
          : Optional.of("after a recovery it has spent less than it had signed before");
    }
    if (newer.position.equals(older.position)) {
      return newer.equals(older)
          ? Optional.empty()
          : Optional.of("one entry is told of in two ways");
    }
    return newer.mayFollow(older.position)
        ? Optional.empty()
        : Optional.of(
            "the history of its charge at entry %d is not the one of its charge at entry %d"
                .formatted(newer.position.sequence(), older.position.sequence()));
  }

  private boolean mayFollow(LedgerPosition earlier) {
    boolean all = before.size() < MOST_BEFORE;
    return before.contains(earlier) || (!all && earlier.sequence() < before.get(0).sequence());
  }

  /** Whether every population has spent, by {@code known}, at least what this state says. */
  boolean isCoveredBy(List<PopulationSpend> known) {
    Map<Digest, Rho> spent =
        known.stream()
            .collect(Collectors.toMap(PopulationSpend::population, PopulationSpend::spent));
    return spends.stream()
        .allMatch(
            each -> spent.getOrDefault(each.population(), Rho.ZERO).compareTo(each.spent()) >= 0);
  }

  public void writeTo(CanonicalWriter out) {
    out.putInt(recoveries);
    position.writeTo(out);
    out.putList(before, (w, each) -> each.writeTo(w));
    out.putList(spends, (w, each) -> each.writeTo(w));
  }

  /** Reads what {@link #writeTo} wrote. */
  public static LedgerState readFrom(CanonicalReader in) throws MalformedEncoding {
    try {
      return new LedgerState(
          in.getInt(),
          LedgerPosition.readFrom(in),
          in.getList(LedgerPosition::readFrom, MOST_BEFORE),
          in.getList(PopulationSpend::readFrom, MOST_POPULATIONS));
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
