package org.althing.node.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.contract.SourceFormat;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.node.source.SourceProblem.Kind;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordSourceTest {
  private static final byte[] SALT = new byte[16];
  private static final String CANARY = "canary-7f3a";
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
            - {property: althing.unit-of-privacy, value: {name: patient, key: id, rows: 2}}
          properties:
            - {name: id, logicalType: string}
            - {name: age, logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 120}}
            - name: city
              logicalType: string
              customProperties: [{property: althing.categories, value: [北京, München]}]
      """;

  @TempDir private Path folder;

  private static Contract contract() {
    try {
      return ContractDocument.parse("c.yaml", CONTRACT.getBytes(UTF_8));
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /**
   * A binding.
   *
   * @param file the setting {@code file}, and others after it
   */
  private static Binding binding(String file) {
    String text = "althing: binding/v1\ncontract: c\nversion: 1.0.0\nfile: " + file + "\n";
    try {
      return BindingDocument.parse("b.yaml", text.getBytes(UTF_8), contract());
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private RecordSource source(byte[] content, String format) throws IOException, SourceProblem {
    Path file = folder.resolve("visits.csv");
    Files.write(file, content);
    return RecordSource.of(List.of(file), contract(), binding(format));
  }

  private List<RecordBatch> read(byte[] content, String format) throws IOException, SourceProblem {
    return source(content, format).open(SALT).load();
  }

  private List<RecordBatch> read(String text) throws IOException, SourceProblem {
    return read(text.getBytes(UTF_8), "{}");
  }

  @Test
  void readsQuotesLineEndsExtraColumnsAndTrailingBlankLines() throws Exception {
    RecordBatch batch =
        read("extra,city,id,age\r\n\"a,\"\"b\"\"\r\nc\",北京,1,\"63\"\r\n,\"München\",2,\r\nx,Rom,3,64\n\n\r\n")
            .get(0);
    assertThat(batch.rows()).isEqualTo(3);
    assertThat(batch.number(0, 0)).isEqualTo(63);
    assertThat(batch.cell(1, 0)).isZero();
    assertThat(batch.verdict(0, 1)).isEqualTo(Verdict.MISSING);
    assertThat(batch.cell(1, 1)).isEqualTo(1);
    assertThat(batch.verdict(1, 2)).isEqualTo(Verdict.NOT_IN_SET);
  }

  /** As a spreadsheet exports them: columns without a name, and two of one name. */
  @Test
  void columnsThatNobodyReadsMayHaveOneNameOrNone() throws Exception {
    RecordBatch batch = read("id,note,age,,city,note,\n1,a,63,,北京,b,\n2,c,64,,Rom,d,\n").get(0);
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.number(0, 1)).isEqualTo(64);
  }

  @Test
  void readsTheDeclaredCharset() throws Exception {
    String text = "id;age;city\n1;63;北京\n";
    RecordBatch chinese =
        read(text.getBytes(Charset.forName("GB18030")), "{charset: gb18030, delimiter: \";\"}")
            .get(0);
    assertThat(chinese.cell(1, 0)).isZero();
    RecordBatch latin =
        read(
                "id|age|city\n1|63|München".getBytes(ISO_8859_1),
                "{charset: iso-8859-1, delimiter: \"|\"}")
            .get(0);
    assertThat(latin.cell(1, 0)).isEqualTo(1);
    RecordBatch marked = read("\uFEFFid,age,city\n1,63,北京\n").get(0);
    assertThat(marked.cell(1, 0)).isZero();
  }

  @Test
  void readsRowsInBatchesAndScansAgain() throws Exception {
    StringBuilder text = new StringBuilder("id,age,city\n");
    int rows = 2 * RowBatches.MOST_ROWS + 17;
    for (int i = 0; i < rows; i++) {
      text.append(i).append(",50,北京\n");
    }
    CleanRecords records = source(text.toString().getBytes(UTF_8), "{}").open(SALT);
    for (int pass = 0; pass < 2; pass++) {
      List<RecordBatch> batches = records.load();
      assertThat(batches).hasSize(3).allMatch(b -> b.rows() <= RowBatches.MOST_ROWS);
      assertThat(batches.stream().mapToInt(RecordBatch::rows).sum()).isEqualTo(rows);
      assertThat(records.rowsCounted()).isEqualTo(rows);
    }
  }

  @Test
  void oneReadingGivesWhatTwoDoWhateverTheUnit() throws Exception {
    Random random = new Random(4);
    StringBuilder text = new StringBuilder("id,age,city\n");
    for (int i = 0; i < RowBatches.MOST_ROWS + 500; i++) {
      text.append(random.nextInt(60)).append(',').append(random.nextInt(140));
      text.append(random.nextBoolean() ? ",北京 \n" : ",x\n");
    }
    Path file = Files.writeString(folder.resolve("visits.csv"), text);
    for (String unit : List.of("{name: patient, key: id, rows: 2}", "{name: row, rows: 1}")) {
      Contract contract =
          ContractDocument.parse(
              "c.yaml",
              CONTRACT
                  .replace("{name: patient, key: id, rows: 2}", unit)
                  .replace(
                      "{name: id, logicalType: string}",
                      "{name: id, logicalType: string, customProperties: [{property: althing.use, value: local}]}")
                  .getBytes(UTF_8));
      RecordSource source = RecordSource.of(List.of(file), contract, binding("{}"));
      List<RecordBatch> once = new ArrayList<>();
      CleanRecords records = source.scan(SALT, List.of(), once::add);
      assertThat(records.rowsSeen()).isEqualTo(RowBatches.MOST_ROWS + 500);
      for (List<RecordBatch> twice : List.of(source.open(SALT).load(), records.load())) {
        // Whoever scans once does not ask whose the rows are.
        assertThat(once)
            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("units")
            .isEqualTo(twice);
      }
    }
  }

  @Test
  void longRowsComeInSmallerBatches() throws Exception {
    String row = "x".repeat(100_000) + "\n";
    Path file = Files.writeString(folder.resolve("f.csv"), "a\n" + row.repeat(100));
    List<Integer> rows = new ArrayList<>();
    new CsvFile(file, SourceFormat.COMMA_UTF8).scan(List.of("a"), batch -> rows.add(batch.rows()));
    assertThat(rows).containsExactly(42, 42, 16);
  }

  @Test
  void countsAPatientOfTwoFilesOnce() throws Exception {
    Path one = folder.resolve("a.csv");
    Path two = folder.resolve("b.csv");
    Files.writeString(one, "id,age,city\n1,50,北京\n1,51,北京\n");
    Files.writeString(two, "city,age,id\n北京,52,1\n北京,50,1\n北京,9,2\n");
    CleanRecords records = RecordSource.of(List.of(one, two), contract(), binding("{}")).open(SALT);
    assertThat(records.load().stream().mapToInt(RecordBatch::rows).sum()).isEqualTo(3);
    assertThat(records.rowsSeen()).isEqualTo(5);
  }

  @Test
  void setsAsideRowsOfOtherWidthsAndKnowsTheirLinesAlone() throws Exception {
    String text =
        "id,age,city\n1,50,北京\n2,51\n\"3\",52,\"北京\nx\"\n4,53,北京,5,6\n5,54,München\nsum: 5";
    CleanRecords records = source(text.getBytes(UTF_8), "{rejects: 3}").open(SALT);
    for (int pass = 0; pass < 2; pass++) {
      RecordBatch batch = records.load().get(0);
      assertThat(List.of(batch.number(0, 0), batch.number(0, 1), batch.number(0, 2)))
          .as("no field of a row that was set aside is left in the next")
          .containsExactly(50.0, 52.0, 54.0);
      assertThat(batch.rows()).isEqualTo(3);
    }
    assertThat(records.rowsSeen()).isEqualTo(3);
    assertThat(records.rejected())
        .containsExactly(
            new RejectedRows(
                "visits.csv",
                3,
                3,
                List.of(
                    new RejectedRows.Row(3, 2),
                    new RejectedRows.Row(6, 5),
                    new RejectedRows.Row(8, 1))));
  }

  @Test
  void refusesOneRowMoreThanAreSetAside() {
    String text = "id,age,city\n1,50,北京\n" + CANARY + ",51\n3,52\n4,53\n";
    SourceProblem problem =
        catchThrowableOfType(SourceProblem.class, () -> read(text.getBytes(UTF_8), "{rejects: 2}"));
    assertThat(problem.kind()).isEqualTo(Kind.RAGGED);
    assertThat(problem.localDetail())
        .contains("visits.csv:5", "sets aside 2 such row(s), the first in line 3, 4")
        .doesNotContain(CANARY);
    assertThat(problem.remoteText()).doesNotContain("3", "4", "visits");
  }

  /** What it swallowed are other people's rows. */
  @Test
  void setsAsideNoRowOfSeveralLinesAndNothingElseThatIsWrong() {
    String head = "id,age,city\n1,50,北京\n";
    for (String bad :
        List.of("2,\"51\n3,52\"\n", "2,5\"1\n", "2,51\0\n", "\n2,51\n", "2,51\r3\n", "\"2,51\n")) {
      SourceProblem problem =
          catchThrowableOfType(
              SourceProblem.class,
              () -> read((head + bad + "4,53,北京\n").getBytes(UTF_8), "{rejects: 9}"));
      assertThat(problem).as(bad).isNotNull();
      assertThat(problem.localDetail()).contains("visits.csv:");
    }
  }

  @Test
  void theDeclaredNumberOfFieldsStandsInForAHeader() throws Exception {
    String binding = BY_POSITION.replace("header: false", "header: false, fields: 3, rejects: 1");
    String text = "63\t北京\n64\t北京\ta\n65\tMünchen\tb\n";
    CleanRecords records = source(text.getBytes(UTF_8), binding).open(SALT);
    assertThat(records.load().get(0).rows()).isEqualTo(2);
    assertThat(records.rejected().get(0).lines()).containsExactly("2 field(s): line 1");
    assertThat(catchThrowableOfType(SourceProblem.class, () -> read(new byte[0], binding)).kind())
        .isEqualTo(Kind.EMPTY);
  }

  /** One unit's rows more or less change what is read of that unit alone. */
  @ParameterizedTest
  @MethodSource("seeds")
  void settingARowAsideMovesNoOtherRow(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < 12; r++) {
      String row = r + "," + random.nextInt(130) + ",北京";
      lines.add(
          switch (random.nextInt(4)) {
            case 0 -> row + ",".repeat(1 + random.nextInt(3));
            case 1 -> row.substring(0, row.lastIndexOf(','));
            default -> row;
          });
    }
    int without = random.nextInt(lines.size());
    List<String> fewer = new ArrayList<>(lines);
    fewer.remove(without);
    List<List<String>> all = texts(lines);
    List<List<String>> rest = texts(fewer);
    List<List<String>> expected = new ArrayList<>(all);
    expected.removeIf(row -> row.get(0).equals(String.valueOf(without)));
    assertThat(rest).isEqualTo(expected);
  }

  private List<List<String>> texts(List<String> lines) throws Exception {
    Path file = folder.resolve("f.csv");
    Files.writeString(file, "id,age,city\n" + String.join("\n", lines));
    return Rows.of(
        new CsvFile(file, new SourceFormat(UTF_8, ',', true, true, OptionalInt.empty(), 12)),
        "id",
        "age",
        "city");
  }

  private static final String BY_POSITION =
      "{delimiter: tab, quote: none, header: false}\ncolumns: {id: {position: 3}, age: {position: 1}, city: {position: 2}}";

  @Test
  void readsLinesWithoutQuotesByPosition() throws Exception {
    String text = "63\t北京\t\"a\n64\tMünchen\tb\"\t\r\n";
    SourceProblem ragged =
        catchThrowableOfType(SourceProblem.class, () -> read(text.getBytes(UTF_8), BY_POSITION));
    assertThat(ragged.kind()).isEqualTo(Kind.RAGGED);
    assertThat(ragged.localDetail()).contains("visits.csv:2").contains("without quotes");
    RecordBatch batch = read(text.replace("\t\r", "\r").getBytes(UTF_8), BY_POSITION).get(0);
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(List.of(batch.number(0, 0), batch.number(0, 1))).containsExactly(63.0, 64.0);
    assertThat(List.of(batch.cell(1, 0), batch.cell(1, 1))).containsExactly(0, 1);
  }

  @Test
  void refusesPositionsThatTheRowsDoNotHave() {
    SourceProblem problem =
        catchThrowableOfType(
            SourceProblem.class, () -> read((CANARY + "\t63\n").getBytes(UTF_8), BY_POSITION));
    assertThat(problem.kind()).isEqualTo(Kind.MISSING_COLUMN);
    assertThat(problem.localDetail()).contains("[#3]", "2 field(s)").doesNotContain(CANARY);
    assertThat(
            catchThrowableOfType(SourceProblem.class, () -> read(new byte[0], BY_POSITION)).kind())
        .isEqualTo(Kind.EMPTY);
  }

  /** Figures from the collection's own readme: 4827 ham and 747 spam, no field quoted. */
  @Test
  void readsTheSmsCollectionAsItIsPublished() throws Exception {
    Path file = Path.of(System.getProperty("althing.shared", "none"), "data/sms/SMSSpamCollection");
    assumeTrue(Files.exists(file), "no SMS collection under althing.shared: skipped");
    Contract sms =
        ContractDocument.parse(
            "sms.yaml",
            CONTRACT
                .substring(0, CONTRACT.indexOf("schema:"))
                .concat(
                    """
                    schema:
                      - name: messages
                        logicalType: object
                        customProperties:
                          - {property: althing.unit-of-privacy, value: {name: message}}
                        properties:
                          - {name: text, logicalType: string, customProperties: [{property: althing.use, value: local}]}
                          - name: label
                            logicalType: string
                            customProperties: [{property: althing.categories, value: [ham, spam]}]
                    """)
                .getBytes(UTF_8));
    Binding binding =
        BindingDocument.parse(
            "b.yaml",
            """
            althing: binding/v1
            contract: c
            version: 1.0.0
            file: {delimiter: tab, quote: none, header: false}
            columns: {label: {position: 1}, text: {position: 2}}
            """
                .getBytes(UTF_8),
            sms);
    CleanRecords records = RecordSource.of(List.of(file), sms, binding).open(SALT);
    int[] labels = new int[2];
    int column = records.schema().columns().size() - 1;
    records.scan(
        batch -> {
          for (int row = 0; row < batch.rows(); row++) {
            labels[batch.cell(column, row)]++;
          }
        });
    assertThat(labels).containsExactly(4827, 747);
  }

  private static Arguments bad(Kind kind, String where, String text) {
    return Arguments.of(kind, where, text.getBytes(UTF_8), "{}");
  }

  static Stream<Arguments> badFiles() {
    String head = "id,age,city\n";
    String row = CANARY + ",63,北京\n";
    return Stream.of(
        bad(Kind.EMPTY, "visits.csv: ", ""),
        bad(Kind.EMPTY, "visits.csv: ", "\n\n"),
        bad(Kind.NO_ROWS, "all files", head),
        bad(Kind.NO_ROWS, "all files", head + "\n\n"),
        bad(Kind.RAGGED, "visits.csv:3", head + row + CANARY + ",63\n"),
        bad(Kind.RAGGED, "visits.csv:2", head + CANARY + ",63,北京,\n" + row),
        bad(Kind.RAGGED, "visits.csv:4", head + CANARY + ",63,\"a\nb\"\n" + CANARY + "\n"),
        bad(Kind.QUOTES, "visits.csv:2", head + CANARY + ",6\"3,北京\n"),
        bad(Kind.QUOTES, "visits.csv:2", head + "\"" + CANARY + "\"x,63,北京\n"),
        bad(Kind.QUOTES, "visits.csv:2", head + " \"" + CANARY + "\",63,北京\n"),
        bad(Kind.QUOTES, "visits.csv:3", head + row + "\"" + CANARY + ",63,北京\n" + row),
        bad(Kind.NUL, "visits.csv:2", head + CANARY + "\0,63,北京\n"),
        bad(Kind.LINE_END, "visits.csv:1", "id,age,city\r" + row),
        bad(Kind.BLANK_LINE, "visits.csv:4", head + row + "\n" + row),
        bad(Kind.DUPLICATE_COLUMN, "visits.csv:1", "id,age,city, age\n" + CANARY + ",1,北京,2\n"),
        bad(Kind.MISSING_COLUMN, "visits.csv:1", "id,age\n" + CANARY + ",63\n"),
        bad(Kind.MISSING_COLUMN, "visits.csv:1", row + row),
        bad(Kind.MISSING_COLUMN, "visits.csv:1", "id;age;city\n" + CANARY + ";63;北京\n"),
        bad(Kind.ROW_TOO_LONG, "visits.csv:2", head + "\"" + CANARY.repeat(100_000) + "\",63,北京\n"),
        Arguments.of(
            Kind.CHARSET,
            "visits.csv:2",
            (head + CANARY + ",63,München\n").getBytes(ISO_8859_1),
            "{}"),
        Arguments.of(
            Kind.CHARSET,
            "visits.csv:2",
            (head + row + row).getBytes(Charset.forName("GB18030")),
            "{}"),
        Arguments.of(Kind.CHARSET, "visits.csv:1", (head + row).getBytes(UTF_16), "{}"),
        Arguments.of(
            Kind.CHARSET,
            "visits.csv:1",
            ("\uFEFF" + head + row).getBytes(UTF_8),
            "{charset: iso-8859-1}"),
        Arguments.of(
            Kind.NUL,
            "visits.csv:1",
            (head + row).getBytes(Charset.forName("UTF-16LE")),
            "{charset: iso-8859-1}"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void refusesWhatHasTwoReadingsAndNeverShowsAValue(
      Kind kind, String where, byte[] content, String format) {
    SourceProblem problem = catchThrowableOfType(SourceProblem.class, () -> read(content, format));
    assertThat(problem).isNotNull();
    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem.localDetail()).startsWith(kind.code()).contains(where);
    assertThat(problem.localDetail()).doesNotContain(CANARY).doesNotContain("北京");
    assertThat(problem.remoteText())
        .isEqualTo(problem.getMessage())
        .doesNotContain(CANARY)
        .doesNotContain("visits");
    assertThat(problem.getCause()).isNull();
  }

  @Test
  void refusesFilesThatAreMissingOrOfUnknownFormat() {
    for (String name : List.of("none.csv", "visits.xlsx", ".")) {
      SourceProblem problem =
          catchThrowableOfType(
              SourceProblem.class,
              () ->
                  RecordSource.of(List.of(folder.resolve(name)), contract(), binding("{}"))
                      .open(SALT));
      assertThat(problem.kind()).isIn(Kind.UNREADABLE, Kind.UNKNOWN_FORMAT);
    }
  }

  @Test
  void noticesAFileThatChangedBetweenScans() throws Exception {
    CleanRecords records = source("id,age,city\n1,50,北京\n".getBytes(UTF_8), "{}").open(SALT);
    assertThat(records.load()).hasSize(1);
    Files.writeString(folder.resolve("visits.csv"), "id,age,city\n1,50,München\n");
    assertThat(catchThrowableOfType(SourceProblem.class, records::load).kind())
        .isEqualTo(Kind.CHANGED);
  }

  @Test
  void keptRecordsAreThoseOfTheFirstReadingAndGoWithTheFile() throws Exception {
    Path file = folder.resolve("visits.csv");
    KeptRecords records =
        new KeptRecords(source("id,age,city\n1,50,北京\n".getBytes(UTF_8), "{}").open(SALT));
    List<RecordBatch> first = new ArrayList<>();
    records.scan(first::add);
    List<RecordBatch> second = new ArrayList<>();
    records.scan(second::add);
    assertThat(first).hasSize(1);
    assertThat(second.get(0)).as("not cleaned again").isSameAs(first.get(0));
    Files.writeString(file, "id,age,city\n1,50,München\n");
    assertThat(keptProblem(records)).isEqualTo(Kind.CHANGED);
    Files.delete(file);
    assertThat(keptProblem(records)).isEqualTo(Kind.UNREADABLE);
  }

  private static Kind keptProblem(KeptRecords records) {
    return catchThrowableOfType(SourceProblem.class, () -> records.scan(batch -> {})).kind();
  }

  @Test
  void recordsBeyondTheLimitAreReadAgain() throws Exception {
    CleanRecords clean = source("id,age,city\n1,50,北京\n".getBytes(UTF_8), "{}").open(SALT);
    long size = clean.load().get(0).bytes();
    assertThat(readsAgain(new KeptRecords(clean, size))).isFalse();
    assertThat(readsAgain(new KeptRecords(clean, size - 1))).isTrue();
  }

  private static boolean readsAgain(KeptRecords records) throws SourceProblem {
    List<RecordBatch> batches = new ArrayList<>();
    records.scan(batches::add);
    records.scan(batches::add);
    return batches.get(0) != batches.get(1);
  }

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedFilesAreReadOrRefusedNeverAnythingElse(long seed) throws Exception {
    Random random = new Random(seed);
    byte[] bytes = ("id,age,city\n" + (CANARY + ",63,北京\n").repeat(5)).getBytes(UTF_8);
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      bytes[random.nextInt(bytes.length)] =
          (byte) "\0\n\r,\"x;\u00ff\u00e4 ".charAt(random.nextInt(10));
    }
    byte[] cut = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    try {
      read(cut, "{}");
    } catch (SourceProblem e) {
      assertThat(e.localDetail()).doesNotContain(CANARY).doesNotContain("北京");
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasWrittenByTheRulesIsReadBack(long seed) throws Exception {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder("a,b\n");
    for (int r = 0; r < 6; r++) {
      List<String> row = new ArrayList<>();
      for (int f = 0; f < 2; f++) {
        String field = "";
        for (int i = random.nextInt(5); i > 0; i--) {
          field += "x,\"\n\r é".charAt(random.nextInt(7));
        }
        row.add(field);
        text.append(f == 0 ? "" : ",").append('"').append(field.replace("\"", "\"\"")).append('"');
      }
      rows.add(row);
      text.append(random.nextBoolean() ? "\n" : "\r\n");
    }
    Path file = folder.resolve("f.csv");
    Files.writeString(file, text.toString());
    assertThat(Rows.of(new CsvFile(file, SourceFormat.COMMA_UTF8), "a", "b")).isEqualTo(rows);
  }
}
