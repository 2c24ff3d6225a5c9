package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed play is kept as text, and the text is the play. */
class ScenarioTest {
  @Test
  void aScenarioComesBackFromItsText() {
    for (long seed = 1; seed <= 200; seed++) {
      Scenario scenario = Scenario.of(seed, 0);
      assertThat(Scenario.parse(scenario.toText().lines().toList())).isEqualTo(scenario);
    }
  }

  @Test
  void everyKindOfFaultIsDrawn() {
    Set<Class<?>> drawn = new HashSet<>();
    for (long seed = 1; seed <= 500; seed++) {
      Scenario.of(seed, 0).script().faults().forEach(fault -> drawn.add(fault.getClass()));
    }
    assertThat(drawn).containsExactlyInAnyOrder(Fault.class.getPermittedSubclasses());
  }

  @Test
  void theNumberOfNodesIsDrawnOrGiven() {
    assertThat(Scenario.of(1, 5).nodes()).isEqualTo(5);
    Set<Integer> drawn = new HashSet<>();
    for (long seed = 1; seed <= 100; seed++) {
      drawn.add(Scenario.of(seed, 0).nodes());
    }
    assertThat(drawn).containsExactlyInAnyOrder(3, 4, 5, 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Explode at=PT1S",
        "Break node=1",
        "Break node=1 when=PT1S",
        "Break node=one at=PT1S",
        "Write party=1 nth=2 effect=EXPLODED down=PT1S"
      })
  void aLineThatIsNoFaultIsRefused(String line) {
    assertThatThrownBy(() -> Script.parse(List.of(line)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
