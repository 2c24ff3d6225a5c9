package org.althing.privacy;

import static org.althing.privacy.LocalSums.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.privacy.LedgerEntry.BudgetSet;
import org.althing.privacy.LedgerEntry.ReleaseCharged;
import org.althing.privacy.LedgerEntry.StudyClosed;
import org.althing.privacy.LedgerEntry.StudyReserved;
import org.althing.privacy.MemoryLedgerStore.Next;
import org.althing.privacy.Reservation.Reason;
import org.althing.privacy.Reservation.Refused;
import org.althing.privacy.Reservation.Reserved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetLedgerTest {
  private static final String VISITS = "visits";
  private static final Digest STUDY = study(1);

  /** ρ = 1/200 and one pico-ρ. */
  private static final NoisePlan CHEAP = plan(10, 1);

  /** ρ = 1/128 and one pico-ρ. */
  private static final NoisePlan DEAR = plan(8, 1);

  private final MemoryLedgerStore store = new MemoryLedgerStore();
  private final BudgetLedger ledger = BudgetLedger.open(store);

  @Test
  void deniesByDefault() {
    assertThat(reserve(STUDY, 0, on(Partition.ALL, CHEAP)))
        .isEqualTo(new Refused(Reason.NO_BUDGET, CHEAP.rho(), Rho.ZERO));
    assertThat(ledger.sequence()).isZero();
  }

  @Test
  void aStudyThatNeedsExactlyTheBudgetIsReservedAndOnePicoMoreIsRefused() {
    Rho cost = CHEAP.rho();
    ledger.setBudget(VISITS, cost.minus(new Rho(1)));
    assertThat(reserve(STUDY, 0, on(Partition.ALL, CHEAP)))
        .isEqualTo(new Refused(Reason.OVER_BUDGET, cost, cost.minus(new Rho(1))));
    ledger.setBudget(VISITS, cost);
    assertThat(reserve(STUDY, 0, on(Partition.ALL, CHEAP))).isEqualTo(new Reserved(cost, Rho.ZERO));
  }

  @Test
  void aStudyCostsAllPlusTheDearerSideOfTheSplitPlusTheDearestReleasePerSpareAttempt() {
    ledger.setBudget(VISITS, new Rho(1_000_000_000_000L));
    Rho expected = CHEAP.rho().plus(DEAR.rho().max(CHEAP.rho().times(2))).plus(DEAR.rho().times(3));
    Reservation answer =
        reserve(
            STUDY,
            3,
            on(Partition.ALL, CHEAP),
            on(Partition.TRAIN, CHEAP),
            on(Partition.HOLDOUT, DEAR),
            on(Partition.TRAIN, CHEAP));
    assertThat(answer)
        .isEqualTo(new Reserved(expected, new Rho(1_000_000_000_000L).minus(expected)));
    assertThat(ledger.balance(VISITS).reserved()).isEqualTo(expected);
  }

  @Test
  void askingAgainUnderTheSameTermsChangesNothing() {
    budgetOfOne();
    Reservation first = reserve(STUDY, 1, on(Partition.ALL, CHEAP));
    long sequence = ledger.sequence();
    assertThat(reserve(STUDY, 1, on(Partition.ALL, CHEAP))).isEqualTo(first);
    assertThat(ledger.sequence()).isEqualTo(sequence);
    assertThat(reserve(STUDY, 2, on(Partition.ALL, CHEAP)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.OTHER_TERMS));
  }

  @Test
  void aClosedStudyFreesOnlyWhatItDidNotSpendAndNeverStartsAgain() {
    budgetOfOne();
    reserve(STUDY, 1, on(Partition.ALL, CHEAP), on(Partition.ALL, DEAR));
    charge(0, 1, CHEAP);
    ledger.close(STUDY);
    assertThat(ledger.balance(VISITS).spent()).isEqualTo(CHEAP.rho());
    assertThat(ledger.balance(VISITS).reserved()).isEqualTo(Rho.ZERO);
    assertThat(reserve(STUDY, 1, on(Partition.ALL, CHEAP), on(Partition.ALL, DEAR)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED));
    assertThatIllegalStateException()
        .isThrownBy(() -> charge(1, 1, DEAR))
        .withMessageContaining("closed");
    long sequence = ledger.sequence();
    ledger.close(STUDY);
    ledger.close(study(99));
    assertThat(ledger.sequence()).isEqualTo(sequence);
  }

  @Test
  void theHoldoutCostsOnlyWhatItCostsMoreThanTheTrainingSide() {
    budgetOfOne();
    reserve(
        STUDY,
        0,
        on(Partition.TRAIN, CHEAP),
        on(Partition.HOLDOUT, DEAR),
        on(Partition.ALL, CHEAP));
    assertThat(charge(0, 1, CHEAP).receipt().marginal()).isEqualTo(CHEAP.rho());
    ChargeReceipt holdout = charge(1, 1, DEAR).receipt();
    assertThat(holdout.gross()).isEqualTo(DEAR.rho());
    assertThat(holdout.marginal()).isEqualTo(DEAR.rho().minus(CHEAP.rho()));
    assertThat(charge(2, 1, CHEAP).receipt().spent()).isEqualTo(DEAR.rho().plus(CHEAP.rho()));
  }

  @Test
  void recordsTheWorstCaseThatAllOthersCollude() {
    NoisePlan ofThree = plan(10, 3);
    budgetOfOne();
    reserve(STUDY, 0, on(Partition.ALL, ofThree));
    charge(0, 1, ofThree);
    assertThat(ledger.balance(VISITS).spent()).isEqualTo(new Rho(1_666_666_668L));
    assertThat(ledger.balance(VISITS).spentIfAllOthersCollude()).isEqualTo(new Rho(5_000_000_001L));
  }

  @Test
  void refusesWhatWasNotReserved() {
    budgetOfOne();
    assertRefused(0, 1, CHEAP, "reserved nothing");
    reserve(STUDY, 0, on(Partition.ALL, CHEAP));
    assertRefused(1, 1, CHEAP, "releases 0 to 0");
    assertRefused(0, 1, DEAR, "was reserved for it");
    assertRefused(0, 1, plan(11, 1), "was reserved for it");
    assertThat(ledger.balance(VISITS).spent()).isEqualTo(Rho.ZERO);
  }

  @Test
  void anAttemptOnceChargedIsBurntTogetherWithAllEarlierOnes() {
    budgetOfOne();
    reserve(STUDY, 5, on(Partition.ALL, CHEAP), on(Partition.ALL, CHEAP));
    charge(0, 2, CHEAP);
    assertRefused(0, 2, CHEAP, "burnt");
    assertRefused(0, 1, CHEAP, "burnt");
    charge(1, 1, CHEAP);
    assertRefused(0, 3, CHEAP, "burnt");
  }

  @Test
  void aRetryIsPaidForAgainOutOfTheSpareAttemptsAndNothingIsRefunded() {
    budgetOfOne();
    reserve(STUDY, 1, on(Partition.ALL, CHEAP), on(Partition.ALL, CHEAP));
    charge(0, 1, CHEAP);
    ChargeReceipt retry = charge(0, 2, CHEAP).receipt();
    assertThat(retry.marginal()).isEqualTo(CHEAP.rho());
    assertThat(retry.spent()).isEqualTo(CHEAP.rho().times(2));
    assertRefused(0, 3, CHEAP, "spare attempts");
    charge(1, 1, CHEAP);
    assertThat(ledger.balance(VISITS).reserved()).isEqualTo(Rho.ZERO);
  }

  @Test
  void aBudgetLoweredWhileAStudyRunsBindsAtOnceAndForgetsNothing() {
    budgetOfOne();
    reserve(STUDY, 0, on(Partition.ALL, CHEAP), on(Partition.ALL, CHEAP));
    charge(0, 1, CHEAP);
    ledger.setBudget(VISITS, CHEAP.rho().times(2).minus(new Rho(1)));
    assertRefused(1, 1, CHEAP, "of a budget of");
    assertThat(ledger.balance(VISITS).spent()).isEqualTo(CHEAP.rho());
    assertThat(ledger.balance(VISITS).left()).isEqualTo(Rho.ZERO);
    ledger.setBudget(VISITS, CHEAP.rho().times(2));
    charge(1, 1, CHEAP);
  }

  @Test
  void populationsDoNotShareABudget() {
    budgetOfOne();
    assertThat(ledger.reserve(STUDY, "labs", List.of(on(Partition.ALL, CHEAP)), 0))
        .isInstanceOf(Refused.class);
  }

  @Test
  void anUnchangedBudgetIsNotEnteredAgain() {
    budgetOfOne();
    budgetOfOne();
    assertThat(ledger.sequence()).isEqualTo(1);
    ledger.setBudget("nobody's", Rho.ZERO);
    assertThat(ledger.sequence()).isEqualTo(2);
    assertThat(ledger.balances()).containsOnlyKeys(VISITS, "nobody's");
  }

  @Test
  void oneSumIsPaidForOnce() {
    budgetOfOne();
    reserve(STUDY, 1, on(Partition.ALL, CHEAP));
    LocalSum sum = LocalSums.of(CHEAP);
    ledger.charge(new ReleaseId(STUDY, 0, 1), sum);
    assertThatIllegalStateException()
        .isThrownBy(() -> ledger.charge(new ReleaseId(STUDY, 0, 2), sum))
        .withMessageContaining("taken already");
    assertThat(ledger.balance(VISITS).spent()).isEqualTo(CHEAP.rho());
  }

  @Test
  void objectsBeforeAnyNoiseIsDrawn() {
    budgetOfOne();
    reserve(STUDY, 0, on(Partition.ALL, CHEAP));
    ReleaseId id = new ReleaseId(STUDY, 0, 1);
    assertThat(ledger.objection(id, CHEAP)).isEmpty();
    charge(0, 1, CHEAP);
    assertThat(ledger.objection(id, CHEAP))
        .hasValueSatisfying(o -> assertThat(o).contains("burnt"));
  }

  @Test
  void aReopenedLedgerKnowsAllAndKeepsAttemptsBurnt() {
    budgetOfOne();
    reserve(STUDY, 1, on(Partition.TRAIN, CHEAP), on(Partition.HOLDOUT, DEAR));
    charge(0, 1, CHEAP);
    BudgetLedger again = BudgetLedger.open(store.reopened());
    assertThat(again.head()).isEqualTo(ledger.head());
    assertThat(again.history()).isEqualTo(ledger.history()).hasSize(3);
    assertThat(again.balances()).isEqualTo(ledger.balances());
    assertThat(again.study(STUDY)).isEqualTo(ledger.study(STUDY)).isPresent();
    assertThatIllegalStateException()
        .isThrownBy(() -> again.charge(new ReleaseId(STUDY, 0, 1), LocalSums.of(CHEAP)))
        .withMessageContaining("burnt");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailedWriteStopsTheLedgerAndPaysForNothing(Next failure) {
    budgetOfOne();
    reserve(STUDY, 0, on(Partition.ALL, CHEAP));
    store.next(failure);
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> charge(0, 1, CHEAP));
    assertThatIllegalStateException()
        .isThrownBy(() -> charge(0, 1, CHEAP))
        .withMessageContaining("anew");
    assertThatIllegalStateException().isThrownBy(() -> ledger.balance(VISITS));
    assertThatIllegalStateException().isThrownBy(() -> ledger.balances());
    assertThatIllegalStateException().isThrownBy(() -> budgetOfOne());
    assertThatIllegalStateException()
        .isThrownBy(() -> ledger.setBudget("other visits", CHEAP.rho()));
    assertThatIllegalStateException()
        .isThrownBy(() -> reserve(study(2), 0, on(Partition.ALL, CHEAP)));
    assertThatIllegalStateException()
        .isThrownBy(() -> ledger.objection(new ReleaseId(STUDY, 0, 1), CHEAP));
    assertThatIllegalStateException().isThrownBy(() -> ledger.study(STUDY));
    assertThatIllegalStateException().isThrownBy(() -> ledger.openStudies());
    assertThatIllegalStateException().isThrownBy(() -> ledger.history());
    assertThatIllegalStateException().isThrownBy(() -> ledger.sequence());
    assertThatIllegalStateException().isThrownBy(() -> ledger.head());
    LedgerState any = LedgerStates.firstCharge(1, STUDY);
    assertThatIllegalStateException()
        .isThrownBy(() -> ledger.forgotten(any))
        .withMessageContaining("anew");
    assertThatIllegalStateException().isThrownBy(() -> ledger.leftWithout(STUDY, VISITS));
    assertThatIllegalStateException().isThrownBy(() -> ledger.close(STUDY));
    BudgetLedger again = BudgetLedger.open(store.reopened());
    Rho counted = failure == Next.FAIL_AFTER_KEEPING ? CHEAP.rho() : Rho.ZERO;
    assertThat(again.balance(VISITS).spent()).isEqualTo(counted);
  }

  static List<Next> failures() {
    return List.of(Next.FAIL_BEFORE_KEEPING, Next.FAIL_AFTER_KEEPING);
  }

  @Test
  void anyChangedByteOfAnyEntryIsDetected() {
    budgetOfOne();
    reserve(STUDY, 1, on(Partition.TRAIN, CHEAP));
    charge(0, 1, CHEAP);
    ledger.close(STUDY);
    for (int k = 0; k < store.size(); k++) {
      int entry = k;
      for (int at = 0; at < store.entry(k).length; at++) {
        byte[] changed = store.entry(k);
        changed[at] ^= 1;
        assertThatExceptionOfType(LedgerDamaged.class)
            .isThrownBy(() -> BudgetLedger.open(store.tampered(entry, changed)));
      }
    }
  }

  @Test
  void aMissingEntryIsDetected() {
    budgetOfOne();
    reserve(STUDY, 1, on(Partition.TRAIN, CHEAP));
    charge(0, 1, CHEAP);
    assertThatExceptionOfType(LedgerDamaged.class)
        .isThrownBy(() -> BudgetLedger.open(store.tampered(0, null)))
        .withMessageContaining("missing");
    assertThatExceptionOfType(LedgerDamaged.class)
        .isThrownBy(() -> BudgetLedger.open(store.tampered(1, null)));
  }

  static List<Arguments> lawlessHistories() {
    LedgerEntry budget = new BudgetSet(VISITS, new Rho(1_000_000_000_000L));
    LedgerEntry reserved = new StudyReserved(STUDY, VISITS, List.of(on(Partition.ALL, CHEAP)), 0);
    ReleaseId first = new ReleaseId(STUDY, 0, 1);
    LedgerEntry charged = new ReleaseCharged(first, CHEAP, CHEAP.rho());
    LedgerEntry closed = new StudyClosed(STUDY);
    return List.of(
        arguments(List.of(reserved), "NO_BUDGET"),
        arguments(List.of(budget, reserved, reserved), "OTHER_TERMS"),
        arguments(List.of(budget, charged), "reserved nothing"),
        arguments(
            List.of(budget, reserved, new ReleaseCharged(first, CHEAP, Rho.ZERO)), "marginal"),
        arguments(List.of(budget, reserved, charged, charged), "burnt"),
        arguments(List.of(budget, closed), "no such study"),
        arguments(List.of(budget, reserved, closed, closed), "no such study"));
  }

  /** An unbroken chain proves only that nobody changed it afterwards. */
  @ParameterizedTest
  @MethodSource("lawlessHistories")
  void anUnbrokenChainOfWhatNoLedgerWritesIsDetected(List<LedgerEntry> entries, String why) {
    assertThat(BudgetLedger.open(chained(entries.subList(0, entries.size() - 1))).sequence())
        .isEqualTo(entries.size() - 1);
    assertThatExceptionOfType(LedgerDamaged.class)
        .isThrownBy(() -> BudgetLedger.open(chained(entries)))
        .withMessageContaining(why);
  }

  private static MemoryLedgerStore chained(List<LedgerEntry> entries) {
    MemoryLedgerStore chain = new MemoryLedgerStore();
    Digest head = new CanonicalWriter("ledger-start/v1").digest();
    for (int k = 1; k <= entries.size(); k++) {
      byte[] bytes = entries.get(k - 1).toBytes();
      head =
          new CanonicalWriter("ledger-head/v1").putLong(k).putDigest(head).putBytes(bytes).digest();
      chain.append(k, bytes, head);
    }
    return chain;
  }

  @Test
  void namesTheStudiesThatHoldAReservation() {
    budgetOfOne();
    reserve(STUDY, 0, on(Partition.ALL, CHEAP));
    reserve(study(2), 0, on(Partition.ALL, CHEAP));
    assertThat(ledger.openStudies()).containsExactly(STUDY, study(2));
    ledger.close(STUDY);
    assertThat(ledger.openStudies()).containsExactly(study(2));
  }

  @Test
  void twoStudiesAtTheSameInstantNeverOverspend() throws Exception {
    int studies = 40;
    ledger.setBudget(VISITS, CHEAP.rho().times(7));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> admitted = new ArrayList<>();
      for (int k = 0; k < studies; k++) {
        Digest study = study(100 + k);
        admitted.add(
            threads.submit(
                () -> {
                  boolean reserved =
                      reserve(study, 0, on(Partition.ALL, CHEAP)) instanceof Reserved;
                  if (reserved) {
                    ledger.charge(new ReleaseId(study, 0, 1), LocalSums.of(CHEAP));
                  }
                  return reserved;
                }));
      }
      int count = 0;
      for (Future<Boolean> each : admitted) {
        count += each.get() ? 1 : 0;
      }
      assertThat(count).isEqualTo(7);
      assertThat(ledger.balance(VISITS).spent()).isEqualTo(CHEAP.rho().times(7));
      assertThat(BudgetLedger.open(store.reopened()).balances()).isEqualTo(ledger.balances());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Random plans, attempts, replays, failures of judgement and restarts. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noHistoryOverspendsOrRefunds(long seed) {
    Random random = new Random(seed);
    NoisePlan[] plans = {plan(8, 1), plan(9, 2), plan(13, 1), plan(20, 3)};
    MemoryLedgerStore kept = store;
    BudgetLedger under = ledger;
    under.setBudget(VISITS, new Rho(60_000_000_000L));
    Rho spent = Rho.ZERO;
    List<Integer> bound = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      Digest study = study(random.nextInt(6));
      if (random.nextInt(6) == 0) {
        List<PlannedRelease> releases = new ArrayList<>();
        for (int r = 0; r <= random.nextInt(4); r++) {
          releases.add(on(Partition.values()[random.nextInt(3)], plans[random.nextInt(4)]));
        }
        under.reserve(study, VISITS, releases, random.nextInt(3));
      } else if (random.nextInt(30) == 0) {
        under.close(study);
      } else if (random.nextInt(30) == 0) {
        kept = kept.reopened();
        under = BudgetLedger.open(kept);
      } else {
        NoisePlan noise = plans[random.nextInt(4)];
        ReleaseId id = new ReleaseId(study, random.nextInt(4), 1 + random.nextInt(3));
        if (under.objection(id, noise).isEmpty()) {
          PaidSum paid = under.charge(id, LocalSums.of(noise));
          assertThat(paid.receipt().spent()).isEqualTo(spent.plus(paid.receipt().marginal()));
          bound.add(step);
        }
      }
      Balance balance = under.balance(VISITS);
      assertThat(balance.spent()).isGreaterThanOrEqualTo(spent);
      assertThat(balance.spent().plus(balance.reserved())).isLessThanOrEqualTo(balance.budget());
      assertThat(balance.spent()).isEqualTo(recounted(under.history()));
      spent = balance.spent();
    }
    assertThat(bound).isNotEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /** What the charges cost, added up from the history alone, study by study. */
  private static Rho recounted(List<LedgerEntry> history) {
    Rho total = Rho.ZERO;
    for (LedgerEntry entry : history) {
      if (entry instanceof StudyReserved terms) {
        Rho[] sides = {Rho.ZERO, Rho.ZERO, Rho.ZERO};
        for (LedgerEntry other : history) {
          if (other instanceof ReleaseCharged charge
              && charge.release().study().equals(terms.study())) {
            int side = terms.releases().get(charge.release().release()).partition().ordinal();
            sides[side] = sides[side].plus(charge.noise().rho());
          }
        }
        total = total.plus(sides[0]).plus(sides[1].max(sides[2]));
      }
    }
    return total;
  }

  @Test
  void costsThatCouldOverflowAreRefusedByType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlannedRelease(Partition.ALL, new Rho(Long.MAX_VALUE)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlannedRelease(Partition.ALL, Rho.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BudgetSet(VISITS, new Rho(Long.MAX_VALUE)));
    PlannedRelease dearest = new PlannedRelease(Partition.ALL, Rho.roundedDown(1000));
    StudyReserved most =
        new StudyReserved(STUDY, VISITS, java.util.Collections.nCopies(1000, dearest), 1000);
    assertThat(most.cost()).isEqualTo(Rho.roundedDown(1000).times(2000));
  }

  private void budgetOfOne() {
    ledger.setBudget(VISITS, new Rho(1_000_000_000_000L));
  }

  private Reservation reserve(Digest study, int spareAttempts, PlannedRelease... releases) {
    return ledger.reserve(study, VISITS, List.of(releases), spareAttempts);
  }

  private PaidSum charge(int release, int attempt, NoisePlan noise) {
    return ledger.charge(new ReleaseId(STUDY, release, attempt), LocalSums.of(noise));
  }

  private void assertRefused(int release, int attempt, NoisePlan noise, String why) {
    Rho spent = ledger.balance(VISITS).spent();
    assertThatIllegalStateException()
        .isThrownBy(() -> charge(release, attempt, noise))
        .withMessageContaining(why);
    assertThat(ledger.balance(VISITS).spent()).isEqualTo(spent);
  }

  private static PlannedRelease on(Partition partition, NoisePlan noise) {
    return new PlannedRelease(partition, noise.rho());
  }

  private static Digest study(int k) {
    return Digest.of(new byte[] {(byte) k});
  }

  @Test
  void whatAChargeThatFailedWouldHavePaidForIsWipedAndWhatIsPaidForIsNot() {
    budgetOfOne();
    reserve(STUDY, 1, on(Partition.ALL, CHEAP));
    long[] steps = {1, 2, 3, 4};
    PaidSum paid = ledger.charge(new ReleaseId(STUDY, 0, 1), new LocalSum(CHEAP, steps.clone()));
    NoiseVector noise = NoiseVector.draw(CHEAP, new SeededWords(4));
    long[] noised = paid.plus(noise).takeForMasking();
    long[] drawn = OpenedSums.noise(CHEAP, new SeededWords(4));
    assertThat(noised)
        .containsExactly(IntStream.range(0, 4).mapToLong(i -> steps[i] + drawn[i]).toArray());
    store.next(Next.FAIL_AFTER_KEEPING);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> ledger.charge(new ReleaseId(STUDY, 0, 2), new LocalSum(CHEAP, steps)));
    assertThat(steps).containsOnly(0);
  }

  @Test
  void whatIsLeftWithoutAStudyCountsItsReservationWhileItIsOpen() {
    budgetOfOne();
    Rho all = ledger.balance(VISITS).left();
    assertThat(ledger.leftWithout(STUDY, VISITS)).isEqualTo(all);
    reserve(STUDY, 0, on(Partition.ALL, CHEAP));
    reserve(study(2), 0, on(Partition.ALL, DEAR));
    assertThat(ledger.leftWithout(STUDY, VISITS)).isEqualTo(all.minus(DEAR.rho()));
    assertThat(ledger.leftWithout(study(3), VISITS))
        .isEqualTo(all.minus(DEAR.rho()).minus(CHEAP.rho()));
    ledger.close(STUDY);
    assertThat(ledger.leftWithout(STUDY, VISITS)).isEqualTo(all.minus(DEAR.rho()));
  }

  /** Whoever asks again on another day asks for the same; who asked outlives a restart. */
  @Test
  void aLedgerRemembersWhoAskedForWhatAndWhatItHolds() {
    ledger.setBudget(VISITS, CHEAP.rho().times(10));
    LocalDate day = LocalDate.of(2026, 11, 28);
    StudyReserved first = asked(STUDY, day);
    assertThat(ledger.reserve(first)).isInstanceOf(Reservation.Reserved.class);
    assertThat(ledger.reserve(asked(STUDY, day.plusDays(1))))
        .isInstanceOf(Reservation.Reserved.class);
    assertThat(ledger.outlaysWithout(STUDY, VISITS)).isEmpty();
    Outlay held = new Outlay(new Asked("lead-one", day), first.cost());
    Digest other = Digest.of(new byte[] {77});
    assertThat(ledger.outlaysWithout(other, VISITS)).containsExactly(held);
    BudgetLedger again = BudgetLedger.open(store.reopened());
    assertThat(again.outlaysWithout(other, VISITS)).containsExactly(held);
    again.close(STUDY);
    assertThat(again.outlaysWithout(other, VISITS))
        .containsExactly(new Outlay(held.asked(), Rho.ZERO));
  }

  private static StudyReserved asked(Digest study, LocalDate day) {
    return new StudyReserved(
        study,
        VISITS,
        List.of(on(Partition.ALL, CHEAP)),
        0,
        Optional.of(new Asked("lead-one", day)));
  }
}
