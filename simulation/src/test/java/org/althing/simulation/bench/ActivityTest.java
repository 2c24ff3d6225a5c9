package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thread names are as Linux keeps them: of each the first 15 characters. */
final class ActivityTest {
  @ParameterizedTest
  @CsvSource({
    "node-sums, LOCAL_WORK",
    "node, CRYPTO",
    "study-runner, CRYPTO",
    "grpc-default-wo, NETWORK",
    "coordinator-lin, NETWORK",
    "C2 CompilerThre, OTHER",
    "executor-thread, OTHER"
  })
  void tellsARunningThreadByItsName(String name, Activity activity) {
    assertThat(Activity.of(name, 'R')).contains(activity);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "study-runner", "grpc-default-wo"})
  void countsEveryThreadThatIsHeldForADiskAsDisk(String name) {
    assertThat(Activity.of(name, 'D')).contains(Activity.DISK);
  }

  @Test
  void countsNoThreadThatSleeps() {
    assertThat(Activity.of("node", 'S')).isEmpty();
  }
}
