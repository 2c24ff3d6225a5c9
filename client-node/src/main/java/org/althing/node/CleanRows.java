package org.althing.node;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * Cleaned records as lines of comma-separated text (RFC 4180), a value that is not valid as an
 * empty field. Free texts and those of a form are left out: of them only words are kept, or
 * nothing.
 */
final class CleanRows {
  private final Schema schema;
  private final List<Integer> places;

  CleanRows(Schema schema) {
    this.schema = schema;
    this.places =
        IntStream.range(0, schema.columns().size())
            .filter(c -> isKept(schema.columns().get(c).domain()))
            .boxed()
            .toList();
  }

  private static boolean isKept(Domain domain) {
    return !(domain instanceof Domain.Words || domain instanceof Domain.Formed);
  }

  /** The line of names, ended by a line feed. */
  String names() {
    return places.stream()
        .map(c -> field(schema.columns().get(c).name()))
        .collect(Collectors.joining(",", "", "\n"));
  }

  /** One record, ended by a line feed. */
  String line(RecordBatch batch, int row) {
    return places.stream()
        .map(c -> field(value(batch, c, row)))
        .collect(Collectors.joining(",", "", "\n"));
  }

  private String value(RecordBatch batch, int column, int row) {
    if (batch.verdict(column, row) != Verdict.OK) {
      return "";
    }
    Domain domain = schema.columns().get(column).domain();
    if (domain instanceof Domain.Categories categories) {
      return categories.values().get(batch.cell(column, row));
    }
    if (domain instanceof Domain.Dates dates) {
      // As the contract writes days, so that the rows can be read under it again.
      return dates.reader().format(LocalDate.ofEpochDay((long) batch.number(column, row)));
    }
    return Domain.Numbers.plain(batch.number(column, row));
  }

  private static String field(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }
}
