package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.deploy.lab.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest measurement of a round, through the shipped coordinator and real nodes. */
final class EndToEndIT {
  @Test
  void measuresRoundsOfFourNodesAndLeavesNothingBehind(@TempDir Path parent) throws Exception {
    Distribution distribution =
        Distribution.at(Path.of(System.getProperty("althing.distribution")));

    try (EndToEndLab lab = EndToEndLab.start(distribution, parent, new EndToEndFiles(4, 1000))) {
      StudyTimes first = lab.study();
      assertThat(List.of(first.submitted(), first.begun(), first.witnessed(), first.completed()))
          .isSorted();
      assertThat(first.roundMillis()).isPositive();

      Optional<RoundSplit> split = lab.split(2, Duration.ofMinutes(1));
      assertThat(lab.coordinator().orElseThrow().threads()).isGreaterThan(lab.idle().threads());
      assumeThat(split).as("a system that shows its threads").isPresent();
      assertThat(split.get().shares().values().stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(1, within(1e-9));
    }

    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
  }
}
