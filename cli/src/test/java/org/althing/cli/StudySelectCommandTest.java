package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StudySelectCommandTest {
  @TempDir private Path folder;

  /** What the command printed and how it ended. */
  private record Ended(int code, String out, String err) {}

  private Ended select(String study, String... options) throws IOException {
    Path released = folder.resolve("released");
    for (var file : PaperStudy.completed(study, 400).folder().entrySet()) {
      Path path = released.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toArray());
    }
    return run(options);
  }

  private Ended run(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new StudySelectCommand());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          line.getErr().print(e.getMessage());
          return e instanceof CommandFailure failure ? failure.exitCode().code() : 70;
        });
    List<String> all = new ArrayList<>(List.of(options));
    all.add(folder.resolve("released").toString());
    int code = command.execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void ranksByCrossTablesAndPrintsTheLineOfAStudy() throws IOException {
    Ended ended = select(PaperStudy.STATISTICS, "--label", "disease");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains(
            "What study heart-statistics released of disease, every value a class, 2 tables:",
            "costs nothing")
        .containsPattern("age( +\\d+\\.\\d+){4}")
        .containsPattern("sex( +-?\\d+\\.\\d+){4}")
        .containsPattern("features: \\[age[^]]*]");
  }

  @Test
  void ranksByTheTablesOfNaiveBayes() throws IOException {
    Ended ended = select(PaperStudy.NAIVE_BAYES);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("of disease = 1, 3 tables:");
    Ended one = select(PaperStudy.NAIVE_BAYES, "--keep", "1");
    assertThat(one.out()).containsPattern("features: \\[\\w+]");
  }

  @Test
  void columnsThatWereReadTogetherAreKeptTogether() throws IOException {
    Ended ended = select(PaperStudy.PAIRED_BAYES);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("sex × age", "interactions: [[sex, age]]")
        .containsPattern("features: \\[.*sex, age.*]");
  }

  @Test
  void believesNoFolderThatDoesNotVerify() throws IOException {
    select(PaperStudy.STATISTICS, "--label", "disease");
    Path result = folder.resolve("released/result.json");
    Files.writeString(result, Files.readString(result).replace("\"mean\"", "\"Mean\""));
    Ended ended = run("--label", "disease");
    assertThat(ended.code()).isEqualTo(ExitCode.VERIFICATION_FAILED.code());
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void saysWhatAStudyMustHaveReleased() throws IOException {
    assertThat(select(PaperStudy.STATISTICS).err()).contains("name one with --label");
    assertThat(run("--label", "chol").err())
        .contains("released no cross table with chol: ask for tables [column, chol]");
    assertThat(run("--keep", "0").err()).contains("--keep is 1 or more");
  }

  @Test
  void saysOfWhichLabelAModelIs() throws IOException {
    Ended ended = select(PaperStudy.NAIVE_BAYES, "--label", "sex");
    assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(ended.err()).contains("foretells disease, it released no table of sex");
  }

  @Test
  void saysWhereAFolderHoldsNoTables() throws IOException {
    Ended ended = select(PaperStudy.LOGISTIC);
    assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(ended.err()).contains("holds no tables of a label");
  }
}
