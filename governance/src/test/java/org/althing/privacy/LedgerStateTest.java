package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.privacy.Reservation.Reserved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger that was put back, or runs twice, contradicts what it signed; an honest one never. */
class LedgerStateTest {
  private static final String VISITS = "visits";
  private static final int MOST = 60;

  /** ρ = 1/200 and one pico-ρ. */
  private static final NoisePlan NOISE = LocalSums.plan(10, 1);

  private final MemoryLedgerStore store = new MemoryLedgerStore();
  private BudgetLedger ledger = opened(store);
  private int studies;

  private static BudgetLedger opened(MemoryLedgerStore store) {
    BudgetLedger ledger = BudgetLedger.open(store);
    ledger.setBudget(VISITS, Rho.roundedDown(10));
    return ledger;
  }

  /** A study of one release, charged; {@code salt} makes it another one. */
  private static LedgerState charge(BudgetLedger ledger, int salt) {
    Digest study = new CanonicalWriter("test-study").putInt(salt).digest();
    assertThat(
            ledger.reserve(
                study, VISITS, List.of(new PlannedRelease(Partition.ALL, NOISE.rho())), 0))
        .isInstanceOf(Reserved.class);
    return ledger.charge(new ReleaseId(study, 0, 1), LocalSums.of(NOISE)).receipt().ledger();
  }

  private LedgerState charge() {
    return charge(ledger, studies++);
  }

  private static void assertContradict(LedgerState one, LedgerState other) {
    assertThat(one.contradiction(other)).isPresent();
    assertThat(other.contradiction(one)).isPresent();
  }

  @Test
  void theStatesOfOneLedgerNeverContradictEachOther() throws Exception {
    List<LedgerState> states = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      states.add(charge());
    }
    for (LedgerState one : states) {
      assertThat(ledger.forgotten(one)).isEmpty();
      for (LedgerState other : states) {
        assertThat(one.contradiction(other)).isEmpty();
      }
      CanonicalWriter out = new CanonicalWriter("state");
      one.writeTo(out);
      CanonicalReader in = new CanonicalReader(out.toBytes(), "state");
      assertThat(LedgerState.readFrom(in)).isEqualTo(one);
      in.end();
    }
  }

  @Test
  void aLedgerThatWasPutBackHasForgottenWhatItSignedLater() {
    charge();
    MemoryLedgerStore backup = store.reopened();
    LedgerState later = charge();
    BudgetLedger restored = opened(backup);
    assertThat(restored.forgotten(later).orElseThrow())
        .isEqualTo("it has 3 entries and not the charge that it signed as entry 5");
  }

  /** As far as a state names what was before it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void twoCopiesOfALedgerContradictEachOther(int seed) {
    Random random = new Random(seed);
    int common = random.nextInt(4);
    for (int i = 0; i < common; i++) {
      charge();
    }
    BudgetLedger copy = opened(store.reopened());
    LedgerState here = charge();
    for (int more = random.nextInt(LedgerState.MOST_BEFORE); more > 0; more--) {
      here = charge();
    }
    LedgerState first = charge(copy, 1000);
    assertContradict(here, first);
    LedgerState there = first;
    for (int i = 1; i < LedgerState.MOST_BEFORE; i++) {
      there = charge(copy, 1000 + i);
      assertContradict(first, here);
    }
    assertContradict(here, there);
    assertThat(ledger.forgotten(there)).isPresent();
    assertThat(copy.forgotten(here)).isPresent();
  }

  @Test
  void whatIsAdoptedIsSpentOnceAndForgottenNoMore() {
    charge();
    MemoryLedgerStore backup = store.reopened();
    Rho before = ledger.balance(VISITS).spent();
    charge();
    LedgerState remembered = charge();
    Rho spent = ledger.balance(VISITS).spent();

    BudgetLedger restored = opened(backup);
    assertThat(restored.balance(VISITS).spent()).isEqualTo(before);
    restored.adopt(remembered, "the disk was replaced");
    assertThat(restored.balance(VISITS).spent()).isEqualTo(spent);
    assertThat(restored.balances().get(VISITS).spent()).isEqualTo(spent);
    assertThat(restored.forgotten(remembered)).isEmpty();

    LedgerState next = charge(restored, 1000);
    assertThat(next.recoveries()).isEqualTo(1);
    assertThat(next.before()).isEmpty();
    assertThat(next.contradiction(remembered)).isEmpty();
    assertThat(restored.balance(VISITS).spent()).isEqualTo(spent.plus(NOISE.rho()));
    assertThat(BudgetLedger.open(backup).balance(VISITS)).isEqualTo(restored.balance(VISITS));
    assertThatIllegalStateException().isThrownBy(() -> restored.adopt(remembered, "twice"));
  }

  /** Members may remember different charges of what was lost: the dearest counts. */
  @Test
  void anOlderChargeOfWhatWasLostIsCoveredAndADearerOneIsNot() {
    MemoryLedgerStore backup = store.reopened();
    LedgerState older = charge();
    LedgerState newer = charge();
    LedgerState newest = charge();
    BudgetLedger restored = opened(backup);
    restored.adopt(newer, "a copy of last week");
    assertThat(restored.forgotten(older)).isEmpty();
    assertThat(restored.forgotten(newest)).isPresent();
    restored.adopt(newest, "somebody remembered more");
    assertThat(restored.balance(VISITS).spent()).isEqualTo(ledger.balance(VISITS).spent());
  }

  /** A population that no policy names any more is not forgiven. */
  @Test
  void spendOfAPopulationThatIsUnknownHereIsKeptUntilItIsNamed() {
    LedgerState remembered = charge();
    MemoryLedgerStore empty = new MemoryLedgerStore();
    BudgetLedger restored = BudgetLedger.open(empty);
    restored.adopt(remembered, "everything was lost");
    assertThat(restored.balances()).isEmpty();
    restored.setBudget(VISITS, Rho.roundedDown(10));
    assertThat(restored.balance(VISITS).spent()).isEqualTo(NOISE.rho());
    restored.setBudget("others", Rho.roundedDown(10));
    assertThat(restored.balance("others").spent()).isEqualTo(Rho.ZERO);
  }

  @Test
  void aRecoveryThatSpentLessThanWasSignedContradictsIt() {
    charge();
    MemoryLedgerStore backup = store.reopened();
    LedgerState adopted = charge();
    LedgerState concealed = charge();
    BudgetLedger restored = opened(backup);
    restored.adopt(adopted, "half of the truth");
    LedgerState after = LedgerStates.withSpend(charge(restored, 1000), adopted.spends());
    assertContradict(after, concealed);
  }

  @Test
  void refusesStatesThatNoLedgerHas() {
    LedgerPosition first = new LedgerPosition(1, Digest.of(new byte[0]));
    LedgerPosition second = new LedgerPosition(2, Digest.of(new byte[1]));
    PopulationSpend spend = new PopulationSpend(PopulationSpend.digestOf(VISITS), Rho.ZERO);
    assertThatIllegalArgumentException().isThrownBy(() -> new LedgerPosition(0, first.head()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LedgerState(-1, second, List.of(first), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LedgerState(0, first, List.of(second), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LedgerState(0, second, List.of(first, first), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LedgerState(0, second, List.of(), List.of(spend, spend)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ledger.adopt(LedgerStates.firstCharge(9, first.head()), " "));
  }

  @Test
  void theNewerStateIsOfMoreRecoveriesOrElseOfALaterEntry() {
    LedgerPosition first = new LedgerPosition(1, Digest.of(new byte[0]));
    LedgerPosition second = new LedgerPosition(2, Digest.of(new byte[1]));
    LedgerState early = new LedgerState(0, first, List.of(), List.of());
    LedgerState late = new LedgerState(0, second, List.of(), List.of());
    LedgerState recovered = new LedgerState(1, first, List.of(), List.of());
    assertThat(late.isNewerThan(early)).isTrue();
    assertThat(early.isNewerThan(late)).isFalse();
    assertThat(early.isNewerThan(early)).isFalse();
    assertThat(recovered.isNewerThan(late)).isTrue();
    assertThat(late.isNewerThan(recovered)).isFalse();
  }

  @Test
  void oneChargeIsToldOfInOneWay() {
    LedgerState charge = charge();
    assertContradict(charge, LedgerStates.withSpend(charge, List.of()));
    assertThat(charge.contradiction(charge)).isEmpty();
  }

  /** The oldest that is named stands for itself; what is before it is not known. */
  @Test
  void anotherChargeInThePlaceOfTheOldestThatIsNamedContradicts() {
    List<LedgerState> states = new ArrayList<>();
    for (int i = 0; i < LedgerState.MOST_BEFORE + 2; i++) {
      states.add(charge());
    }
    LedgerState newest = states.get(states.size() - 1);
    assertThat(newest.before()).hasSize(LedgerState.MOST_BEFORE);
    LedgerPosition oldest = newest.before().get(0);
    LedgerState other = LedgerStates.firstCharge(oldest.sequence(), Digest.of(new byte[9]));
    assertContradict(newest, other);
    LedgerState older = LedgerStates.firstCharge(oldest.sequence() - 1, Digest.of(new byte[9]));
    assertThat(newest.contradiction(older)).isEmpty();
  }

  @Test
  void aChargeIsNotNamedAsOneBeforeItself() {
    LedgerPosition first = new LedgerPosition(1, Digest.of(new byte[0]));
    LedgerPosition second = new LedgerPosition(2, Digest.of(new byte[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LedgerState(0, second, List.of(first, second), List.of()));
  }

  /** Of one population the copy knows more, of the other less: each counts as the more. */
  @Test
  void anAdoptionTakesNothingBack() {
    LedgerState remembered = charge();
    PopulationSpend more =
        new PopulationSpend(PopulationSpend.digestOf("others"), NOISE.rho().times(3));
    List<PopulationSpend> spends = new ArrayList<>(remembered.spends());
    spends.add(more);
    spends.sort(LedgerState.BY_DIGEST);
    BudgetLedger restored = opened(new MemoryLedgerStore());
    charge(restored, 1000);
    charge(restored, 1001);
    Rho spent = restored.balance(VISITS).spent();
    restored.adopt(LedgerStates.withSpend(remembered, spends), "another disk");
    assertThat(restored.balance(VISITS).spent()).isEqualTo(spent);
    assertThat(restored.balance("others").spent()).isEqualTo(NOISE.rho().times(3));
  }
}
