package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.althing.encoding.Digest;
import org.althing.vector.Block;
import org.althing.vector.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContributionSumTest {
  private static final int[] FIRST = {0};
  private final ContributionSum sum = new ContributionSum(plan(25, 1));

  @Test
  void takesAContributionAtItsBoundAndRefusesOneStepMore() {
    sum.beginRecord(1);
    sum.add(0, new int[] {0, 2}, new long[] {3, -4}, 2);
    sum.beginRecord(2);
    assertBreach(() -> sum.add(0, new int[] {0, 1, 2}, new long[] {3, -4, 1}, 3), "exceeds");
  }

  static List<long[]> hostileValues() {
    return List.of(
        new long[] {6, 0},
        new long[] {-6, 0},
        new long[] {5, 1},
        new long[] {Long.MAX_VALUE, 0},
        new long[] {Long.MIN_VALUE, 0},
        new long[] {1L << 32, 0},
        new long[] {-(1L << 32), 1L << 32},
        new long[] {3_037_000_500L, 3_037_000_500L});
  }

  /** Squares that wrap around included: 2³² squared is zero in a long. */
  @ParameterizedTest
  @MethodSource("hostileValues")
  void noValueWrapsPastTheBound(long[] values) {
    sum.beginRecord(1);
    assertBreach(() -> sum.add(0, new int[] {0, 1}, values, 2), "exceeds");
  }

  @Test
  void theLargestBoundIsCertifiedWithoutOverflow() {
    ContributionSum wide = new ContributionSum(plan(Long.MAX_VALUE, 1));
    long most = 3_037_000_499L;
    wide.beginRecord(1);
    wide.add(0, FIRST, new long[] {most}, 1);
    wide.beginRecord(2);
    assertBreach(
        wide, () -> wide.add(0, new int[] {0, 1, 2}, new long[] {most, most, most}, 3), "exceeds");
  }

  /**
   * With them no coordinate can reach 2⁶², whatever the records hold; noise and masks fit above.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 25, 1L << 40, (1L << 62) - 1, 1L << 62, Long.MAX_VALUE})
  void recordsAreLimitedSoThatNoCoordinateOverflows(long bound) {
    BigInteger largest = BigInteger.valueOf(bound).sqrt();
    BigInteger records = BigInteger.valueOf(new ContributionSum(plan(bound, 1)).mostRecords());
    assertThat(records.multiply(largest)).isLessThan(BigInteger.ONE.shiftLeft(62));
    assertThat(records).isGreaterThan(BigInteger.valueOf(1_000_000_000));
  }

  static List<int[]> hostileIndices() {
    return List.of(
        new int[] {0, 0},
        new int[] {1, 0},
        new int[] {-1, 0},
        new int[] {0, 4},
        new int[] {0, Integer.MAX_VALUE},
        new int[] {Integer.MIN_VALUE, 1});
  }

  /** A repeated index would add two values whose sum is not bounded by their squares. */
  @ParameterizedTest
  @MethodSource("hostileIndices")
  void indicesAscendStrictlyWithinTheBlock(int[] indices) {
    sum.beginRecord(1);
    assertBreach(() -> sum.add(0, indices, new long[] {1, 1}, 2), "ascend");
  }

  @Test
  void aRecordAddsToABlockOnce() {
    sum.beginRecord(1);
    sum.add(0, FIRST, new long[] {5}, 1);
    assertBreach(() -> sum.add(0, FIRST, new long[] {5}, 1), "at most once");
  }

  @Test
  void nothingIsAddedBeforeARecordBegins() {
    assertBreach(() -> sum.add(0, FIRST, new long[] {5}, 1), "after beginRecord");
  }

  @Test
  void aUnitHasNoMoreRowsThanThePlanPaysFor() {
    ContributionSum two = new ContributionSum(plan(1, 2));
    two.beginRecord(7);
    two.beginRecord(8);
    two.beginRecord(7);
    assertBreach(two, () -> two.beginRecord(7), "more than 2 rows");
  }

  @Test
  void rowsOfAUnitAddUpOverMergedSums() {
    ContributionSum left = new ContributionSum(plan(1, 2));
    ContributionSum right = new ContributionSum(plan(1, 2));
    left.beginRecord(7);
    left.beginRecord(7);
    right.beginRecord(7);
    assertBreach(left, () -> left.merge(right), "more than 2 rows");
  }

  @Test
  void mergedSumsAreTheSumOfAllRecords() {
    ContributionSum whole = new ContributionSum(plan(25, 1));
    ContributionSum left = new ContributionSum(plan(25, 1));
    ContributionSum right = new ContributionSum(plan(25, 1));
    SplittableRandom random = new SplittableRandom(3);
    for (int unit = 0; unit < 5000; unit++) {
      int[] index = {random.nextInt(4)};
      long[] value = {random.nextInt(-5, 6)};
      for (ContributionSum each : List.of(whole, unit % 3 == 0 ? left : right)) {
        each.beginRecord(unit);
        each.add(0, index, value, 1);
      }
    }
    left.merge(right);
    assertThat(open(left)).containsExactly(open(whole));
    assertThatIllegalStateException().isThrownBy(() -> right.beginRecord(1));
    assertThatIllegalStateException().isThrownBy(right::finish);
  }

  @Test
  void aRecordEndsWithAMerge() {
    sum.beginRecord(1);
    sum.add(0, FIRST, new long[] {5}, 1);
    ContributionSum other = new ContributionSum(plan(25, 1));
    other.beginRecord(2);
    sum.merge(other);
    assertBreach(() -> sum.add(0, FIRST, new long[] {5}, 1), "after beginRecord");
  }

  @Test
  void onlyTwoOpenSumsOfOnePlanMerge() {
    assertThatIllegalStateException().isThrownBy(() -> sum.merge(sum));
    assertThatIllegalStateException().isThrownBy(() -> sum.merge(new ContributionSum(plan(24, 1))));
    ContributionSum finished = new ContributionSum(plan(25, 1));
    finished.finish();
    assertThatIllegalStateException().isThrownBy(() -> sum.merge(finished));
    assertThatIllegalStateException().isThrownBy(() -> finished.merge(sum));
    assertThatCode(() -> sum.beginRecord(1)).doesNotThrowAnyException();
  }

  @Test
  void aSumIsFinishedOnceAndNoisedOnce() {
    NoisePlan plan = plan(25, 1);
    sum.beginRecord(8);
    LocalSum finished = sum.finish();
    assertThatIllegalStateException().isThrownBy(() -> sum.add(0, FIRST, new long[] {5}, 1));
    assertThatIllegalStateException().isThrownBy(sum::finish);
    assertThatIllegalStateException().isThrownBy(() -> sum.beginRecord(9));
    NoiseVector noise = NoiseVector.draw(plan, new SeededWords(1));
    PaidSum paid = paid(finished);
    paid.plus(noise);
    assertThatIllegalStateException()
        .isThrownBy(() -> paid.plus(NoiseVector.draw(plan, new SeededWords(2))))
        .withMessageContaining("noised once");
    PaidSum second = paid(new ContributionSum(plan).finish());
    assertThatIllegalStateException()
        .isThrownBy(() -> second.plus(noise))
        .withMessageContaining("used once");
  }

  @Test
  void noiseOfAnotherPlanIsRefused() {
    NoiseVector other = NoiseVector.draw(plan(24, 1), new SeededWords(1));
    assertThatIllegalStateException().isThrownBy(() -> paid(sum.finish()).plus(other));
  }

  @Test
  void nothingPrintsASum() {
    sum.beginRecord(1);
    sum.add(0, FIRST, new long[] {5}, 1);
    LocalSum local = sum.finish();
    assertThat(local).hasToString("LocalSum[4 coordinates]");
    NoiseVector noise = NoiseVector.draw(plan(25, 1), new SeededWords(1));
    assertThat(noise).hasToString("NoiseVector[4 coordinates]");
    PaidSum paid = paid(local);
    assertThat(paid.toString()).startsWith("PaidSum[4 coordinates, ChargeReceipt[");
    assertThat(paid.plus(noise).toString()).startsWith("NoisedSum[4 coordinates, ChargeReceipt[");
  }

  /** Rows per unit are counted for many units, the unit zero and colliding ones among them. */
  @Test
  void countsTheRowsOfManyUnits() {
    RowCounts counts = new RowCounts();
    int units = 200_000;
    for (int round = 1; round <= 3; round++) {
      for (long unit = 0; unit < units; unit++) {
        assertThat(counts.add(unit << 40 | unit >>> 3, 1)).isBetween(round, 8 * round);
        if (unit % 8 == 0) {
          assertThat(counts.add(-1 - unit, 1)).isEqualTo(round);
        }
      }
    }
    RowCounts other = new RowCounts();
    other.add(-1, 5);
    assertThat(counts.addAll(other)).isEqualTo(8);
  }

  /** What was shown to the rows' owner cannot be noised and sent as well, nor shown twice. */
  @Test
  void aSumThatItsOwnerSawIsUsedUp() {
    sum.beginRecord(1);
    sum.add(0, new int[] {2}, new long[] {3}, 1);
    LocalSum local = sum.finish();
    assertThat(local.openForItsOwner()).containsExactly(0, 0, 3, 0);
    assertThatIllegalStateException().isThrownBy(local::openForItsOwner);
    assertThatIllegalStateException().isThrownBy(() -> paid(local));
  }

  private void assertBreach(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
    assertBreach(sum, call, why);
  }

  /** A breach stops the release: nothing can be added, merged or finished afterwards. */
  private static void assertBreach(
      ContributionSum of, org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
    assertThatIllegalStateException().isThrownBy(call).withMessageContaining(why);
    assertThatIllegalStateException().isThrownBy(() -> of.beginRecord(1234));
    assertThatIllegalStateException().isThrownBy(of::finish);
  }

  private static PaidSum paid(LocalSum sum) {
    return NoisedSums.charged(sum, new ReleaseId(Digest.of(new byte[0]), 0, 1));
  }

  private static long[] open(ContributionSum sum) {
    return OpenedSums.exact(sum);
  }

  private static NoisePlan plan(long recordL2Squared, int rowsPerUnit) {
    long sigma = recordL2Squared > 1_000_000 ? NoisePlan.MOST_SIGMA : 8;
    return new NoisePlan(
        new Shape(List.of(new Block("counts", 4, 1, recordL2Squared))),
        rowsPerUnit,
        1,
        List.of(sigma));
  }

  private static long[] fives() {
    return new long[] {5, 5, 5, 5};
  }

  @Test
  void aBreachAndAMergeLeaveNothingOfASum() {
    long[] breached = fives();
    ContributionSum one = new ContributionSum(plan(25, 1), breached, 10);
    assertBreach(one, () -> one.add(0, FIRST, new long[] {6}, 1), "after beginRecord");
    assertThat(breached).containsOnly(0);
    long[] merged = fives();
    sum.merge(new ContributionSum(plan(25, 1), merged, 10));
    assertThat(merged).containsOnly(0);
    assertThat(open(sum)).containsExactly(fives());
  }

  @Test
  void recordsAreCountedToTheirLimitOverMergedSums() {
    ContributionSum three = new ContributionSum(plan(25, 1), new long[4], 3);
    three.beginRecord(1);
    three.beginRecord(2);
    three.merge(begun(3));
    assertBreach(three, () -> three.beginRecord(4), "at most 3 records");
    ContributionSum full = new ContributionSum(plan(25, 1), new long[4], 1);
    full.beginRecord(1);
    assertBreach(full, () -> full.merge(begun(2)), "at most 1 records");
  }

  private static ContributionSum begun(long unit) {
    ContributionSum sum = new ContributionSum(plan(25, 1));
    sum.beginRecord(unit);
    return sum;
  }

  /** Memory grows with the units and not with their rows, and a merge brings no other slots. */
  @Test
  void countsTakeASlotForAUnit() {
    RowCounts counts = new RowCounts();
    int slots = counts.units.length;
    for (int row = 0; row < 2 * slots; row++) {
      counts.add(1 + row % 5, 1);
    }
    RowCounts other = new RowCounts();
    other.add(3, 1);
    counts.addAll(other);
    assertThat(counts.units).hasSize(slots);
    for (long unit = 1; unit <= slots / 4 * 3; unit++) {
      counts.add(unit, 1);
    }
    assertThat(counts.units).hasSize(slots);
    counts.add(slots, 1);
    assertThat(counts.units).hasSize(2 * slots);
  }

  @Test
  void noiseThatWasAddedIsGoneFromWhereItWasDrawn() {
    long[] drawn = fives();
    NoiseVector noise = new NoiseVector(plan(25, 1), drawn);
    assertThat(noise.takeInto(new long[4])).containsExactly(fives());
    assertThat(drawn).containsOnly(0);
  }
}
