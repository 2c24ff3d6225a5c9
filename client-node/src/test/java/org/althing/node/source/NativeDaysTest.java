package org.althing.node.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.althing.cleaning.Inspection;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A day that is one in its file has no way of writing that a binding could declare. */
class NativeDaysTest {
  private static final byte[] SALT = new byte[16];
  private static final int ROWS = 5000;

  @TempDir private Path folder;

  static Stream<String> formats() {
    return Domain.Dates.FORMATS.stream();
  }

  private static Contract contract(String format) throws DocumentError {
    return ContractDocument.parse(
        "c.yaml",
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
              - {property: althing.unit-of-privacy, value: {name: row, rows: 1}}
            properties:
              - name: admitted
                logicalType: date
                logicalTypeOptions: {format: "%s", minimum: 2001-02-03, maximum: 2020-12-31}
              - name: born
                logicalType: date
                logicalTypeOptions: {minimum: 1900-01-01, maximum: 2020-12-31}
        """
            .formatted(format)
            .getBytes(UTF_8));
  }

  private static Binding binding(Contract contract, String columns) throws DocumentError {
    return BindingDocument.parse(
        "b.yaml",
        ("althing: binding/v1\ncontract: c\nversion: 1.0.0\n" + columns).getBytes(UTF_8),
        contract);
  }

  private static List<String> records(Path file, Contract contract, Binding binding)
      throws SourceProblem {
    List<String> records = new ArrayList<>();
    for (RecordBatch batch : RecordSource.of(List.of(file), contract, binding).open(SALT).load()) {
      for (int row = 0; row < batch.rows(); row++) {
        records.add(
            "%s %s %s %s"
                .formatted(
                    batch.verdict(0, row),
                    batch.number(0, row),
                    batch.verdict(1, row),
                    batch.number(1, row)));
      }
    }
    return records;
  }

  /** Days of single digits, leap days, days out of range and none. */
  private static String days() {
    return """
        SELECT CASE WHEN i %% 9 < 8 THEN DATE '2000-02-29' + (i * 13 %% 8000)::INTEGER END AS admitted,
               DATE '1899-12-31' + (i %% 40000)::INTEGER AS born FROM range(%d) r(i)
        """
        .formatted(ROWS);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aDayOfParquetOrJsonIsTheSameDayInTextAsTheContractWritesIt(String format) throws Exception {
    Contract contract = contract(format);
    Binding plain = binding(contract, "");
    String strftime =
        format
            .replaceFirst("yyyy", "%Y")
            .replaceFirst("MM", "%m")
            .replaceFirst("M", "%-m")
            .replaceFirst("dd", "%d")
            .replaceFirst("(?<!%-?)d", "%-d");
    Path text =
        Engine.csv(
            folder.resolve("t.csv"),
            "SELECT strftime(admitted, '%s') AS admitted, born FROM (%s)"
                .formatted(strftime, days()));
    List<String> written = records(text, contract, plain);
    assertThat(written)
        .hasSize(ROWS)
        .anyMatch(r -> r.startsWith("OUT_OF_RANGE"))
        .anyMatch(r -> r.startsWith("MISSING"))
        .noneMatch(r -> r.contains("UNPARSABLE"));
    assertThat(records(Engine.parquet(folder.resolve("t.parquet"), days()), contract, plain))
        .isEqualTo(written);
    assertThat(records(Engine.json(folder.resolve("t.jsonl"), days()), contract, plain))
        .isEqualTo(written);
    Binding declared = binding(contract, "columns: {admitted: {format: yyyy-MM-dd}}\n");
    assertThat(records(folder.resolve("t.parquet"), contract, declared)).isEqualTo(written);
    assertThat(records(folder.resolve("t.jsonl"), contract, declared)).isEqualTo(written);
  }

  @Test
  void textsAreReadAsTheyAreDeclaredAlone() throws Exception {
    Contract contract = contract("dd.MM.yyyy");
    Path lines =
        Files.writeString(
            folder.resolve("t.jsonl"),
            """
            {"admitted": "07.03.2010", "born": "1950-01-02"}
            {"admitted": "2010-03-07", "born": "02.01.1950"}
            {"admitted": "2010-02-30"}
            {"admitted": "2010-3-7"}
            {"admitted": "2010-03-07T10:00:00"}
            """);
    assertThat(records(lines, contract, binding(contract, "")))
        .containsExactly(
            "OK 14675.0 OK -7304.0",
            "OK 14675.0 UNPARSABLE 0.0",
            "UNPARSABLE 0.0 MISSING 0.0",
            "UNPARSABLE 0.0 MISSING 0.0",
            "UNPARSABLE 0.0 MISSING 0.0");
    Path text = Files.writeString(folder.resolve("t.csv"), "admitted,born\n2010-03-07,\n");
    assertThat(records(text, contract, binding(contract, "")))
        .containsExactly("UNPARSABLE 0.0 MISSING 0.0");
    Path parquet =
        Engine.parquet(
            folder.resolve("t.parquet"),
            "SELECT TIMESTAMP '2010-03-07 10:00:00' AS admitted, '1950-01-02' AS born");
    assertThat(records(parquet, contract, binding(contract, "")))
        .containsExactly("UNPARSABLE 0.0 OK -7304.0");
  }

  /** By either way of writing; the contract's is what an inspection shows. */
  @Test
  void aBindingNamesTheDayThatStandsForNotKnown() throws Exception {
    Contract contract = contract("dd.MM.yyyy");
    Path file =
        Engine.parquet(
            folder.resolve("t.parquet"),
            "SELECT unnest([DATE '2010-03-07', DATE '2011-01-01']) AS admitted");
    for (String written : List.of("2011-01-01", "01.01.2011")) {
      String columns =
          "columns: {admitted: {missing: [\"%s\"]}, born: {absent: true}}\n".formatted(written);
      assertThat(records(file, contract, binding(contract, columns)))
          .containsExactly("OK 14675.0 MISSING 0.0", "SENTINEL 0.0 MISSING 0.0");
    }
  }

  /** Both columns of the contract read one of the file, each in its own way. */
  @Test
  void aColumnThatIsReadTwiceStaysAsItIs() throws Exception {
    Contract contract = contract("dd.MM.yyyy");
    Path file = Engine.parquet(folder.resolve("t.parquet"), "SELECT DATE '2010-03-07' AS born");
    assertThat(records(file, contract, binding(contract, "columns: {admitted: {from: born}}\n")))
        .containsExactly("UNPARSABLE 0.0 OK 14675.0");
  }

  @Test
  void anInspectionShowsADayAsTheContractWritesIt() throws Exception {
    Contract contract = contract("d/M/yyyy");
    Binding binding = binding(contract, "columns: {born: {absent: true}}\n");
    Path file = Engine.parquet(folder.resolve("t.parquet"), "SELECT DATE '2021-03-07' AS admitted");
    Inspection inspection = Inspection.withValues(contract, binding);
    RecordSource.of(List.of(file), contract, binding).open(SALT, List.of(inspection));
    assertThat(inspection.columns().get(0).count(Verdict.OUT_OF_RANGE)).isOne();
    assertThat(inspection.columns().get(0).faulty().get(0).text()).isEqualTo("7/3/2021");
  }
}
