package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.althing.federation.NodeId;
import org.junit.jupiter.api.Test;

/**
 * Whatever is lost and when, the coordinator ends with the exact sum of the survivors or without
 * any.
 */
final class ExactSumTest {

  @Test
  void everybodyAnswersAndTheSumIsExact() {
    Federation federation = Federation.of(4, 1);
    Map<NodeId, PairSecrets> pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.values().iterator().next().keys(), 0, 1, 1000);
    RoundPlay play = new RoundPlay(federation, pairs, terms, (id, kind) -> false);
    var completed = (CoordinatorRound.Completed) play.run();
    assertThat(completed.survivors()).isEqualTo(federation.ids());
    assertThat(completed.total().steps()).isEqualTo(play.expected(completed.survivors()));
  }

  @Test
  void aDroppedInputIsRepaired() {
    Federation federation = Federation.of(4, 1);
    Map<NodeId, PairSecrets> pairs = federation.keyed();
    RoundTerms terms = federation.terms(pairs.values().iterator().next().keys(), 0, 1, 5000);
    RoundPlay play =
        new RoundPlay(
            federation,
            pairs,
            terms,
            (id, kind) -> id.equals(federation.id(2)) && kind == RoundPlay.Kind.INPUT);
    var completed = (CoordinatorRound.Completed) play.run();
    assertThat(completed.survivors()).hasSize(3).doesNotContain(federation.id(2));
    assertThat(completed.total().steps()).isEqualTo(play.expected(completed.survivors()));
  }
}
