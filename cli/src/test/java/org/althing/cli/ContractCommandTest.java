package org.althing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.althing.document.PublishedContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ContractCommandTest {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: clinic
      version: 1.0.0
      status: active
      name: Three clinics
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - { property: althing.unit-of-privacy, value: { name: patient, key: patient_id, rows: 2 } }
          quality:
            - { id: enough, metric: rowCount, mustBeGreaterOrEqualTo: 200 }
            - { id: sane, type: sql, query: "SELECT COUNT(*) FROM {object} WHERE age < 5 AND chol > 300", mustBe: 0 }
            - id: chol_of_men
              type: custom
              engine: althing
              implementation: { check: rows, where: chol IS NULL, among: sex = 'm', max_percent: 20 }
          properties:
            - { name: patient_id, logicalType: string }
            - name: sex
              logicalType: string
              quality:
                - { id: sex_valid, metric: invalidValues, arguments: { validValues: [f, m] }, mustBe: 0 }
            - name: age
              logicalType: integer
              logicalTypeOptions: { minimum: 0, maximum: 120 }
              quality:
                - id: age_drift
                  type: custom
                  engine: althing
                  implementation: { check: drift, distance: ks, reference: [0.2, 0.5, 0.3], max: 0.1 }
              customProperties:
                - { property: althing.bins, value: [30, 60] }
                - { property: althing.unit, value: a }
            - name: chol
              logicalType: number
              logicalTypeOptions: { minimum: 50.5, maximum: 700 }
              quality:
                - id: chol_known
                  metric: missingValues
                  arguments: { missingValues: [null, 0, -9] }
                  unit: percent
                  mustBeLessThan: 10
            - name: ward
              logicalType: integer
              customProperties:
                - { property: althing.categories, value: [1, 2, 3, 4, 5, 6, 7] }
              quality:
                - { id: ward_there, metric: nullValues, mustBeLessThan: 3, severity: warning }
            - { name: note, logicalType: string, customProperties: [ { property: althing.use, value: never } ] }
      """;

  @TempDir private Path folder;

  /** What a command printed and how it ended. */
  private record Ended(int code, String out, String err) {}

  private Ended run(String verb, String text) throws IOException {
    return execute(verb, Files.writeString(folder.resolve("contract.yaml"), text).toString());
  }

  private Ended execute(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new ContractCommand());
    line.setOut(new PrintWriter(out));
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) -> {
          err.append(thrown.getMessage());
          return thrown instanceof CommandFailure failure ? failure.exitCode().code() : 70;
        });
    int code = line.execute(words);
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void checkCountsWhatLeavesAndWhatRuns() throws IOException {
    Ended check = run("check", CONTRACT);
    assertThat(check.code()).isZero();
    assertThat(check.out())
        .contains("contract.yaml is a contract that can be run: clinic 1.0.0")
        .contains("columns declared 6, may leave as sums 4, stay with each organisation 2")
        .contains("rules declared 7, run by an audit of all columns 7, not run 0");
  }

  @Test
  void checkRefusesARuleThatWouldNotRun() throws IOException {
    Ended check = run("check", CONTRACT.replace("metric: nullValues", "metric: duplicateValues"));
    assertThat(check.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(check.out()).isEmpty();
    assertThat(check.err())
        .startsWith("ALT-DOC-018 cannot run")
        .contains("contract.yaml:50:39")
        .contains("schema[0].properties[4].quality[0].metric");
  }

  @Test
  void explainSaysOfWhatFormTextsAre() throws IOException {
    String text =
        CONTRACT.replace(
            "name: note, logicalType: string, customProperties: [ { property: althing.use, value: never } ]",
            "name: plz, logicalType: string, logicalTypeOptions: { minLength: 5, maxLength: 5, pattern: '^[0-9]+$' }");
    assertThat(run("explain", text).out())
        .contains("plz      texts of 5 character(s), in which ^[0-9]+$ is found  empty  ");
  }

  @Test
  void explainSaysFromWhichDayToWhichARuleCounts() throws IOException {
    String range =
        "logicalType: date, logicalTypeOptions: { minimum: 2020-01-01, maximum: 2026-12-31 }";
    String text =
        CONTRACT
            .replace(
                "WHERE age < 5 AND chol > 300",
                "WHERE discharged - admitted > INTERVAL '30' DAY OR discharged < admitted")
            .replace(
                "- { name: patient_id",
                "- { name: admitted, %s }\n      - { name: discharged, %s }\n      - { name: patient_id"
                    .formatted(range, range));
    assertThat(run("explain", text).out())
        .contains(
            "no rows match discharged - admitted > INTERVAL '30' DAY OR discharged < admitted, in days from admitted to discharged");
  }

  @Test
  void explainSaysHowFarOnePatientMovesASumOfWords() throws IOException {
    String text =
        CONTRACT.replace(
            "{ name: note, logicalType: string, customProperties: [ { property: althing.use, value: never } ] }",
            "{ name: note, logicalType: string, customProperties: [ { property: althing.text, value: { language: en } } ],"
                + " quality: [ { id: long, type: custom, engine: althing, implementation: { check: words, most: 50, min_mean: 3 } } ] }");
    Ended explained = run("explain", text);
    assertThat(explained.err()).isEmpty();
    assertThat(explained.out())
        .contains("An audit of all of them sums 43 numbers")
        .contains(
            "  The words of note are summed too: one patient moves that sum by at most 100.\n")
        .contains(
            "the valid texts of note have at least 3 words on average, at most 50 of one counting");
  }

  @Test
  void explainSaysWhatIsProtectedWhatLeavesAndWhatIsJudged() throws IOException {
    Ended explained = run("explain", CONTRACT);
    assertThat(explained.code()).isZero();
    // 5 faults for each of 4 columns, 2, 3, 1 and 7 values, 1 and 2 for rules; 2√(4 + 2).
    assertThat(explained.out().lines().skip(1))
        .containsExactly(
            "  Three clinics, table visits",
            "  The budget protects each patient, known by patient_id; at most 2 rows of one patient count.",
            "",
            "WHAT MAY LEAVE, only in sums over the organisations and under noise",
            "  column   its values                               not known where  numbers in an audit",
            "  sex      f | m                                    empty                              7",
            "  age (a)  whole numbers 0 to 120, cut into 3 bins  empty                              8",
            "  chol     numbers 50.5 to 700, not cut             empty | 0 | -9                     6",
            "  ward     1 | 2 | 3 | 4 | 5 | 6 | … 7 in all       empty                             12",
            "  An audit of all of them sums 36 numbers: for every column one count for each of its values and one",
            "  for each fault (empty, code for unknown, unreadable, out of range, not listed), and one or two for each rule about",
            "  whole rows. A row adds 1 to one of each, so one patient moves them by at most 4.9 (L2); other rules cost nothing.",
            "",
            "WHAT NEVER LEAVES",
            "  patient_id  read by the organisation alone",
            "  note        not even read",
            "",
            "WHAT AN AUDIT JUDGES",
            "  enough       there are at least 200 rows in all                                               coverage, error",
            "  sane         no rows match age < 5 AND chol > 300                                             consistency, error",
            "  chol_of_men  at most 20 % of the rows where sex = 'm' match chol IS NULL                      consistency, error",
            "  sex_valid    no rows have something in sex that is none of its values                         conformity, error",
            "  age_drift    no share of the values of age up to an edge is more than 0.1 from its reference  consistency, error",
            "  chol_known   fewer than 10 % of the rows have no known chol                                   completeness, error",
            "  ward_there   fewer than 3 rows have an empty ward                                             completeness, warning");
  }

  /** Ages 23 to 68 of 30 rows, so that only sex and the 0 or 1 of {@code ill} are few. */
  private Path clinic(char delimiter) throws IOException {
    StringBuilder rows = new StringBuilder("id;age;chol;sex;ill;seen;empty\n");
    for (int i = 0; i < 30; i++) {
      String chol = i == 3 ? "NA" : "%d.%d".formatted(180 + 3 * i, i % 10);
      String sex = i % 2 == 0 ? "no" : "\"m, \"\"male\"\"\"";
      rows.append(
          "p%d;%d;%s;%s;%d;2024-%02d-%02d;\n"
              .formatted(i, 23 + (i * 45) / 29, chol, sex, i % 2, 3 + i % 7, 1 + i % 28));
    }
    return Files.writeString(folder.resolve("clinic.csv"), rows.toString().replace(';', delimiter));
  }

  @ParameterizedTest
  @ValueSource(chars = {';', '\t'})
  void initProposesAContractThatCanBeCheckedAtOnce(char delimiter) throws IOException {
    Ended init =
        execute("init", "--from", clinic(delimiter).toString(), "--delimiter", "" + delimiter);
    assertThat(init.code()).isZero();
    Ended check = run("check", init.out());
    assertThat(check.err()).isEmpty();
    assertThat(check.out()).contains("columns declared 7, may leave as sums 5");
    assertThat(init.out())
        .contains("logicalTypeOptions: {minimum: 20, maximum: 70}  # to confirm")
        .contains("{property: althing.bins, value: [25, 35, 40, 45, 50, 55, 60]}  # to confirm")
        .contains("logicalTypeOptions: {minimum: 180, maximum: 270}  # to confirm")
        .contains("logicalTypeOptions: {minimum: 2024-01-01, maximum: 2024-12-31}  # to confirm")
        .contains("value: [\"m, \\\"male\\\"\", \"no\"]}  # to confirm")
        .contains("{property: althing.missing, value: [\"NA\"]}  # to confirm")
        .doesNotContainPattern("\\b(p17|23|68)\\b");
  }

  /** Ids of rules are of few characters there, and names of columns are not. */
  @Test
  void whatInitProposesHasTheFormThatTheStandardPublished() throws IOException {
    String clinic = execute("init", "--from", clinic(',').toString()).out();
    Path chinese =
        Files.writeString(
            folder.resolve("names.csv"),
            "年龄,性别,a b,a_b,2024\n" + "1,男,1,5,1\n2,女,2,6,2\n9,男,3,7,3\n".repeat(10));
    String named = execute("init", "--from", chinese.toString()).out();
    for (String proposal : List.of(clinic, named)) {
      assertThat(PublishedContract.faults(proposal.getBytes(UTF_8))).isEmpty();
      assertThat(run("check", proposal).err()).isEmpty();
    }
    assertThat(named)
        .contains("{id: column_valid,", "{id: column_2_valid,", "{id: a_b_2_known,")
        .contains("name: \"年龄\"", "name: \"2024\"");
  }

  @Test
  void initMarksEveryLineThatComesFromData() throws IOException {
    String proposal = execute("init", "--from", clinic(',').toString()).out();
    assertThat(proposal.lines().filter(line -> line.matches(".*(minimum|value): .*")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("# to confirm"));
  }

  /** As a spreadsheet exports a cell that is wrapped; no contract could name it. */
  @Test
  void initRefusesNamesThatNoContractTakes() throws IOException {
    for (String name : List.of("\"length\nof stay\"", "x".repeat(91))) {
      Path file = Files.writeString(folder.resolve("names.csv"), "age," + name + "\n1,2\n");
      Ended init = execute("init", "--from", file.toString());
      assertThat(init.code()).isEqualTo(ExitCode.BAD_INPUT.code());
      assertThat(init.err()).contains("names.csv, line 1: column 2 has a name of several lines");
    }
    String longest = "y".repeat(90);
    Path file = Files.writeString(folder.resolve("names.csv"), longest + "\n1.5\n2.5\n");
    assertThat(run("check", execute("init", "--from", file.toString()).out()).err()).isEmpty();
  }

  @Test
  void initSaysOfTextsThatDeclaredWordsMakeLessNoise() throws IOException {
    Path file =
        Files.writeString(folder.resolve("texts.csv"), "id,note\n1,all is well\n2,not so\n");
    Ended init = execute("init", "--from", file.toString(), "--text", "note=en");
    assertThat(init.out())
        .contains("{language: en, vocabulary: [good, bad]}, models have less noise");
    assertThat(run("check", init.out()).err()).isEmpty();
  }

  @Test
  void initNamesAFileThatIsNotThere() {
    Ended init = execute("init", "--from", folder.resolve("nothing.csv").toString());
    assertThat(init.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(init.err()).contains("nothing.csv");
  }
}
