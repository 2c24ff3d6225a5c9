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

class DataCheckCommandTest {
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
          quality:
            - {id: enough, metric: rowCount, mustBeGreaterThan: 4}
            - {id: no_old_men, type: sql, query: "SELECT COUNT(*) FROM {object} WHERE age > 60 AND sex = 'm'", mustBe: 0}
          properties:
            - {name: id, logicalType: string}
            - name: age
              logicalType: integer
              logicalTypeOptions: {minimum: 0, maximum: 120}
              quality: [{id: age_known, metric: missingValues, unit: percent, mustBeLessThan: 50}]
              customProperties: [{property: althing.unit, value: a}]
            - {name: sex, logicalType: string, customProperties: [{property: althing.categories, value: [f, m]}]}
            - {name: weight, logicalType: number, logicalTypeOptions: {minimum: 1, maximum: 300}}
      """;

  private static final String BINDING =
      """
      althing: binding/v1
      contract: c
      version: 1.0.0
      columns:
        age: {from: AGE, missing: ["-9"]}
        weight: {absent: true}
      """;

  private static final String DATA =
      """
      id,AGE,sex
      1,30,f
      1,31,f
      2,63,m
      3,-9,M
      4,640,M
      5,\u001b[31mred,weiblich
      6,,m
      """;

  @TempDir private Path folder;

  /** What the command printed and how it ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void writeFiles() throws IOException {
    write("contract.yaml", CONTRACT);
    write("binding.yaml", BINDING);
    write("data.csv", DATA);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Ended check(String... data) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new NodeCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "data",
                "check",
                "--contract",
                folder.resolve("contract.yaml").toString(),
                "--binding",
                folder.resolve("binding.yaml").toString()));
    for (String file : data) {
      arguments.add(folder.resolve(file).toString());
    }
    int code = line.execute(arguments.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void saysHowToReadACommaBeforeTheFraction() throws IOException {
    write("comma.csv", DATA.replace("\u001b[31mred", "").replace(",640,", ",\"64,0\","));
    assertThat(check("comma.csv").out())
        .contains(
            "\u2192 file: { decimal: \",\" } in the binding if numbers have a comma, missing:");
    write("thousands.csv", DATA.replace("\u001b[31mred", "").replace(",640,", ",\"1,640\","));
    assertThat(check("thousands.csv").out()).contains("1,640").doesNotContain("decimal");
    write("binding.yaml", BINDING.replace("columns:", "file: { decimal: \",\" }\ncolumns:"));
    assertThat(check("comma.csv").out()).doesNotContain("unreadable");
  }

  /** 70 times 0.0555 is 3.8850000000000002 in binary. */
  @Test
  void valuesOfAnotherUnitHaveNoDigitsOfTheArithmetic() throws IOException {
    write("contract.yaml", CONTRACT.replace("logicalType: integer", "logicalType: number"));
    write("binding.yaml", BINDING.replace("from: AGE", "from: AGE, multiply: 0.0555"));
    write("data.csv", DATA.replace("640", "70"));
    assertThat(check("data.csv").out())
        .containsPattern("age +4 .* 3\\.885")
        .doesNotContain("00000");
  }

  @Test
  void saysWhatFitsWhatDoesNotAndWhatToDo() {
    Ended ended = check("data.csv");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines())
        .containsExactly(
            "Contract c 1.0.0",
            "  7 rows read; a study counts 6 of them",
            "  not counted: 1 row, beyond the 1 that count of one patient, or the same again",
            "",
            "COLUMNS",
            "  id      100.0 % valid",
            "  age      42.9 % valid, 1 empty, 1 marked as not known, 1 unreadable, 1 out of range   (from AGE)",
            "  sex      57.1 % valid, 3 not among its values",
            "  weight  absent here: every value is missing",
            "",
            "VALID VALUES, exactly and of all rows read",
            "       different  least  1 %  25 %  50 %  75 %  99 %  greatest",
            "  id           6",
            "  age          3     30   30    30    31    63    63        63",
            "  sex          2",
            "",
            "WHAT HAS NO MEANING",
            "  age, which holds whole numbers 0 to 120 a",
            "    \"640\"  out of range: 1 row, the first in line 6",
            "    \"\ufffd[31mred\"  unreadable: 1 row, the first in line 7",
            "    \u2192 multiply: or add: in the binding if the unit is another, missing: [LOCAL] for what stands for \"not known\"; otherwise correct the source",
            "  sex, which holds f | m",
            "    \"M\"  not among its values: 2 rows, the first in line 5",
            "    \"weiblich\"  not among its values: 1 row, the first in line 7",
            "    \u2192 codes: { LOCAL: VALUE } in the binding for what stands for a value, missing: [LOCAL] for what stands for \"not known\"",
            "",
            "THE CONTRACT'S RULES, exactly and for this organisation alone",
            "  PASS  enough: 6 rows",
            "  FAIL  no_old_men: 1 row   (line 4)",
            "  PASS  age_known: 33.33 %",
            "",
            "Nothing of this has left this machine. It holds values of rows: keep it to yourself.");
  }

  @Test
  void saysInWhichLinesTheRowsAreThatItSetAside() throws IOException {
    write("ragged.csv", DATA + "7,61,m,kestrel\n8\n9,40,f\n10,41\n11,42\n");
    assertThat(check("ragged.csv").err()).startsWith("ALT-SRC-008").contains("file.rejects");
    write("binding.yaml", BINDING.replace("columns:", "file: { rejects: 4 }\ncolumns:"));
    assertThat(check("ragged.csv").out().lines())
        .containsSequence(
            "  8 rows read; a study counts 7 of them",
            "  not counted: 1 row, beyond the 1 that count of one patient, or the same again",
            "",
            "ROWS OF ANOTHER NUMBER OF FIELDS",
            "  ragged.csv: 4 of at most 4 rows set aside, not of 3 field(s)",
            "    1 field(s): line 10",
            "    2 field(s): line 12, 13",
            "    4 field(s): line 9",
            "    They count nowhere.",
            "    \u2192 quote fields that hold the delimiter, or correct the source")
        .noneMatch(line -> line.contains("kestrel"));
  }

  @Test
  void saysWhichTextsAreNotOfTheirForm() throws IOException {
    write(
        "contract.yaml",
        CONTRACT
            + "      - {name: plz, logicalType: string, logicalTypeOptions: {maxLength: 5, pattern: '^[0-9]+$'}}\n");
    write("forms.csv", "id,AGE,sex,plz\n1,30,f,10115\n2,31,f,1O115\n3,32,f,101155\n4,33,f,\n");
    assertThat(check("forms.csv").out().lines())
        .contains("  plz      25.0 % valid, 1 empty, 1 unreadable, 1 out of range")
        .containsSequence(
            "  plz, which holds texts of at most 5 character(s), in which ^[0-9]+$ is found",
            "    \"1O115\"  without its pattern: 1 row, the first in line 3",
            "    \"101155\"  too short or too long: 1 row, the first in line 4",
            "    \u2192 missing: [LOCAL] in the binding for what stands for \"not known\"; otherwise correct the source");
  }

  @Test
  void saysWhichTextsAreInAnotherScript() throws IOException {
    write(
        "contract.yaml",
        CONTRACT
            + "      - name: message\n"
            + "        logicalType: string\n"
            + "        quality:\n"
            + "          - {id: english, type: custom, engine: althing, implementation: {check: script, max_percent: 20}}\n"
            + "          - {id: short, type: custom, engine: althing, implementation: {check: words, most: 9, max_mean: 3}}\n"
            + "        customProperties: [{property: althing.text, value: {language: en}}]\n");
    write(
        "texts.csv",
        "id,AGE,sex,message\n1,30,f,call me\n2,31,f,\u8840\u538b\n3,32,f,12:30\n4,33,f,\n5,34,f,bitte\n");
    assertThat(check("texts.csv").out())
        .contains("  FAIL  english: 25.00 %   (line 3)\n  PASS  short: 1.75 words on average\n");
  }

  @Test
  void daysAreShownAsDaysAndMoreValuesThanAreKeptAreMany() throws IOException {
    write(
        "contract.yaml",
        CONTRACT
            .replace("{minimum: 0, maximum: 120}", "{minimum: 0, maximum: 9999999}")
            .concat(
                "      - {name: seen, logicalType: date, logicalTypeOptions: {minimum: 2020-01-01, maximum: 2026-12-31}}\n"));
    StringBuilder data = new StringBuilder("id,AGE,sex,seen\n");
    for (int row = 1; row <= 450_000; row++) {
      data.append(row % 7).append(',').append(row).append(row % 2 == 0 ? ",f," : ",m,");
      data.append(row % 3 == 0 ? "2024-02-29\n" : "2025-01-01\n");
    }
    write("many.csv", data.toString());
    assertThat(check("many.csv").out().lines())
        .contains(
            "  id            7",
            "  age        many           1                                                                  450000",
            "  seen          2  2024-02-29  2024-02-29  2024-02-29  2025-01-01  2025-01-01  2025-01-01  2025-01-01",
            "  many: more than are kept here, so without what lies between least and greatest");
  }

  @Test
  void saysWhatToDoWithPointsInTimeWhereDaysAreAgreed() throws IOException {
    write(
        "contract.yaml",
        CONTRACT
            + "      - {name: seen, logicalType: date, logicalTypeOptions: {minimum: 2020-01-01, maximum: 2026-12-31}}\n");
    write("binding.yaml", BINDING + "  seen: {from: SEEN}\n");
    write("times.csv", "id,AGE,sex,SEEN\n1,30,f,2024-02-29T10:00:00\n2,31,f,2024-02-29\n");
    assertThat(check("times.csv").out().lines())
        .contains(
            "    \"2024-02-29T10:00:00\"  unreadable: 1 row, the first in line 2",
            "    \u2192 export days for points in time, with CAST(SEEN AS DATE) or a view, in the time zone that days are meant in");
  }

  /** Beyond one batch, beyond the rows that count of a patient, and no more than help. */
  @Test
  void saysWhereTheFirstRowsAreThatARuleCounts() throws IOException {
    StringBuilder data = new StringBuilder("id,AGE,sex\n");
    for (int row = 1; row <= 30_000; row++) {
      data.append(row / 2).append(row % 9_000 == 0 ? ",70,m\n" : ",30,f\n");
    }
    write("long.csv", data.toString());
    assertThat(check("long.csv").out()).contains("no_old_men: ", "   (line 9001, 18001, 27001)\n");
    write("many.csv", DATA + "7,61,m\n".repeat(90));
    assertThat(check("many.csv").out()).contains("   (line 4, 9, 10, 11, 12)\n");
  }

  /** Whatever stands before it: names, a row of two lines, one that is set aside, another file. */
  @Test
  void aRowIsFoundByTheLineThatIsNamed() throws IOException {
    write("binding.yaml", BINDING.replace("columns:", "file: { rejects: 2 }\ncolumns:"));
    String rows = "\"two\nlines\",30,f\n7,64\n8,31,M\n9,640,f\n10,70,m\n11,71,m\n";
    write("a.csv", "id,AGE,sex\n" + rows);
    assertThat(check("a.csv").out())
        .contains("\"M\"  not among its values: 1 row, the first in line 5\n")
        .contains("\"640\"  out of range: 1 row, the first in line 6\n")
        .contains("   (line 7, 8)\n");
    write("b.csv", "id,sex,AGE\n1,M,31\n2,W,32\n3,m,90\n");
    write(
        "c.jsonl",
        "{\"id\": 1, \"sex\": \"f\", \"AGE\": 3}\n{\"id\": 2, \"sex\": \"X\", \"AGE\": 99}\n");
    assertThat(check("b.csv", "a.csv", "c.jsonl").out())
        .contains("\"M\"  not among its values: 2 rows, the first in line 2 of b.csv\n")
        .contains("\"W\"  not among its values: 1 row, the first in line 3 of b.csv\n")
        .contains("\"640\"  out of range: 1 row, the first in line 6 of a.csv\n")
        .contains("\"X\"  not among its values: 1 row, the first in row 2 of c.jsonl\n")
        .contains("   (line 4 of b.csv, line 7, 8 of a.csv)\n");
    assertThat(check("c.jsonl").out())
        .contains("\"X\"  not among its values: 1 row, the first in row 2\n");
    write(
        "binding.yaml",
        """
        althing: binding/v1
        contract: c
        version: 1.0.0
        file: { header: false, delimiter: ";" }
        columns: { id: { position: 1 }, age: { position: 2 }, sex: { position: 3 }, weight: { absent: true } }
        """);
    write("bare.data", "1;30;M\n2;640;f\n");
    assertThat(check("bare.data").out())
        .contains("\"M\"  not among its values: 1 row, the first in line 1\n")
        .contains("\"640\"  out of range: 1 row, the first in line 2\n");
  }

  @Test
  void namesTheColumnThatAFileLacks() throws IOException {
    write("other.csv", "id,age,sex\n1,30,f\n");
    Ended ended = check("other.csv");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("ALT-SRC-011").contains("[AGE]");
  }

  @Test
  void namesTheFileThatIsNotThere() {
    assertThat(check("absent.csv").err()).startsWith("ALT-SRC-001");
  }

  @Test
  void saysWhereABindingIsWrong() throws IOException {
    write("binding.yaml", BINDING.replace("absent: true", "absend: true"));
    Ended ended = check("data.csv");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("ALT-DOC-012").contains("absent");
  }
}
