package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StudyCompareCommandTest {
  @TempDir private Path folder;

  private Path written(String name, String study, int rows) throws IOException {
    for (var file : PaperStudy.completed(study, rows).folder().entrySet()) {
      Path path = folder.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toArray());
    }
    return folder.resolve(name);
  }

  private static String compare(Path earlier, Path later) {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new StudyCompareCommand());
    command.setOut(new PrintWriter(out));
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          out.append(e.getMessage());
          return e instanceof CommandFailure failure ? failure.exitCode().code() : 70;
        });
    int code = command.execute(earlier.toString(), later.toString());
    return "exit code %d%n%s".formatted(code, out);
  }

  @Test
  void anAuditDoesNotDifferFromItself() throws IOException {
    Path audit = written("audit", PaperStudy.QUALITY, 400);
    String text = compare(audit, audit);
    assertThat(text)
        .startsWith("exit code 0")
        .contains("heart-quality, then heart-quality")
        .contains("no change told from noise")
        .contains("0.000 (")
        .doesNotContain("CHANGED  ");
  }

  @Test
  void otherStudiesAndSpoiledFoldersAreRefused() throws IOException {
    Path audit = written("audit", PaperStudy.QUALITY, 100);
    Path model = written("model", PaperStudy.NAIVE_BAYES, 100);
    assertThat(compare(audit, model))
        .startsWith("exit code " + ExitCode.BAD_INPUT.code())
        .contains("holds no finished quality audit");
    Files.writeString(audit.resolve("result.json"), "{}");
    assertThat(compare(audit, audit))
        .startsWith("exit code " + ExitCode.VERIFICATION_FAILED.code())
        .contains("does not hold");
  }
}
