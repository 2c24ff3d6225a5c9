package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One node's whole disk is put back to an older state while two studies run. */
class RestoredDiskTest {
  private static final List<Questions.Analysis> TWO =
      List.of(Questions.Analysis.NAIVE_BAYES, Questions.Analysis.NAIVE_BAYES);

  private static Outcome play(long seed, Duration at, int writes) {
    Fault put = new Fault.Restore(1, at, writes);
    return new World(new Scenario(seed, 4, TWO, 1, 0, new Script(List.of(put))), Deceit.NONE)
        .play();
  }

  /** All writes, so that a whole study is forgotten whenever one was released. */
  @Test
  void aNodeThatForgotAReleaseIsFrozenAndBreaksNoRule() {
    List<Integer> frozen = new ArrayList<>();
    for (int second = 1; second <= 12; second++) {
      frozen.add(play(second, Duration.ofSeconds(second), 1000).frozen());
    }
    assertThat(frozen).as("by the second of the loss").contains(0, 1).endsWith(1);
  }

  @Test
  void aNodeThatForgotNoReleaseGoesOn() {
    assertThat(play(1, Duration.ofMillis(300), 1000).frozen()).isZero();
    assertThat(play(1, Duration.ofMillis(300), 1000).completed()).isTrue();
  }
}
