package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is lost and when, the coordinator ends with the exact sum of the survivors, or with none
 * (secure-aggregation protocol §4.3).
 */
final class ExactSumTest {
  private static final int NEVER = RoundPlay.Kind.values().length;

  @Test
  void everybodyAnswersAndTheSumIsExact() {
    play(Federation.of(4, 1), new int[] {NEVER, NEVER, NEVER, NEVER}, 5000);
  }

  @Test
  void everyPatternOfLossAmongThreeIsRepairedOrEndsWithoutASum() {
    everyPattern(Federation.of(3, 2), false);
  }

  @Test
  void everyPatternOfLossAmongFourIsRepairedOrEndsWithoutASum() {
    everyPattern(Federation.of(4, 3), true);
  }

  @Test
  @Tag("nightly")
  void everyOrderedPatternOfLossAmongFiveIsRepairedOrEndsWithoutASum() {
    everyPattern(Federation.of(new Quorum(5, 4, 1, 4, 4), 4), false);
  }

  /** Who is lost matters little, when matters: patterns up to order, and the order varied. */
  @Test
  void everyPatternOfLossAmongFiveIsRepairedOrEndsWithoutASum() {
    everyPattern(Federation.of(5, 4), true);
  }

  private static void everyPattern(Federation federation, boolean upToOrder) {
    int n = federation.ids().size();
    int patterns = (int) Math.pow(NEVER + 1, n);
    Tables tables = new Tables(federation);
    for (int code = 0; code < patterns; code++) {
      int[] lostAt = new int[n];
      int rest = code;
      boolean ascending = true;
      for (int i = 0; i < n; i++) {
        lostAt[i] = rest % (NEVER + 1);
        rest /= NEVER + 1;
        ascending &= i == 0 || lostAt[i] >= lostAt[i - 1];
      }
      if (!upToOrder || ascending) {
        check(tables.next(20), rotate(lostAt, code % n));
      }
    }
  }

  private static int[] rotate(int[] pattern, int by) {
    return IntStream.range(0, pattern.length)
        .map(i -> pattern[(i + by) % pattern.length])
        .toArray();
  }

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sumsAreExactForAnyRosterLengthAndLoss(int seed) {
    Random random = new Random(seed);
    int n = 3 + random.nextInt(10);
    int t = n / 2 + 1 + random.nextInt(n - n / 2);
    int colluders = Math.min(random.nextInt(2), 2 * t - n - 1);
    int u = Math.max(t, 2 + colluders);
    Quorum quorum = new Quorum(n, t, colluders, 3, u);
    int[] lostAt =
        IntStream.range(0, n)
            .map(i -> random.nextInt(4) == 0 ? random.nextInt(NEVER) : NEVER)
            .toArray();
    play(Federation.of(quorum, seed), lostAt, 1 + random.nextInt(3000));
  }

  private static void play(Federation federation, int[] lostAt, int length) {
    check(new Tables(federation).next(length), lostAt);
  }

  private static void check(Tables.Table table, int[] lostAt) {
    Federation federation = table.federation();
    Map<NodeId, Integer> lost = new HashMap<>();
    IntStream.range(0, lostAt.length).forEach(i -> lost.put(federation.id(i), lostAt[i]));
    RoundPlay play =
        new RoundPlay(
            federation, table.pairs(), table.terms(), (id, kind) -> lost.get(id) == kind.ordinal());
    CoordinatorRound outcome = play.run();
    Quorum quorum = federation.roster.quorum();
    List<NodeId> ready = answering(federation, lost, 0);
    List<NodeId> inputs = answering(federation, lost, 1);
    List<NodeId> confirmed = answering(federation, lost, 2);
    List<NodeId> unmasked = answering(federation, lost, 3);
    if (ready.size() < quorum.leastConfirmed()
        || inputs.size() < quorum.leastConfirmed()
        || confirmed.size() < quorum.threshold()) {
      assertThat(outcome).isInstanceOf(CoordinatorRound.Aborted.class);
    } else if (!ready.equals(inputs) && !confirmed.equals(inputs)) {
      assertThat(outcome).isInstanceOf(CoordinatorRound.RetryNeeded.class);
    } else if (unmasked.size() < quorum.threshold()) {
      assertThat(outcome).isInstanceOf(CoordinatorRound.Aborted.class);
    } else {
      assertThat(outcome).isInstanceOf(CoordinatorRound.Completed.class);
      var completed = (CoordinatorRound.Completed) outcome;
      assertThat(completed.survivors()).isEqualTo(inputs);
      assertThat(completed.cohort()).isEqualTo(ready);
      assertThat(completed.total().steps()).isEqualTo(play.expected(inputs));
      assertThat(completed.inconsistent()).isEmpty();
    }
  }

  private static List<NodeId> answering(
      Federation federation, Map<NodeId, Integer> lost, int step) {
    List<NodeId> answering = new ArrayList<>(federation.ids());
    answering.removeIf(id -> lost.get(id) <= step);
    return answering;
  }
}
