package org.althing.simulation.bench;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables that audits are measured on: numbers of two decimals in five bins, and categories of
 * four values, in turn; one field in fifty is missing, one number in twenty out of range.
 */
enum AuditTable {
  /** Each row is a unit. */
  ROWS("rows", "{name: row, rows: 1}", "", "", ""),

  /** One column more says whose a row is: four rows a unit on average, of which three count. */
  KEYED(
      "rows with a key",
      "{name: person, key: person, rows: 3}",
      "      - {name: person, logicalType: integer}\n",
      "hash(i, 'person') %% (%1$d // 4) AS person, ",
      "'person': 'BIGINT', ");

  static final int COLUMNS = 20;
  private static final String WORDS = "['alpha', 'beta', 'gamma', 'delta']";

  private final String what;
  private final String unit;
  private final String keyProperty;
  private final String keyWritten;
  private final String keyRead;

  AuditTable(String what, String unit, String keyProperty, String keyWritten, String keyRead) {
    this.what = what;
    this.unit = unit;
    this.keyProperty = keyProperty;
    this.keyWritten = keyWritten;
    this.keyRead = keyRead;
  }

  /** What so many of it are, for the rows of the bench. */
  String what() {
    return what;
  }

  /** A contract as it is written. */
  String contract() {
    String properties =
        each(
            "",
            "      - {name: c%d, logicalType: number, logicalTypeOptions: {minimum: 0, maximum: 100}, customProperties: [{property: althing.bins, value: [20, 40, 60, 80]}]}\n",
            "      - {name: c%d, logicalType: string, customProperties: [{property: althing.categories, value: [alpha, beta, gamma, delta]}]}\n");
    return """
    apiVersion: v3.1.0
    kind: DataContract
    id: bench
    version: 1.0.0
    status: active
    schema:
      - name: rows
        logicalType: object
        customProperties: [{property: althing.unit-of-privacy, value: %s}]
        properties:
    """
            .formatted(unit)
        + keyProperty
        + properties;
  }

  /** A binding as it is written. */
  String binding() {
    return "althing: binding/v1\ncontract: bench\nversion: 1.0.0\n";
  }

  /** Writes the same rows each time. */
  String writing(Path file, int rows) {
    String known = "CASE WHEN hash(i, %1$d, 'known') %% 50 > 0 THEN ";
    String columns =
        keyWritten.formatted(rows)
            + each(
                ", ",
                known + "(hash(i, %1$d) %% 10500)::DOUBLE / 100 END AS c%1$d",
                known + WORDS + "[1 + (hash(i, %1$d) %% 4)::INTEGER] END AS c%1$d");
    return "COPY (SELECT %s FROM range(%d) r(i)) TO '%s'".formatted(columns, rows, file);
  }

  /**
   * Missing, out of range and each bin of a number; missing and each value of a category; of those
   * rows of each unit that count.
   */
  String counts(Path file) {
    String parts =
        each(
            ", ",
            "count(*) FILTER (c%1$d IS NULL), count(*) FILTER (c%1$d > 100), histogram(c%1$d, [20, 40, 60, 80, 100])",
            "count(*) FILTER (c%1$d IS NULL), histogram(c%1$d)");
    return "SELECT count(*), " + parts + " FROM " + counted(reading(file));
  }

  private String counted(String rows) {
    return this == ROWS
        ? rows
        : "(SELECT * FROM %s QUALIFY row_number() OVER (PARTITION BY person ORDER BY hash(%s)) <= 3)"
            .formatted(rows, each(", ", "c%d", "c%d"));
  }

  private String reading(Path file) {
    return file.toString().endsWith(".parquet")
        ? "read_parquet('" + file + "')"
        : "read_csv('%s', header = true, delim = ',', auto_detect = false, columns = {%s})"
            .formatted(file, keyRead + each(", ", "'c%d': 'DOUBLE'", "'c%d': 'VARCHAR'"));
  }

  private static String each(String between, String number, String category) {
    return IntStream.range(0, COLUMNS)
        .mapToObj(c -> (c % 2 == 0 ? number : category).formatted(c))
        .collect(Collectors.joining(between));
  }
}
