package org.althing.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.cleaning.ColumnCleaner;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.encoding.MalformedEncoding;
import org.althing.report.Json;
import org.althing.report.ModelFile;
import org.althing.table.Domain;
import org.althing.table.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Rows somebody wants scored, as JSON: {@code {"row": {COLUMN: VALUE}}}, or {@code {"rows": [...]}}
 * for up to {@value #MOST_ROWS}. A value is a text, a number, or null for "not known", which a
 * column left out is too.
 *
 * <p>Values are those of the contract. What is none of them is refused by row and column instead of
 * being scored as missing: here somebody waits who can correct it. No message repeats a value.
 */
public sealed interface ScoreRequest {
  int MOST_ROWS = 10_000;

  /** Faults beyond it are not listed. */
  int MOST_PROBLEMS = 20;

  /**
   * Rows that can be scored.
   *
   * @param rows of each its values in the order of the model's columns, {@code ""} where not known
   * @param single whether it was asked for one row, not for a list
   */
  record Accepted(ModelFile model, List<List<String>> rows, boolean single)
      implements ScoreRequest {
    public Accepted {
      rows = List.copyOf(rows);
    }
  }

  /** Rows that cannot be scored, with every reason up to {@value #MOST_PROBLEMS}. */
  record Rejected(List<String> problems) implements ScoreRequest {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a request for scores of a model's. */
  static ScoreRequest read(ModelFile model, byte[] utf8) {
    JsonNode root;
    try {
      root = Json.read(utf8);
    } catch (MalformedEncoding e) {
      return new Rejected(List.of("the body: " + e.getMessage()));
    }
    JsonNode row = root.get("row");
    JsonNode rows = root.get("rows");
    if (root.size() != 1 || (row == null && rows == null)) {
      return new Rejected(List.of("the body: expected one key, \"row\" or \"rows\""));
    }
    if (row != null) {
      return new Reading(model).rows(List.of(row), true);
    }
    if (!rows.isArray() || rows.isEmpty() || rows.size() > MOST_ROWS) {
      return new Rejected(List.of("rows: expected a list of 1 to %d objects".formatted(MOST_ROWS)));
    }
    List<JsonNode> all = new ArrayList<>();
    rows.forEach(all::add);
    return new Reading(model).rows(all, false);
  }

  /** The reading of one request. */
  final class Reading {
    private final ModelFile model;
    private final List<String> columns;
    private final List<ColumnCleaner> cleaners = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Reading(ModelFile model) {
      this.model = model;
      this.columns = model.model().features().columnsRead();
      for (String name : columns) {
        ContractColumn column = RowScorer.described(model, name);
        cleaners.add(new ColumnCleaner(column, BoundColumn.same(name)));
        expected.add(expected(column.column().domain()));
      }
    }

    private ScoreRequest rows(List<JsonNode> nodes, boolean single) {
      List<List<String>> rows = new ArrayList<>();
      for (int r = 0; r < nodes.size() && problems.size() < MOST_PROBLEMS; r++) {
        String place = single ? "row" : "rows[" + r + "]";
        if (!nodes.get(r).isObject()) {
          problems.add(place + ": expected an object of columns and values");
        } else {
          refuseStrangers(nodes.get(r), place);
          rows.add(row(nodes.get(r), place));
        }
      }
      return problems.isEmpty()
          ? new Accepted(model, rows, single)
          : new Rejected(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
    }

    private void refuseStrangers(JsonNode row, String place) {
      long strangers =
          row.properties().stream().filter(field -> !columns.contains(field.getKey())).count();
      if (strangers > 0) {
        // The names given are not repeated: a value may stand where a name should.
        problems.add(
            "%s: %d name(s) that the model does not read; it reads %s"
                .formatted(place, strangers, String.join(", ", columns)));
      }
    }

    private List<String> row(JsonNode row, String place) {
      List<String> values = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        Optional<String> text = text(row.get(columns.get(c)));
        if (text.isEmpty() || !isValue(cleaners.get(c).readField(text.get()))) {
          problems.add(
              "%s.%s: expected %s, or null".formatted(place, columns.get(c), expected.get(c)));
        }
        values.add(text.orElse(""));
      }
      return List.copyOf(values);
    }

    private static boolean isValue(Verdict verdict) {
      return verdict == Verdict.OK || verdict == Verdict.MISSING || verdict == Verdict.SENTINEL;
    }

    private static Optional<String> text(@Nullable JsonNode value) {
      if (value == null || value.isNull()) {
        return Optional.of("");
      }
      // A number's text keeps its exponent: written out it could have millions of digits.
      return value.isTextual() || value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static String expected(Domain domain) {
      if (domain instanceof Domain.Categories categories) {
        List<String> values = categories.values();
        return values.size() > 20
            ? "one of %d declared values".formatted(values.size())
            : "one of " + String.join(", ", values);
      }
      if (domain instanceof Domain.Numbers numbers) {
        return numbers.inWords();
      }
      return "a text";
    }
  }
}
