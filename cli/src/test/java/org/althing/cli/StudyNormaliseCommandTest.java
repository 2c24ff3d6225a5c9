package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.cleaning.Step;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.report.PaperStudy;
import org.althing.study.Study;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StudyNormaliseCommandTest {
  @TempDir private Path folder;
  private Path released;
  private Path study;

  /** What the command printed and how it ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void writeFiles() throws IOException {
    released = folder.resolve("released");
    study = folder.resolve("study.yaml");
    Files.writeString(study, PaperStudy.LOGISTIC);
    write(PaperStudy.STATISTICS);
  }

  private void write(String statistics) throws IOException {
    for (var file : PaperStudy.completed(statistics, 400).folder().entrySet()) {
      Path path = released.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toArray());
    }
  }

  private Ended normalise(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new StudyNormaliseCommand());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          line.getErr().print(e.getMessage());
          return e instanceof CommandFailure failure ? failure.exitCode().code() : 70;
        });
    String[] all = new String[5 + options.length];
    all[0] = study.toString();
    all[1] = "--from";
    all[2] = released.toString();
    all[3] = "--out";
    all[4] = folder.resolve("new.yaml").toString();
    System.arraycopy(options, 0, all, 5, options.length);
    int code = command.execute(all);
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void clipsAndFillsByWhatWasReleased() throws IOException, DocumentError {
    Ended ended = normalise();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    byte[] text = Files.readAllBytes(folder.resolve("new.yaml"));
    Study written = StudyDocument.read("new.yaml", text);
    assertThat(written.cleaning().steps())
        .anySatisfy(step -> assertThat(step).isInstanceOf(Step.Clip.class))
        .anySatisfy(step -> assertThat(step).isInstanceOf(Step.Impute.class))
        .allSatisfy(step -> assertThat(step.word()).isIn("clip", "impute"));
    assertThat(new String(text, StandardCharsets.UTF_8))
        .startsWith(PaperStudy.LOGISTIC)
        .contains("# Released by study heart-statistics, plan ");
  }

  @Test
  void cutsAtReleasedQuantilesOnlyWhereAsked() throws IOException, DocumentError {
    assertThat(normalise("--bins").code()).isZero();
    Study written = StudyDocument.read("new.yaml", Files.readAllBytes(folder.resolve("new.yaml")));
    assertThat(written.cleaning().steps())
        .anySatisfy(step -> assertThat(step).isInstanceOf(Step.Bins.class));
  }

  @Test
  void believesNoFolderThatDoesNotVerify() throws IOException {
    Path result = released.resolve("result.json");
    Files.writeString(result, Files.readString(result).replace("\"mean\"", "\"Mean\""));
    Ended ended = normalise();
    assertThat(ended.code()).isEqualTo(ExitCode.VERIFICATION_FAILED.code());
    assertThat(folder.resolve("new.yaml")).doesNotExist();
  }

  @Test
  void writesOverNothing() throws IOException {
    Files.writeString(folder.resolve("new.yaml"), "mine");
    assertThat(normalise().code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(folder.resolve("new.yaml")).hasContent("mine");
  }

  @Test
  void leavesAStudyThatIsCleanedAlready() throws IOException {
    Files.writeString(study, PaperStudy.LOGISTIC + "cleaning: [{sample: {percent: 50}}]\n");
    Ended ended = normalise();
    assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(ended.err()).contains("has cleaning of its own");
  }

  @Test
  void saysWhereAFolderHoldsNoStatistics() throws IOException {
    Path other = folder.resolve("other");
    released = other;
    write(PaperStudy.QUALITY);
    Ended ended = normalise();
    assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(ended.err()).contains("holds no statistics");
  }
}
