package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, in any order, no rule of the federation is broken. */
class FederationSimulationTest {
  @Test
  void noSeedBreaksARule() {
    assertNoneBreaks(new Campaign(1, 200, 0, System.out::println));
  }

  @Test
  @Tag("nightly")
  void noneOfAHundredThousandSeedsBreaksARule() {
    assertNoneBreaks(new Campaign(1_000_000, 100_000, 0, System.out::println));
  }

  private static void assertNoneBreaks(Campaign campaign) {
    AtomicReference<String> last = new AtomicReference<>("");
    campaign.run(Runtime.getRuntime().availableProcessors(), last::set);
    String report = String.join(System.lineSeparator(), campaign.report());
    System.out.println(report);
    assertThat(campaign.broken()).as(report).isEmpty();
  }

  /** Otherwise a failed seed could not be looked into. */
  @Test
  void aSeedAlwaysPlaysTheSame() {
    for (long seed = 1; seed <= 5; seed++) {
      Outcome first = new World(Scenario.of(seed, 0), Deceit.NONE).play();
      assertThat(new World(Scenario.of(seed, 0), Deceit.NONE).play()).isEqualTo(first);
    }
  }
}
