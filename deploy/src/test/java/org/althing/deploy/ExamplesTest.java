package org.althing.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every study shipped as an example can be planned, and every policy shipped with it admits it. */
class ExamplesTest {
  private static final Path RESOURCES = Path.of("src", "main", "resources");

  static Stream<Path> studies() {
    Stream<Path> each =
        Stream.of("heart", "adult", "sms", "waimai")
            .flatMap(
                set ->
                    Stream.of("quality", "statistics", "naive-bayes", "logistic")
                        .map(study -> Path.of("examples", set, "studies", study + ".yaml")));
    Stream<Path> single =
        Stream.of(
            Path.of("examples", "heart", "studies", "normal-numbers.yaml"),
            Path.of("examples", "heart", "studies", "folds.yaml"),
            Path.of("examples", "heart", "studies", "linear-svm.yaml"),
            Path.of("examples", "heart", "studies", "k-means.yaml"),
            Path.of("examples", "heart", "studies", "candidates.yaml"),
            Path.of("examples", "adult", "studies", "candidates.yaml"),
            Path.of("examples", "adult", "studies", "balanced.yaml"));
    return Stream.concat(each, single).map(RESOURCES::resolve);
  }

  @ParameterizedTest
  @MethodSource("studies")
  void isPlannedAndAdmitted(Path study) {
    CommandLine line = Althing.commandLine();
    StringWriter talk = new StringWriter();
    line.setOut(new PrintWriter(talk));
    line.setErr(new PrintWriter(talk));
    Path federation = study.resolveSibling("../federation.yaml");
    int code =
        line.execute("study", "plan", study.toString(), "--federation", federation.toString());
    assertThat(code).as(talk.toString()).isZero();
  }
}
