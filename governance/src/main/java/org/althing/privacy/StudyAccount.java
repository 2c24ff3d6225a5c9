package org.althing.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.privacy.LedgerEntry.ReleaseCharged;
import org.althing.privacy.LedgerEntry.StudyReserved;

/**
 * One study as the ledger knows it: its terms, its charges in order, and whether it is closed;
 * everything else follows.
 */
public record StudyAccount(StudyReserved terms, List<ReleaseCharged> charges, boolean closed) {
  public StudyAccount {
    charges = List.copyOf(charges);
  }

  static StudyAccount opened(StudyReserved terms) {
    return new StudyAccount(terms, List.of(), false);
  }

  StudyAccount plus(ReleaseCharged charge) {
    List<ReleaseCharged> more = new ArrayList<>(charges);
    more.add(charge);
    return new StudyAccount(terms, more, closed);
  }

  StudyAccount ended() {
    return new StudyAccount(terms, charges, true);
  }

  /** What the study has cost a privacy unit so far. */
  public Rho spent() {
    return costOfCharges().total();
  }

  /** The same if every other member pooled what it knows. */
  public Rho spentIfAllOthersCollude() {
    SplitCost cost = SplitCost.NOTHING;
    for (ReleaseCharged charge : charges) {
      cost = cost.plus(partitionOf(charge.release()), charge.grossIfAllOthersCollude());
    }
    return cost.total();
  }

  /** What is still set aside for the study. */
  public Rho reserved() {
    return closed ? Rho.ZERO : terms.cost().minus(spent());
  }

  /** The last attempt that was paid for: it and every earlier one can never be paid for again. */
  public Optional<ReleaseId> lastBurnt() {
    return charges.isEmpty()
        ? Optional.empty()
        : Optional.of(charges.get(charges.size() - 1).release());
  }

  /** Charges beyond the first of a release. */
  public int spareAttemptsUsed() {
    long releases = charges.stream().mapToInt(c -> c.release().release()).distinct().count();
    return charges.size() - Math.toIntExact(releases);
  }

  /** What a charge of one of the plan's releases would add to {@link #spent()}. */
  Rho marginal(ReleaseId release, Rho rho) {
    return costOfCharges().plus(partitionOf(release), rho).total().minus(spent());
  }

  /** Why an attempt cannot be charged under the study's terms, if it cannot. */
  Optional<String> objection(ReleaseId id, NoisePlan noise) {
    if (closed) {
      return Optional.of("the study is closed");
    }
    if (id.release() >= terms.releases().size()) {
      return Optional.of(
          "the study reserved releases 0 to %d".formatted(terms.releases().size() - 1));
    }
    Optional<ReleaseId> last = lastBurnt();
    if (last.isPresent() && !id.isLaterThan(last.get())) {
      return Optional.of(
          "it is burnt: release %d, attempt %d was already paid for"
              .formatted(last.get().release(), last.get().attempt()));
    }
    Rho reserved = terms.releases().get(id.release()).rho();
    if (!noise.rho().equals(reserved)) {
      return Optional.of(
          "its noise costs rho %s, but rho %s was reserved for it"
              .formatted(noise.rho(), reserved));
    }
    boolean again = last.isPresent() && last.get().release() == id.release();
    if (again && spareAttemptsUsed() == terms.spareAttempts()) {
      return Optional.of(
          "the study's %d spare attempts are used up".formatted(terms.spareAttempts()));
    }
    return Optional.empty();
  }

  private SplitCost costOfCharges() {
    SplitCost cost = SplitCost.NOTHING;
    for (ReleaseCharged charge : charges) {
      cost = cost.plus(partitionOf(charge.release()), charge.gross());
    }
    return cost;
  }

  private Partition partitionOf(ReleaseId release) {
    return terms.releases().get(release.release()).partition();
  }
}
