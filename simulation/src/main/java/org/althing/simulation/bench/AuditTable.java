package org.althing.simulation.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;

/**
 * The table that audits are measured on: numbers of two decimals in five bins, and categories of
 * four values, in turn; one field in fifty is missing, one number in twenty out of range.
 */
final class AuditTable {
  static final int COLUMNS = 20;
  private static final String WORDS = "['alpha', 'beta', 'gamma', 'delta']";

  private AuditTable() {}

  static Contract contract() throws DocumentError {
    String properties =
        each(
            "",
            "      - {name: c%d, logicalType: number, logicalTypeOptions: {minimum: 0, maximum: 100}, customProperties: [{property: althing.bins, value: [20, 40, 60, 80]}]}\n",
            "      - {name: c%d, logicalType: string, customProperties: [{property: althing.categories, value: [alpha, beta, gamma, delta]}]}\n");
    return ContractDocument.parse(
        "contract.yaml",
        utf8(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: bench
            version: 1.0.0
            status: active
            schema:
              - name: rows
                logicalType: object
                customProperties: [{property: althing.unit-of-privacy, value: {name: row, rows: 1}}]
                properties:
            """
                + properties));
  }

  static Binding binding(Contract contract) throws DocumentError {
    return BindingDocument.parse(
        "binding.yaml", utf8("althing: binding/v1\ncontract: bench\nversion: 1.0.0\n"), contract);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes the same rows each time. */
  static String writing(Path file, int rows) {
    String known = "CASE WHEN hash(i, %1$d, 'known') %% 50 > 0 THEN ";
    String columns =
        each(
            ", ",
            known + "(hash(i, %1$d) %% 10500)::DOUBLE / 100 END AS c%1$d",
            known + WORDS + "[1 + (hash(i, %1$d) %% 4)::INTEGER] END AS c%1$d");
    return "COPY (SELECT %s FROM range(%d) r(i)) TO '%s'".formatted(columns, rows, file);
  }

  /** Missing, out of range and each bin of a number; missing and each value of a category. */
  static String counts(Path file) {
    String parts =
        each(
            ", ",
            "count(*) FILTER (c%1$d IS NULL), count(*) FILTER (c%1$d > 100), histogram(c%1$d, [20, 40, 60, 80, 100])",
            "count(*) FILTER (c%1$d IS NULL), histogram(c%1$d)");
    return "SELECT count(*), " + parts + " FROM " + reading(file);
  }

  private static String reading(Path file) {
    return file.toString().endsWith(".parquet")
        ? "read_parquet('" + file + "')"
        : "read_csv('%s', header = true, delim = ',', auto_detect = false, columns = {%s})"
            .formatted(file, each(", ", "'c%d': 'DOUBLE'", "'c%d': 'VARCHAR'"));
  }

  private static String each(String between, String number, String category) {
    return IntStream.range(0, COLUMNS)
        .mapToObj(c -> (c % 2 == 0 ? number : category).formatted(c))
        .collect(Collectors.joining(between));
  }
}
