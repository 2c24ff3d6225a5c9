package org.althing.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCleanCommandTest {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: c
      version: 1.0.0
      status: active
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: id, rows: 1}}
          properties:
            - {name: id, logicalType: string}
            - {name: age, logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 120}}
            - {name: sex, logicalType: string, customProperties: [{property: althing.categories, value: [f, "m, or so"]}]}
            - {name: weight, logicalType: number, logicalTypeOptions: {minimum: 1, maximum: 300}}
      """;

  private static final String STUDY =
      """
      althing: study/v1
      id: s
      title: t
      purpose: p
      lead: l
      contract: c
      cleaning:
        - clip: {column: age, to: [18, 90]}
        - impute: {column: weight, with: 70.5}
        - keep: sex IS NOT NULL
        - distinct: [age, sex, weight]
      analysis: {statistics: {columns: [age]}}
      privacy: {epsilon: 1, delta: 1.0e-5}
      """;

  private static final String DATA =
      """
      id,age,sex,weight
      1,300,f,
      2,95,f,70.5
      3,50,"m, or so",80
      4,50,x,80
      5,12,f,heavy
      5,13,f,60
      """;

  @TempDir private Path folder;

  /** What the command printed and how it ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void writeFiles() throws IOException {
    write("contract.yaml", CONTRACT);
    write("binding.yaml", "althing: binding/v1\ncontract: c\nversion: 1.0.0\n");
    write("study.yaml", STUDY);
    write("data.csv", DATA);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Ended clean(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new DataCleanCommand());
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>();
    for (String kind : List.of("contract", "binding", "study")) {
      arguments.add("--" + kind);
      arguments.add(folder.resolve(kind + ".yaml").toString());
    }
    arguments.addAll(List.of(options));
    arguments.add(folder.resolve("data.csv").toString());
    int code = command.execute(arguments.toArray(new String[0]));
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void previewShowsColumnsAndRowsBeforeAndAfter() {
    Ended ended = clean("--preview");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .containsSequence(
            "  age: what is below 18 or above 90 becomes that bound",
            "    before   83.3 % valid, 1 out of range",
            "    after   100.0 % valid")
        .containsSequence(
            "  weight: \"70.5\" stands for what is not known",
            "    before   66.7 % valid, 1 empty, 1 unreadable",
            "    after    83.3 % valid, 1 unreadable")
        .containsSequence(
            "             6  in the files",
            "             5  after each unit's share, repetitions counted once",
            "             4  only rows where sex IS NOT NULL",
            "             3  one of the rows that are equal in age, sex, weight")
        .contains(
            "One unit more or less can change 2 times its rows here, because its rows may let others in.");
    assertThat(ended.code()).isZero();
  }

  @Test
  void previewSaysHowManyRowsItSetAside() throws IOException {
    write(
        "binding.yaml", "althing: binding/v1\ncontract: c\nversion: 1.0.0\nfile: { rejects: 2 }\n");
    write("data.csv", DATA + "6,50\n");
    assertThat(clean("--preview").out())
        .contains(
            "             6  in the files\n                besides data.csv: 1 of at most 2 rows set aside, not of 4 field(s)\n");
  }

  @Test
  void writesDaysAsTheContractDoesSoThatTheyCanBeReadAgain() throws IOException {
    write(
        "contract.yaml",
        CONTRACT
            + "      - {name: seen, logicalType: date, logicalTypeOptions: {format: dd.MM.yyyy, minimum: 2020-01-01, maximum: 2026-12-31}}\n");
    write(
        "binding.yaml",
        "althing: binding/v1\ncontract: c\nversion: 1.0.0\ncolumns: {seen: {format: M/d/yyyy}}\n");
    write("data.csv", "id,age,sex,weight,seen\n1,50,f,70.5,2/28/2026\n");
    Path out = folder.resolve("clean.csv");
    assertThat(clean("--out", out.toString()).code()).isZero();
    assertThat(Files.readAllLines(out))
        .containsExactly("age,sex,weight,seen", "50,f,70.5,28.02.2026");
  }

  @Test
  void writesTheCleanedRowsWhereAsked() throws IOException {
    Path out = folder.resolve("clean.csv");
    assertThat(clean("--out", out.toString()).code()).isZero();
    assertThat(Files.readAllLines(out))
        .hasSize(4)
        .startsWith("age,sex,weight")
        .contains("90,f,70.5", "50,\"m, or so\",80");
  }

  @Test
  void writesOverNothing() throws IOException {
    write("clean.csv", "mine");
    Ended ended = clean("--out", folder.resolve("clean.csv").toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("name a new one");
    assertThat(folder.resolve("clean.csv")).hasContent("mine");
  }

  @Test
  void saysWhyAStudyDoesNotFit() throws IOException {
    write("study.yaml", STUDY.replace("sex IS NOT NULL", "sex > 3"));
    Ended ended = clean();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("does not fit").contains("no declared value of sex");
  }
}
