package org.althing.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.althing.cli.ExitCode;
import org.althing.deploy.Althing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it writes is what the other verbs take. */
class LabInitTest {
  private static final List<String> WORDS = List.of("free", "prize", "lunch", "home", "call");

  @TempDir private Path folder;
  private Path federation = Path.of("");
  private final StringWriter talk = new StringWriter();

  @BeforeEach
  void setUp() {
    federation = folder.resolve("my clinic");
  }

  private int run(String... arguments) {
    return Althing.commandLine(new Althing())
        .setOut(new PrintWriter(talk, true))
        .setErr(new PrintWriter(talk, true))
        .execute(arguments);
  }

  private Path file(String name, int rows, String note) throws IOException {
    Random random = new Random(name.hashCode());
    StringBuilder text = new StringBuilder("id,age,dose,seen,note,kind,ill\n");
    for (int i = 0; i < rows; i++) {
      String words = WORDS.get(random.nextInt(5)) + " " + WORDS.get(random.nextInt(5)) + " " + i;
      text.append(
          "%s-%d,%d,%.3f,2024-0%d-11,\"%s, \"\"%s\"\"\",%d,%s\n"
              .formatted(
                  name,
                  i,
                  20 + random.nextInt(60),
                  random.nextDouble() / 10,
                  1 + random.nextInt(9),
                  words,
                  note,
                  random.nextInt(4),
                  random.nextInt(3) == 0 ? "yes" : "no"));
    }
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private List<String> threeFiles() throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : List.of("North Clinic", "south", "2024")) {
      files.add(file(name, 700, "x").toString());
    }
    return files;
  }

  private int init(List<String> files, String... more) {
    List<String> arguments = new ArrayList<>(List.of("lab", "init", federation.toString()));
    files.forEach(file -> arguments.addAll(List.of("--from", file)));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private void everyStudyIsAdmitted(int studies) throws IOException {
    try (var files = Files.list(federation.resolve("studies"))) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(studies);
      for (Path study : found) {
        int code =
            run(
                "study",
                "plan",
                study.toString(),
                "--federation",
                federation.resolve("federation.yaml").toString(),
                "--anyway");
        assertThat(code).as("%s: %s", study, talk).isZero();
      }
    }
  }

  @Test
  void oneFileForEachOrganisationMakesStudiesThatEveryPolicyAdmits() throws IOException {
    assertThat(init(threeFiles(), "--label", "ill", "--text", "note=en")).as("%s", talk).isZero();
    everyStudyIsAdmitted(4);
    assertThat(federation.resolve("policies")).isDirectoryContaining("glob:**/north-clinic.yaml");
    assertThat(federation.resolve("policies")).isDirectoryContaining("glob:**/org-3.yaml");
    assertThat(Files.readString(federation.resolve("studies/logistic.yaml")))
        .contains("positive: [\"yes\"]", "\"note\"", "\"kind\"")
        .doesNotContain("\"id\"", "\"seen\"");
  }

  /** A copy is what was compressed, so that everything is as of the plain file. */
  @Test
  void compressedFilesAreReadAsTheyWere() throws IOException {
    List<String> files = threeFiles();
    Path plain = Path.of(files.get(0));
    Path compressed = folder.resolve("North Clinic.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(plain, out);
    }
    List<String> some = List.of(compressed.toString(), files.get(1), files.get(2));
    assertThat(init(some, "--label", "ill")).as("%s", talk).isZero();
    Path first = federation;
    federation = folder.resolve("of plain files").resolve("my clinic");
    assertThat(init(files, "--label", "ill")).as("%s", talk).isZero();
    try (var written = Files.walk(first)) {
      for (Path file : written.filter(Files::isRegularFile).toList()) {
        assertThat(file)
            .hasSameBinaryContentAs(federation.resolve(first.relativize(file).toString()));
      }
    }
    federation = folder.resolve("divided");
    assertThat(init(List.of(compressed.toString()), "--organisations", "4"))
        .as("%s", talk)
        .isZero();
  }

  @Test
  void aLabelOfSeveralValuesIsSeveralClassesAndWithoutOneThereAreNoModels() throws IOException {
    assertThat(init(threeFiles(), "--label", "kind")).as("%s", talk).isZero();
    everyStudyIsAdmitted(4);
    assertThat(Files.readString(federation.resolve("studies/logistic.yaml")))
        .doesNotContain("positive");
    federation = folder.resolve("second");
    assertThat(init(threeFiles())).isZero();
    everyStudyIsAdmitted(2);
  }

  /** Hospitals' own names and units, which no proposal can guess and no run may drop in silence. */
  @Test
  void columnsOfOneFileAloneAreNamedAndLeftToItsBinding() throws IOException {
    List<String> files = new ArrayList<>(threeFiles());
    Path other = file("other", 700, "x");
    Files.writeString(
        other,
        Files.readString(other)
            .replaceFirst("id,age,dose,seen,note,kind,ill", "id,Alter,Dosis,seen,note,kind,krank"));
    files.add(other.toString());
    assertThat(init(files, "--label", "ill")).as("%s", talk).isZero();
    assertThat(talk.toString())
        .contains("other alone has Alter, Dosis, krank, which no study reads")
        .contains("other lacks age, dose, ill: where it has them under other names")
        .contains("without the label, no model learns from other");
    assertThat(Files.readString(federation.resolve("bindings/other.yaml")))
        .contains("\"age\": { absent: true }", "[\"Alter\", \"Dosis\", \"krank\"]");
    assertThat(Files.readString(federation.resolve("studies/logistic.yaml")))
        .doesNotContain("Alter", "Dosis", "krank");
    everyStudyIsAdmitted(4);
  }

  /** What the study offers is taken by it as it stands there. */
  @Test
  void numbersMayBeReadByTheirValuesInPlaceOfBins() throws IOException {
    assertThat(init(threeFiles(), "--label", "ill")).as("%s", talk).isZero();
    Path study = federation.resolve("studies/logistic.yaml");
    String offered = Files.readString(study);
    assertThat(offered).contains("\n# cleaning: [ { values: [\"age\", \"dose\"] } ]\n");
    Files.writeString(study, offered.replace("# cleaning:", "cleaning:"));
    everyStudyIsAdmitted(4);
    assertThat(talk.toString()).contains("age, dose: read as values");
  }

  @Test
  void filesWithoutACommonColumnAreNoFederation() throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      files.add(
          Files.writeString(folder.resolve(name + ".csv"), name + "1," + name + "2\n1,2\n")
              .toString());
    }
    assertThat(init(files)).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains("no two of the files have a column of the same name");
  }

  /** 100 patients in each file have 1 to 9 rows, 10 more have 30; 83 have 3 or more, 72 have 4. */
  private List<String> visits() throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : List.of("north", "south", "east")) {
      StringBuilder text = new StringBuilder("patient_id,pulse,ill\n");
      for (int patient = 0; patient < 110; patient++) {
        int rows = patient < 100 ? 1 + patient % 9 : 30;
        for (int row = 0; row < rows; row++) {
          text.append(
              "%s%d,%d,%s\n"
                  .formatted(
                      name, patient, 50 + (patient + 7 * row) % 80, row == 3 ? "yes" : "no"));
        }
      }
      files.add(Files.writeString(folder.resolve(name + ".csv"), text).toString());
    }
    return files;
  }

  @Test
  void aColumnThatSaysWhoseARowIsMakesTheBudgetOneOfPeople() throws IOException {
    assertThat(init(visits(), "--label", "ill")).as("%s", talk).isZero();
    assertThat(talk.toString())
        .contains("patient_id repeats: if it says whose a row is, give --unit patient_id");
    federation = folder.resolve("of people");
    talk.getBuffer().setLength(0);
    assertThat(init(visits(), "--label", "ill", "--unit", "patient_id")).as("%s", talk).isZero();
    assertThat(talk.toString())
        .contains(
            "at most 3 rows of one patient_id count, as many as 3 of 4 have; the largest has 30")
        .doesNotContain("patient_id repeats", "patient_id  is");
    assertThat(Files.readString(federation.resolve("contract.yaml")))
        .contains(
            "{name: person, key: \"patient_id\", rows: 3}",
            "{property: althing.use, value: local}");
    assertThat(Files.readString(federation.resolve("federation.yaml"))).contains("people: 110");
    assertThat(Files.readString(federation.resolve("studies/logistic.yaml")))
        .contains("people: 330", "features: [\"pulse\"]");
    everyStudyIsAdmitted(4);
  }

  @Test
  void whatIsRareIsExpectedToBe() throws IOException {
    Path file = folder.resolve("loans.csv");
    StringBuilder text = new StringBuilder("sum,currency,default\n");
    for (int i = 0; i < 2000; i++) {
      text.append("%d,EUR,%s\n".formatted(i % 300, i % 27 == 0 ? "ja" : "nein"));
    }
    Files.writeString(file, text);
    assertThat(init(List.of(file.toString()), "--organisations", "3", "--label", "default"))
        .isZero();
    assertThat(Files.readString(federation.resolve("studies/logistic.yaml")))
        .contains("positive: [\"ja\"], expected: 0.04 }")
        .contains("# expected: to confirm", "features: [\"sum\"]");
    assertThat(talk.toString()).contains("currency has one value in all rows: models leave it out");
    everyStudyIsAdmitted(4);
  }

  @Test
  void jsonLinesAreReadAsDelimitedTextOfTheSameRows() throws IOException {
    List<String> files = threeFiles();
    Path plain = Path.of(files.get(1));
    List<String> rows = lines(plain).toList();
    List<String> names = List.of(rows.get(0).split(","));
    Path json = folder.resolve("south.jsonl");
    StringBuilder text = new StringBuilder();
    for (String row : rows.subList(1, rows.size())) {
      String quoted = row.replaceFirst("\"(.*)\"", "free prize");
      String[] fields = quoted.split(",");
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < fields.length; i++) {
        boolean bare = List.of("age", "dose", "kind").contains(names.get(i));
        line.append(
            "%s\"%s\":%s"
                .formatted(
                    i == 0 ? "{" : ",", names.get(i), bare ? fields[i] : '"' + fields[i] + '"'));
      }
      text.append(line).append("}\n");
    }
    Files.writeString(json, text);
    assertThat(init(List.of(files.get(0), json.toString(), files.get(2)), "--label", "ill"))
        .as("%s", talk)
        .isZero();
    assertThat(federation.resolve("data/south.csv")).exists();
    List<String> copied = lines(federation.resolve("data/south.csv")).toList();
    assertThat(copied).hasSize(rows.size());
    assertThat(copied.get(0)).isEqualTo(rows.get(0));
    assertThat(copied.get(5)).startsWith(rows.get(5).substring(0, 11));
    everyStudyIsAdmitted(4);
    assertThat(init(List.of(json.toString()), "--organisations", "3", "--decimal-comma"))
        .isEqualTo(ExitCode.CONFLICT.code());
    federation = folder.resolve("commas");
    assertThat(init(List.of(json.toString()), "--organisations", "3", "--decimal-comma"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains("leave out --decimal-comma");
  }

  @Test
  void oneFileIsDividedRowByRowAndNothingIsLost() throws IOException {
    Path whole = file("whole", 1501, "two\nlines");
    assertThat(init(List.of(whole.toString()), "--organisations", "4", "--label", "ill"))
        .as("%s", talk)
        .isZero();
    everyStudyIsAdmitted(4);
    List<String> lines =
        IntStream.rangeClosed(1, 4)
            .mapToObj(i -> federation.resolve("data/org-%d.csv".formatted(i)))
            .flatMap(LabInitTest::lines)
            .toList();
    List<String> given = lines(whole).toList();
    assertThat(lines).containsAll(given).hasSize(given.size() + 3);
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aColumnThatAnOrganisationLacksIsDeclaredAbsent() throws IOException {
    List<String> files = threeFiles();
    Path last = Path.of(files.get(2));
    Files.writeString(
        last,
        Files.readString(last)
            .lines()
            .map(l -> l.replaceFirst(",[^,]*$", ""))
            .reduce("", (a, b) -> a + b + "\n"));
    assertThat(init(files)).as("%s", talk).isZero();
    assertThat(Files.readString(federation.resolve("bindings/org-3.yaml")))
        .contains("\"ill\": { absent: true }");
    everyStudyIsAdmitted(2);
  }

  @Test
  void aFileOfAnotherCountryIsReadAsSaidAndWhatIsLeftOutIsNamed() throws IOException {
    StringBuilder text = new StringBuilder("Nr;Größe;Aufnahme;leer;Diagnose;\r\n");
    for (int i = 1; i <= 300; i++) {
      text.append(
          "%d;%d,%d;%d.3.2024;;%s;\r\n"
              .formatted(
                  1000 + 7 * i, 150 + i % 40, i % 10, 1 + i % 28, i % 3 == 0 ? "ja" : "nein"));
    }
    Path file = folder.resolve("klinik.csv");
    Files.write(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    List<String> given = List.of(file.toString());
    List<String> more = new ArrayList<>(List.of("--organisations", "3", "--label", "Diagnose"));
    assertThat(init(given, more.toArray(String[]::new))).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString())
        .contains("klinik.csv is not written in UTF-8: give --charset, one of utf-8, gb18030");
    more.addAll(List.of("--charset", "iso-8859-1"));
    assertThat(init(given, more.toArray(String[]::new))).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains("klinik.csv, line 1: one column", "give --delimiter ';'");
    more.addAll(List.of("--delimiter", ";"));
    talk.getBuffer().setLength(0);
    assertThat(init(given, more.toArray(String[]::new))).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString())
        .contains(
            "no column beside Diagnose is left to learn from", "Größe holds numbers with a comma");
    more.add("--decimal-comma");
    talk.getBuffer().setLength(0);
    assertThat(init(given, more.toArray(String[]::new))).as("%s", talk).isZero();
    assertThat(talk.toString())
        .contains("Nr  holds whole numbers that never repeat", "leer  has no value in any row");
    assertThat(Files.readString(federation.resolve("contract.yaml")))
        .contains("{format: d.M.yyyy, minimum: 2024-01-01, maximum: 2024-12-31}");
    assertThat(Files.readString(federation.resolve("studies/logistic.yaml")))
        .contains("positive: [\"ja\"]", "features: [\"Größe\"]");
    everyStudyIsAdmitted(4);
    String binding = federation.resolve("bindings/org-1.yaml").toString();
    String contract = federation.resolve("contract.yaml").toString();
    String data = federation.resolve("data/org-1.csv").toString();
    talk.getBuffer().setLength(0);
    assertThat(run("node", "data", "check", "--contract", contract, "--binding", binding, data))
        .isZero();
    assertThat(talk.toString()).contains("EVERY TEXT THAT IS NOT EMPTY HAS A MEANING");
  }

  @Test
  void aFaultOfADividedFileIsNamedByTheFileAndLineThatWereGiven() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n3,4\n5,6\n7\n");
    assertThat(init(List.of(file.toString()), "--organisations", "3"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains("a.csv, line 5: expected 2 fields");
  }

  @Test
  void whatIsNoDelimitedTextByItsNameIsSaidToBeNone() throws IOException {
    for (String name : List.of("clinic.csv.zip", "clinic.xlsx", "clinic.parquet", "clinic.jsonl")) {
      Path other = Files.write(folder.resolve(name), new byte[] {31, -117, 8, 0});
      assertThat(init(List.of(other.toString()), "--organisations", "3"))
          .isEqualTo(ExitCode.BAD_INPUT.code());
    }
    assertThat(talk.toString())
        .contains(
            "got a .zip file: unpack it first",
            "got a .xlsx file: export it as CSV in UTF-8",
            "clinic.parquet: expected Parquet",
            "clinic.jsonl: expected one JSON object a line in UTF-8");
    Path damaged = Files.write(folder.resolve("clinic.csv.gz"), new byte[] {31, -117, 8, 0});
    assertThat(init(List.of(damaged.toString()), "--organisations", "3"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains("ALT-SRC-016", "expected gzip");
    assertThat(federation).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--label nothing | --label: the files have no column nothing; they have id, age",
        "--label id | id has no short list of values",
        "--label ill --positive maybe | has no value maybe; it has no, yes",
        "--text note=fr | expected one of en zh zh-Hans, got fr",
        "--organisations 4 | divides one file",
        "--unit nobody | .csv has no column nobody; it has id, age",
        "--epsilon 0 | --epsilon is 0.01 to 100"
      })
  void whatDoesNotFitIsSaidWithWhatWould(String given) throws IOException {
    String[] parts = given.split(" \\| ", -1);
    assertThat(init(threeFiles(), parts[0].split(" ", -1))).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains(parts[1]);
    assertThat(federation).as("nothing is left in the way of a second try").doesNotExist();
  }

  @Test
  void twoOrganisationsAreTooFewAndAFullFolderIsLeftAlone() throws IOException {
    assertThat(init(threeFiles().subList(0, 2))).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains("three files or more");
    Files.writeString(Files.createDirectories(federation).resolve("mine.txt"), "mine");
    assertThat(init(threeFiles())).isEqualTo(ExitCode.CONFLICT.code());
  }
}
