package org.althing.node.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.althing.cleaning.Inspection;
import org.althing.cleaning.Recipe;
import org.althing.cleaning.Step;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.contract.SourceFormat;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.quality.LocalAudit;
import org.althing.quality.QualityFindings;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One random table twice: as Parquet with columns of every type, and as the texts that the engine
 * itself makes of them, in CSV, which take the other way through source and cleaner.
 */
class TypedColumnsTest {
  private static final byte[] SALT = new byte[16];
  private static final int ROWS = 9000;

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
            - {property: althing.unit-of-privacy, value: {name: patient, %s}}
          quality:
            - {id: twice, metric: duplicateValues, arguments: {properties: [d, code]}, mustBe: 0}
            - id: odd
              type: sql
              query: SELECT COUNT(*) FROM {object} WHERE d > f OR code = '1' AND whole IS NULL
              mustBe: 0
            - id: conflict
              type: custom
              engine: althing
              implementation: {check: label_conflict, features: [d, whole], label: word, max_percent: 2}
          properties:
            - {name: id, logicalType: string, customProperties: [{property: althing.use, value: local}]}
            - name: d
              logicalType: number
              logicalTypeOptions: {minimum: -50, maximum: 50}
              customProperties: [{property: althing.bins, value: [-10, 0, 0.1, 0.3, 7.25, 50]}]
              quality:
                - {id: d_known, metric: missingValues, arguments: {missingValues: [-9, nan, "1e+20"]}, mustBe: 0}
            - {name: f, logicalType: number, logicalTypeOptions: {minimum: -1, maximum: 340000004571136}}
            - {name: m, logicalType: number, logicalTypeOptions: {minimum: -99, maximum: 9000}}
            - {name: whole, logicalType: integer, logicalTypeOptions: {minimum: -200, maximum: 200}}
            - {name: large, logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 999999999999999}}
            - {name: huge, logicalType: number, logicalTypeOptions: {minimum: 0, maximum: 1.0e+15}}
            - name: code
              logicalType: string
              customProperties: [{property: althing.categories, value: ["0", "1", "2.5", "1e+20", nan]}]
            - name: word
              logicalType: string
              customProperties: [{property: althing.categories, value: [北京, München, "1.0", "1", "x'y"]}]
            - {name: number_as_text, logicalType: number, logicalTypeOptions: {minimum: -50, maximum: 50}}
            - name: flag
              logicalType: string
              customProperties: [{property: althing.categories, value: ["true", "false"]}]
            - name: day
              logicalType: date
              logicalTypeOptions: {minimum: 2020-01-01, maximum: 2020-12-31}
            - name: note
              logicalType: string
              customProperties: [{property: althing.text, value: {language: en}}]
            - {name: text, logicalType: string, customProperties: [{property: althing.use, value: local}]}
      """;

  private static final String FLOATING =
      "CASE WHEN isfinite(%1$s) AND %1$s = trunc(%1$s) AND abs(%1$s) < 1e15 THEN %1$s::BIGINT::VARCHAR ELSE %1$s::VARCHAR END";

  /** Of each column its values, and their texts. */
  private static final String[][] COLUMNS = {
    {"id", "'p' || (h % 5000)", "%s"},
    {
      "d",
      """
      CASE h % 8 WHEN 0 THEN [-9, 0.1, 0.3, 7.25, 50, -50, -0.0, 0, 1e20, 1e15, 1e16, 1e-5][1 + k % 12]
        WHEN 1 THEN ['nan', 'inf', '-inf', NULL, '1e300', '-1e-300'][1 + k % 6]::DOUBLE
        WHEN 2 THEN sin(k) * 60 WHEN 3 THEN (k % 200)::DOUBLE / 1000 + 0.1 ELSE (k % 12000)::DOUBLE / 100 - 60 END::DOUBLE
      """,
      FLOATING
    },
    {
      "f",
      "CASE k % 7 WHEN 0 THEN NULL WHEN 1 THEN 'nan' WHEN 2 THEN 3.4e14 WHEN 3 THEN sin(k) ELSE (k % 100)::FLOAT / 10 END::FLOAT",
      FLOATING
    },
    {
      "m",
      "CASE WHEN k % 9 > 0 THEN (h % 1900000)::DECIMAL(12,2) / 100 - 100 END::DECIMAL(14,3)",
      "rtrim(rtrim(%s::VARCHAR, '0'), '.')"
    },
    {"whole", "CASE WHEN k % 5 > 0 THEN k % 500 - 250 END::SMALLINT", "%s::VARCHAR"},
    {
      "large",
      "[999999999999999, 9007199254740992, 9007199254740993, -9223372036854775808, NULL, k][1 + h % 6]::BIGINT",
      "%s::VARCHAR"
    },
    {
      "huge",
      "[9007199254740993, 12345678901234567.125, NULL, k][1 + h % 4]::DECIMAL(22,3)",
      "rtrim(rtrim(%s::VARCHAR, '0'), '.')"
    },
    {"code", "[0, 1, 2.5, 1e20, 'nan', 7, NULL, -0.0][1 + h % 8]::DOUBLE", FLOATING},
    {
      "word",
      """
      CASE WHEN i > 8500 AND k % 5 = 0 THEN 'rare ' || k
        ELSE ['北京', ' München' || chr(160), '1.0', '1', ' 01', 'x''y', NULL, '', chr(12288), '"'][1 + h % 10] END
      """,
      "%s"
    },
    {
      "number_as_text",
      "['1', '1.0', ' 7 ', '0x10', '1,5', '+3', '1e1', 'NaN', 'Infinity', '٣', '50.0', '50.000000000000001', NULL][1 + k % 13]",
      "%s"
    },
    {"flag", "[true, false, NULL][1 + k % 3]", "%s::VARCHAR"},
    {"day", "CASE WHEN k % 11 > 0 THEN DATE '2019-11-01' + (k % 600)::INTEGER END", "%s::VARCHAR"},
    {"note", "'seen ' || (k % 700) || ' in ' || ['北京', 'MÜNCHEN', ''][1 + h % 3]", "%s"},
    {"text", "repeat('é', (k % 3)::INTEGER)", "%s"}
  };

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 5);
  }

  private static Contract contract(boolean keyed) throws DocumentError {
    return ContractDocument.parse(
        "c.yaml", CONTRACT.formatted(keyed ? "key: id, rows: 2" : "rows: 1").getBytes(UTF_8));
  }

  private static Binding binding(Contract contract) throws DocumentError {
    return BindingDocument.parse(
        "b.yaml",
        """
        althing: binding/v1
        contract: c
        version: 1.0.0
        columns:
          whole: {multiply: 0.5, add: 1}
        """
            .getBytes(UTF_8),
        contract);
  }

  /** The second half of the rows is drawn from few, so that some are equal. */
  private static String table(long seed) {
    StringBuilder columns = new StringBuilder();
    for (String[] column : COLUMNS) {
      columns.append(", (%s) AS %s".formatted(column[1], column[0]));
    }
    return """
        SELECT * EXCLUDE (i, k, h)
        FROM (SELECT i, k, h%s FROM (
          SELECT i, k, (hash(k, %d) %% 1000000007)::BIGINT AS h FROM (
            SELECT i, CASE WHEN i %% 3 = 0 THEN i %% 400 ELSE i END AS k FROM range(%d) r(i))))
        """
        .formatted(columns, seed, ROWS);
  }

  private static String texts(String table) {
    List<String> texts = new ArrayList<>();
    for (String[] column : COLUMNS) {
      texts.add(column[2].formatted(column[0]) + " AS " + column[0]);
    }
    return "SELECT " + String.join(", ", texts) + " FROM (" + table + ")";
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fieldsHaveTheEnginesTexts(long seed) throws Exception {
    String[] names = Stream.of(COLUMNS).map(column -> column[0]).toArray(String[]::new);
    Path typed = Engine.parquet(folder.resolve("t.parquet"), table(seed));
    Path texts = Engine.csv(folder.resolve("t.csv"), texts(table(seed)));
    List<List<String>> expected = Rows.of(new CsvFile(texts, SourceFormat.COMMA_UTF8), names);
    List<List<String>> found = Rows.of(new ParquetFile(typed), names);
    assertThat(found).hasSize(ROWS).hasSameSizeAs(expected);
    for (int i = 0; i < ROWS; i++) {
      assertThat(found.get(i)).as("row " + i).isEqualTo(expected.get(i));
    }
  }

  /** Everything that is known of a record. */
  private record Known(
      List<Verdict> verdicts,
      List<Integer> cells,
      List<Double> numbers,
      List<Integer> words,
      long unit) {
    static Known of(RecordBatch batch, int row) {
      List<Verdict> verdicts = new ArrayList<>();
      List<Integer> cells = new ArrayList<>();
      List<Double> numbers = new ArrayList<>();
      for (int c = 0; c < batch.schema().columns().size(); c++) {
        boolean ok = batch.verdict(c, row) == Verdict.OK;
        verdicts.add(batch.verdict(c, row));
        cells.add(ok ? batch.cell(c, row) : -1);
        numbers.add(ok ? batch.number(c, row) : 0);
      }
      int note = batch.schema().indexOf("note");
      List<Integer> words = IntStream.of(batch.words(note, row)).boxed().toList();
      return new Known(verdicts, cells, numbers, words, batch.unit(row));
    }
  }

  private static List<Known> records(RecordSource source) throws SourceProblem {
    List<Known> known = new ArrayList<>();
    for (RecordBatch batch : source.open(SALT).load()) {
      for (int row = 0; row < batch.rows(); row++) {
        known.add(Known.of(batch, row));
      }
    }
    return known;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void recordsAndAuditsAreThoseOfTheTexts(long seed) throws Exception {
    Path typed = Engine.parquet(folder.resolve("t.parquet"), table(seed));
    Path texts = Engine.csv(folder.resolve("t.csv"), texts(table(seed)));
    Recipe recipe =
        new Recipe(
            List.of(
                new Step.Clip("d", Optional.empty()),
                new Step.Impute("word", "1", true),
                new Step.Keep("flag = 'true' OR d < 10"),
                new Step.Distinct(List.of("d", "code")),
                new Step.Sample(70)));
    for (boolean keyed : new boolean[] {false, true}) {
      for (Recipe cleaning : List.of(Recipe.NONE, recipe)) {
        Contract contract = contract(keyed);
        Binding binding = binding(contract);
        RecordSource ours = RecordSource.of(List.of(typed), contract, binding, cleaning);
        RecordSource reference = RecordSource.of(List.of(texts), contract, binding, cleaning);
        List<Known> expected = records(reference);
        assertThat(expected).hasSizeGreaterThan(cleaning.isEmpty() ? 5000 : 500);
        List<Known> found = records(ours);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(found.get(i)).as("record " + i).isEqualTo(expected.get(i));
        }
        Contract cleaned = cleaning.appliedTo(contract);
        assertThat(audit(ours, cleaned)).isEqualTo(audit(reference, cleaned));
      }
    }
  }

  /** In the one reading that an audit of one's own rows makes. */
  private static QualityFindings audit(RecordSource source, Contract cleaned) throws SourceProblem {
    LocalAudit audit = new LocalAudit(cleaned.schema(), cleaned.rules());
    source.scan(SALT, List.of(), audit::add);
    return audit.findings();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void faultyTextsAreShownAsTheyAreWritten(long seed) throws Exception {
    Contract contract = contract(false);
    Binding binding = binding(contract);
    Inspection ours = new Inspection(contract, binding);
    Path typed = Engine.parquet(folder.resolve("t.parquet"), table(seed));
    RecordSource.of(List.of(typed), contract, binding).open(SALT, List.of(ours));
    Inspection reference = new Inspection(contract, binding);
    Path texts = Engine.csv(folder.resolve("t.csv"), texts(table(seed)));
    RecordSource.of(List.of(texts), contract, binding).open(SALT, List.of(reference));
    assertThat(ours.columns()).isEqualTo(reference.columns());
    assertThat(ours.columns().stream().mapToInt(column -> column.faulty().size()).sum())
        .isGreaterThan(100);
  }
}
