package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays that once broke a rule, by the name of what was wrong; each file says what it was. */
class RegressionsTest {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "org", "althing", "simulation", "regressions");

  static Stream<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".scenario")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whatOnceBrokeARuleBreaksNoneAnyMore(Path file) throws IOException {
    Scenario scenario = Scenario.parse(Files.readAllLines(file));
    assertThat(new World(scenario, Deceit.NONE).play().ends()).isNotEmpty();
  }
}
