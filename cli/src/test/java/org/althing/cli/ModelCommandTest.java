package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.althing.encoding.Bytes;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelCommandTest {
  @TempDir private Path folder;

  /** What a run printed and how it ended. */
  private record Run(int exit, String out, String err) {}

  private static Run model(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new ModelCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(
        (e, l, p) -> {
          err.append(e.getMessage());
          return ((CommandFailure) e).exitCode().code();
        });
    return new Run(line.execute(arguments), out.toString(), err.toString());
  }

  private void keep(String name, String study) throws IOException {
    for (Map.Entry<String, Bytes> file : PaperStudy.completed(study, 300).folder().entrySet()) {
      Path path = folder.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toArray());
    }
  }

  @BeforeEach
  void keepThreeStudies() throws IOException {
    keep("nb", PaperStudy.NAIVE_BAYES);
    keep("lr", PaperStudy.LOGISTIC);
    keep("quality", PaperStudy.QUALITY);
  }

  @Test
  void listsTheModelsAndWhetherTheirFoldersHold() {
    Run run = model("ls", folder.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(l -> l.endsWith("yes"))).hasSize(2);
    assertThat(run.out())
        .containsPattern(
            "lr +logistic +[0-9a-f]{4,} +disease = 1 +. +2\\.9\\d +0\\.\\d{3} ± 0\\.\\d{3}")
        .contains("naive-bayes")
        .doesNotContain("quality");
  }

  @Test
  void aFolderThatDoesNotHoldIsListedAsSuch() throws IOException {
    Path file = folder.resolve("lr/model.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"title\" : \"", "\"title\" : \"A"));
    Run run = model("ls", folder.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.code());
    assertThat(run.out()).contains("NO: files");
    Files.writeString(file, "{}");
    assertThat(model("ls", folder.toString()).out()).contains("NO: it cannot be read");
  }

  @Test
  void showsWhereAModelComesFrom() {
    Run run = model("show", folder.resolve("nb").toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("heart-nb", "disease = 1", "age, sex, chol", "yes, bit for bit", "sex = female");
  }

  @Test
  void showsHowFarOffWeightsMayBeWhereTheStudyTells() {
    Run run = model("show", folder.resolve("lr").toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("\u00b1 one deviation of noise and sampling")
        .containsPattern("sex = female +-?\\d\\.\\d{3} +\u00b1 \\d\\.\\d{3}");
  }

  @Test
  void showsTheGroupsThatTheStudyAskedFor() throws IOException {
    assertThat(model("show", folder.resolve("nb").toString()).out())
        .doesNotContain("In each group");
    keep("groups", PaperStudy.IN_GROUPS);
    Run run = model("show", folder.resolve("groups").toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("In each group of sex")
        .containsPattern("female +\\d+ +0\\.\\d{3} \u00b1 0\\.\\d{3}")
        .contains("not known")
        .contains("largest difference of true positive rates:");
    keep("classes", PaperStudy.CLASSES_IN_GROUPS);
    assertThat(model("show", folder.resolve("classes").toString()).out())
        .contains("In each group of sex", "recall of ", "largest difference of accuracies:");
  }

  @Test
  void saysWhatElseWasTriedAndWhatTheFiguresAreOf() throws IOException {
    assertThat(model("show", folder.resolve("nb").toString()).out())
        .containsPattern("evaluated on +\\d+ % of the records, held out")
        .doesNotContain("tried too");
    keep("best", PaperStudy.CANDIDATES);
    assertThat(model("show", folder.resolve("best").toString()).out())
        .containsPattern("chosen +[a-z]+, the best of 3 by auc")
        .containsPattern("tried too +[a-z]+, [a-z-]+: (-?\\d\\.\\d{3} behind|too few)");
    keep("folds", PaperStudy.FOLDS);
    assertThat(model("show", folder.resolve("folds").toString()).out())
        .contains("every record by one of 3 models that has not seen it");
  }

  @Test
  void exportsAndSaysWhatWentOut() throws IOException {
    for (String format : new String[] {"onnx", "pmml", "json"}) {
      Path out = folder.resolve("model." + format);
      Run run =
          model(
              "export", folder.resolve("lr").toString(), "--format", format, "-o", out.toString());
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).contains("3 columns in", "disease = 1", "sha-256");
      assertThat(Files.size(out)).isGreaterThan(500);
    }
    assertThat(Files.readAllBytes(folder.resolve("model.json")))
        .isEqualTo(Files.readAllBytes(folder.resolve("lr/model.json")));
  }

  @Test
  void aModelOfClassesIsShownAndExportedClassByClass() throws IOException {
    keep("classes", PaperStudy.CLASSES);
    Path study = folder.resolve("classes");
    Run shown = model("show", study.toString());
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains("age, one of 4 classes", "mean AUC", "yes, bit for bit", "furthest apart")
        .containsPattern("disease = 1( +-?\\d\\.\\d{3}){4}");
    for (String format : new String[] {"onnx", "pmml", "json"}) {
      Path out = folder.resolve("classes." + format);
      Run run = model("export", study.toString(), "--format", format, "-o", out.toString());
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).contains("the probabilities of age, one of 4 classes out");
    }
    Run listed = model("ls", folder.toString());
    assertThat(listed.out()).contains("age, one of 4 classes");
  }

  @Test
  void columnsReadTogetherAreNamedTogether() throws IOException {
    keep("pairs", PaperStudy.PAIRED_BAYES);
    Run shown = model("show", folder.resolve("pairs").toString());
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out())
        .containsPattern("reads +chol, sex, age")
        .containsPattern("together +sex \u00d7 age")
        .containsPattern("sex = male, age = 50 \u2013 60 +-?\\d");
  }

  @Test
  void saysWhatIsMissing() {
    Run run = model("show", folder.resolve("quality").toString());
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run.err()).contains("expected model.json");
    assertThat(model("ls", folder.resolve("none").toString()).err()).contains("there is no folder");
  }

  @Test
  void predictTakesAFolderToo() throws IOException {
    Path rows = Files.writeString(folder.resolve("d.csv"), "age,sex,chol\n70,male,300\n");
    Run run = model("predict", folder.resolve("lr").toString(), rows.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("1,0.");
  }
}
