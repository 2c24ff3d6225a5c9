package org.althing.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.privacy.LedgerEntry.BudgetSet;
import org.althing.privacy.LedgerEntry.ReleaseCharged;
import org.althing.privacy.LedgerEntry.SpendAdopted;
import org.althing.privacy.LedgerEntry.StudyClosed;
import org.althing.privacy.LedgerEntry.StudyReserved;
import org.althing.privacy.Reservation.Reason;
import org.althing.privacy.Reservation.Refused;
import org.althing.privacy.Reservation.Reserved;

/**
 * A node's privacy budget: what its populations may spend, have spent and have promised, in pico-ρ,
 * added exactly.
 *
 * <p>Denies by default, charges before anything leaves, never refunds. Additivity and stopping at
 * Σρ ≤ budget hold under fully adaptive use (Whitehouse, Ramdas, Rogers, Wu 2023). Every change is
 * one durable entry, chained to all before it; if an append fails, this object refuses everything
 * until the ledger is opened anew. Safe for concurrent use. Does not notice by itself an old copy
 * of the whole store put in its place: others remember the states it signed, and {@link #forgotten}
 * tells whether it still knows them.
 */
public final class BudgetLedger {
  private final LedgerStore store;
  private final LedgerBook book = new LedgerBook();

  /** Where the charges stand, oldest first. */
  private final List<LedgerPosition> charges = new ArrayList<>();

  /** How many of them stand before the last recovery. */
  private int chargesBeforeRecovery;

  private long sequence;
  private Digest head = new CanonicalWriter("ledger-start/v1").digest();
  private boolean usable = true;

  private BudgetLedger(LedgerStore store) {
    this.store = store;
  }

  /**
   * Replays and verifies every entry of the store.
   *
   * @throws LedgerDamaged if an entry, its number, its place in the chain or its right to exist is
   *     not what this class would have written
   */
  public static BudgetLedger open(LedgerStore store) {
    BudgetLedger ledger = new BudgetLedger(store);
    store.replay(ledger::verify);
    return ledger;
  }

  private void verify(long number, byte[] bytes, Digest storedHead) {
    if (number != sequence + 1) {
      throw new LedgerDamaged(
          "ledger entry %d is missing: found %d in its place".formatted(sequence + 1, number));
    }
    if (!storedHead.equals(headAfter(number, bytes))) {
      throw new LedgerDamaged(
          "ledger entry %d or its chain digest is not what was written".formatted(number));
    }
    LedgerEntry entry;
    try {
      entry = LedgerEntry.read(bytes);
    } catch (MalformedEncoding e) {
      throw new LedgerDamaged("ledger entry %d is not readable".formatted(number), e);
    }
    Optional<String> objection = book.objection(entry);
    if (objection.isPresent()) {
      throw new LedgerDamaged(
          "ledger entry %d breaks the ledger's rules: %s".formatted(number, objection.get()));
    }
    enter(entry, storedHead);
  }

  /**
   * Sets what the owner allows a population over all time; an unchanged budget is not entered
   * again.
   *
   * <p>Lowering it below what is spent is allowed and stops every further charge.
   */
  public synchronized void setBudget(String population, Rho total) {
    requireUsable();
    BudgetSet entry = new BudgetSet(population, total);
    boolean unchanged =
        book.balances().containsKey(population) && balance(population).budget().equals(total);
    if (!unchanged) {
      append(entry);
    }
  }

  /**
   * Sets a study's whole cost aside, or refuses it; asking again under the same terms changes
   * nothing.
   *
   * @param releases in the order of the plan
   * @param spareAttempts how many charges the study may need beyond one for each release
   */
  public Reservation reserve(
      Digest study, String population, List<PlannedRelease> releases, int spareAttempts) {
    return reserve(new StudyReserved(study, population, releases, spareAttempts));
  }

  /** The same, noting who asked and when. */
  public synchronized Reservation reserve(StudyReserved terms) {
    requireUsable();
    String population = terms.population();
    Optional<StudyAccount> known = book.study(terms.study());
    if (known.isPresent() && known.get().terms().isSameAs(terms)) {
      return known.get().closed()
          ? new Refused(Reason.CLOSED, terms.cost(), balance(population).left())
          : new Reserved(terms.cost(), balance(population).left());
    }
    Optional<Reason> objection = book.objection(terms);
    if (objection.isPresent()) {
      return new Refused(objection.get(), terms.cost(), balance(population).left());
    }
    append(terms);
    return new Reserved(terms.cost(), balance(population).left());
  }

  /**
   * Why {@link #charge} would refuse an attempt at a release under this noise, if it would: to be
   * asked before any noise is drawn or record read.
   */
  public synchronized Optional<String> objection(ReleaseId id, NoisePlan noise) {
    requireUsable();
    return book.objection(id, noise);
  }

  /**
   * Charges and burns one attempt at a release, durably, and only then lets the sum be noised.
   *
   * @throws IllegalStateException if the ledger objects; nothing was charged then, and the sum
   *     stays unpaid
   */
  public synchronized PaidSum charge(ReleaseId id, LocalSum sum) {
    requireUsable();
    Optional<String> objection = book.objection(id, sum.plan());
    if (objection.isPresent()) {
      throw new IllegalStateException(
          "release %d, attempt %d of study %s cannot be charged: %s"
              .formatted(id.release(), id.attempt(), id.study().brief(), objection.get()));
    }
    ReleaseCharged charge = book.charge(id, sum.plan());
    long[] steps = sum.take();
    try {
      append(charge);
    } finally {
      if (!usable) {
        Arrays.fill(steps, 0);
      }
    }
    return new PaidSum(sum.plan(), receipt(charge), steps);
  }

  private ChargeReceipt receipt(ReleaseCharged charge) {
    String population = book.study(charge.release().study()).orElseThrow().terms().population();
    return new ChargeReceipt(
        charge.release(), state(), charge.gross(), charge.marginal(), balance(population).spent());
  }

  /** What this ledger is right after a charge. */
  private LedgerState state() {
    int last = charges.size() - 1;
    int first = Math.max(chargesBeforeRecovery, last - LedgerState.MOST_BEFORE);
    return new LedgerState(
        book.recoveries(), charges.get(last), charges.subList(first, last), book.spends());
  }

  /**
   * What this ledger has forgotten of a state that its node once signed, if anything: then it is an
   * older copy, or another copy has charged, and what it says is left may be spent already.
   */
  public synchronized Optional<String> forgotten(LedgerState signed) {
    requireUsable();
    if (charges.contains(signed.position())) {
      return Optional.empty();
    }
    boolean adopted = signed.recoveries() < book.recoveries() && signed.isCoveredBy(book.spends());
    return adopted
        ? Optional.empty()
        : Optional.of(
            "it has %d entries and not the charge that it signed as entry %d"
                .formatted(sequence, signed.position().sequence()));
  }

  /**
   * Takes for spent what a later state of this ledger had spent, and goes on as a new ledger.
   *
   * @throws IllegalStateException if nothing of that state is forgotten here
   */
  public synchronized void adopt(LedgerState signed, String reason) {
    if (forgotten(signed).isEmpty()) {
      throw new IllegalStateException("this ledger has forgotten nothing of that state");
    }
    append(new SpendAdopted(signed, reason));
  }

  /**
   * Ends a study and frees what it did not spend; closing a closed or unknown study does nothing.
   */
  public synchronized void close(Digest study) {
    requireUsable();
    StudyClosed entry = new StudyClosed(study);
    if (book.objection(entry).isEmpty()) {
      append(entry);
    }
  }

  /** A population's account; all zero where the ledger never heard of it. */
  public synchronized Balance balance(String population) {
    requireUsable();
    return book.balance(population);
  }

  /** What {@code population} could still reserve if {@code study} had reserved nothing. */
  public synchronized Rho leftWithout(Digest study, String population) {
    Rho left = balance(population).left();
    Optional<StudyAccount> own = study(study).filter(account -> !account.closed());
    return own.isPresent() ? left.plus(own.get().terms().cost()) : left;
  }

  /** What each study on a population holds of its budget, of which the ledger notes who asked. */
  public synchronized List<Outlay> outlays(String population) {
    requireUsable();
    return List.copyOf(book.outlays(population).values());
  }

  /**
   * What all other studies on a population hold of its budget, of whom the ledger notes who asked.
   */
  public synchronized List<Outlay> outlaysWithout(Digest study, String population) {
    requireUsable();
    return book.outlays(population).entrySet().stream()
        .filter(each -> !each.getKey().equals(study))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Every population with a budget, by name. */
  public synchronized Map<String, Balance> balances() {
    requireUsable();
    return book.balances();
  }

  public synchronized Optional<StudyAccount> study(Digest study) {
    requireUsable();
    return book.study(study);
  }

  /** The studies that hold a reservation, oldest first. */
  public synchronized List<Digest> openStudies() {
    requireUsable();
    return book.openStudies();
  }

  /** Every entry, oldest first. */
  public synchronized List<LedgerEntry> history() {
    requireUsable();
    return book.history();
  }

  /** The number of the last entry; 0 in an empty ledger. */
  public synchronized long sequence() {
    requireUsable();
    return sequence;
  }

  /** The chain digest after the last entry: what a witness remembers. */
  public synchronized Digest head() {
    requireUsable();
    return head;
  }

  private void append(LedgerEntry entry) {
    byte[] bytes = entry.toBytes();
    Digest next = headAfter(sequence + 1, bytes);
    // Whether a failed append was kept is unknown; only a replay of the store can tell.
    usable = false;
    store.append(sequence + 1, bytes, next);
    usable = true;
    enter(entry, next);
  }

  private void enter(LedgerEntry entry, Digest next) {
    book.enter(entry);
    sequence++;
    head = next;
    if (entry instanceof ReleaseCharged) {
      charges.add(new LedgerPosition(sequence, head));
    } else if (entry instanceof SpendAdopted) {
      chargesBeforeRecovery = charges.size();
    }
  }

  private Digest headAfter(long number, byte[] entry) {
    return new CanonicalWriter("ledger-head/v1")
        .putLong(number)
        .putDigest(head)
        .putBytes(entry)
        .digest();
  }

  private void requireUsable() {
    if (!usable) {
      throw new IllegalStateException(
          "an entry could not be written to the ledger; open it anew before anything else is"
              + " spent");
    }
  }
}
