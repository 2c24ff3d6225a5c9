package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.althing.contract.SourceFormat;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PredictCommandTest {
  @TempDir private Path folder;

  /** What a run printed and how it ended. */
  private record Run(int exit, String out, String err) {}

  private Run predict(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new PredictCommand());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(
        (e, l, p) -> {
          err.append(e.getMessage());
          return ((CommandFailure) e).exitCode().code();
        });
    return new Run(line.execute(arguments), out.toString(), err.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path model() throws IOException {
    byte[] model =
        PaperStudy.completed(PaperStudy.LOGISTIC, 300).folder().get(ModelFile.NAME).toArray();
    return Files.write(folder.resolve("model.json"), model);
  }

  @Test
  void scoresEveryRowInItsOrderEqualOnesToo() throws IOException {
    Path data = file("d.csv", "sex,chol,age,note\nmale,300,70,x\nfemale,180,35,y\nmale,300,70,x\n");
    Run run = predict(model().toString(), data.toString());
    assertThat(run.exit()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("row,probability,prediction");
    assertThat(lines.get(1)).startsWith("1,0.").endsWith(",1");
    assertThat(lines.get(2)).startsWith("2,0.").endsWith(",0");
    assertThat(lines.get(3).substring(1)).isEqualTo(lines.get(1).substring(1));
    assertThat(run.err()).contains("3 rows scored");
  }

  @Test
  void saysHowWellItFitsWhereTheLabelIsThere() throws IOException {
    Path data = file("d.csv", "sex,chol,age,disease\nmale,300,70,1\nfemale,180,35,0\nmale,-9,,?\n");
    Path out = folder.resolve("scores.csv");
    Run run = predict(model().toString(), data.toString(), "-o", out.toString());
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("2 labelled rows: accuracy 1, AUC 1, log-loss 0.");
    assertThat(Files.readAllLines(out)).hasSize(4);
  }

  @Test
  void ofSeveralClassesEachHasItsProbabilityAndTheLikeliestIsNamed() throws Exception {
    byte[] model =
        PaperStudy.completed(PaperStudy.CLASSES, 300).folder().get(ModelFile.NAME).toArray();
    Path file = Files.write(folder.resolve("classes.json"), model);
    List<String> names = ModelFile.ofBytes(model).model().label().classNames();
    Path data = file("d.csv", "sex,chol,disease,age\nmale,300,1,70\nfemale,180,0,35\nmale,,,\n");
    Run run = predict(file.toString(), data.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(
            "row,probability,prediction,probability of " + String.join(",probability of ", names));
    for (String line : lines.subList(1, 4)) {
      String[] fields = line.split(",");
      double sum = 0;
      double most = 0;
      for (int k = 0; k < 4; k++) {
        sum += Double.parseDouble(fields[3 + k]);
        most = Math.max(most, Double.parseDouble(fields[3 + k]));
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      assertThat(Double.parseDouble(fields[1])).isEqualTo(most);
      assertThat(Double.parseDouble(fields[3 + names.indexOf(fields[2])])).isEqualTo(most);
    }
    assertThat(run.err())
        .contains("2 labelled rows: accuracy", "mean AUC", "log-loss", "calibration error")
        .contains("precision", "predicted as");
  }

  @Test
  void saysWhichColumnIsMissing() throws IOException {
    Path data = file("d.csv", "sex,age\nmale,70\n");
    Run run = predict(model().toString(), data.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run.err()).contains("the model needs a column chol");
  }

  @Test
  void saysWhatToDoWithAFileThatNoReaderWasBuiltInFor() throws IOException {
    for (String name : List.of("d.parquet", "d.jsonl")) {
      Run run = predict(model().toString(), file(name, "PAR1").toString());
      assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
      assertThat(run.err()).contains("expected delimited text, got", "export it as CSV in UTF-8");
    }
    assertThat(predict(model().toString(), file("d.csv.gz", "x").toString()).err())
        .contains("got a .gz file: unpack it first");
  }

  /** A node reads such files too. */
  @Test
  void blankLinesMayEndAFileAndStandNowhereElse() throws IOException {
    String rows = "sex,chol,age\nmale,300,70\nfemale,200,\n";
    String plain = predict(model().toString(), file("a.csv", rows).toString()).out();
    for (String end : List.of("\n", "\r\n\r\n", "\n\n\n")) {
      Run run = predict(model().toString(), file("b.csv", rows + end).toString());
      assertThat(run.exit()).as("%s", run.err()).isZero();
      assertThat(run.out()).isEqualTo(plain);
    }
    assertThat(
            predict(model().toString(), file("c.csv", rows + "\nmale,300,70\n").toString()).err())
        .contains("line 4: expected 3 fields as in the first line, got 1");
  }

  @Test
  void aNameMayHaveBlanksAroundItAndAColumnNone() throws IOException {
    String plain =
        predict(model().toString(), file("a.csv", "sex,chol,age\nmale,300,70\n").toString()).out();
    String spread = "sex ,, chol,age,\nmale,x,300,70,\n";
    assertThat(predict(model().toString(), file("b.csv", spread).toString()).out())
        .isEqualTo(plain);
    String twice = "sex,chol,age,age\nmale,300,70,1\n";
    assertThat(predict(model().toString(), file("c.csv", twice).toString()).err())
        .contains("line 1: two columns have the same name");
  }

  @Test
  void leavesNoHalfAFileBehind() throws IOException {
    Path data = file("d.csv", "sex,chol,age\nmale,300,70\nmale,300\n");
    Path out = folder.resolve("scores.csv");
    Run run = predict(model().toString(), data.toString(), "-o", out.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run.err()).contains("line 3: expected 3 fields as in the first line, got 2");
    assertThat(out).doesNotExist();
    assertThat(folder.resolve("scores.csv.part")).doesNotExist();
  }

  /** Without a line of names the first line is somebody's row. */
  @Test
  void saysWhichColumnIsMissingWithoutTheFilesFirstLine() throws IOException {
    Path data = file("d.csv", "Jane Roe,1951-02-03\nJohn Doe,1948-07-19\n");
    Run run = predict(model().toString(), data.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run.err()).contains("none of the file's 2 columns").doesNotContain("Jane", "1951");
  }

  @Test
  void saysThatFieldsMayBeDelimitedOtherwise() throws IOException {
    Path data = file("d.csv", "sex;chol;age\nmale;300;70\n");
    assertThat(predict(model().toString(), data.toString()).err())
        .contains("none of the file's 1 columns", "by a comma unless it says otherwise");
  }

  @Test
  void readsBindingsUnderTheModelsOwnContractOnly() throws IOException {
    Path data = file("d.csv", "geschlecht;cholesterin;alter\nm;300;70\n");
    Path contract = file("contract.yaml", PaperStudy.CONTRACT);
    Path binding =
        file(
            "binding.yaml",
            """
            althing: binding/v1
            contract: heart
            version: 1.0.0
            file: { delimiter: ";" }
            columns:
              age: { from: alter }
              sex: { from: geschlecht, codes: { m: male, w: female } }
              chol: { from: cholesterin }
            """);
    String[] options = {
      model().toString(),
      data.toString(),
      "--contract",
      contract.toString(),
      "--binding",
      binding.toString()
    };
    Run run = predict(options);
    assertThat(run.err()).contains("1 rows scored");
    assertThat(run.out()).contains("1,0.");
    Files.writeString(contract, PaperStudy.CONTRACT + "\n");
    assertThat(predict(options).err()).contains("another contract");
  }

  @Test
  void refusesAModelThatWasTamperedWith() throws IOException {
    String text = Files.readString(model());
    List<String> bad =
        List.of(
            text.replace("althing/model/v1", "althing/model/v2"),
            text.replace("\"method\"", "\"methods\""),
            text.replace("\"features\" : [", "\"features\" : [ \"age\","),
            text.replace("\"of\" : \"bias\"", "\"of\" : \"biass\""),
            text.replaceFirst("\"weight\" : [-0-9.E]+", "\"weight\" : 1E999"),
            text.replaceFirst("\"weight\" : [-0-9.E]+", "\"weight\" : \"1\""),
            text + "{}",
            "[]",
            "");
    Path data = file("d.csv", "sex,chol,age\nmale,300,70\n");
    for (String each : bad) {
      assertThat(each).isNotEqualTo(text);
      Run run = predict(file("bad.json", each).toString(), data.toString());
      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.BAD_INPUT.code());
    }
  }

  @Test
  void delimitedTextIsReadStrictly() {
    DelimitedText.Rows rows = read("a,b\r\n\"x,\"\"y\"\"\n\",2\r\n");
    assertThat(rows.rows()).containsExactly(List.of("x,\"y\"\n", "2"));
    for (String bad : List.of("", "a,a\n", "a,b\n1\n", "a\n\"x\n", "a\n\"x\"y\n", "a\nx\"y\n")) {
      assertThatThrownBy(() -> read(bad)).isInstanceOf(CommandFailure.class);
    }
  }

  @Test
  void delimitedTextWithoutQuotesAndHeaderIsRowsOfNumberedColumns() {
    DelimitedText.Rows rows =
        DelimitedText.read(
            "d.tsv",
            "ham\t\"so\nspam\tit\"s\n".getBytes(StandardCharsets.UTF_8),
            new SourceFormat(StandardCharsets.UTF_8, '\t', false, false));
    assertThat(rows.names()).containsExactly("#1", "#2");
    assertThat(rows.rows()).containsExactly(List.of("ham", "\"so"), List.of("spam", "it\"s"));
  }

  private static DelimitedText.Rows read(String text) {
    return DelimitedText.read(
        "d.csv", text.getBytes(StandardCharsets.UTF_8), SourceFormat.COMMA_UTF8);
  }
}
