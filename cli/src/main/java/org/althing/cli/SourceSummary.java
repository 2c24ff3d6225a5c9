package org.althing.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.althing.contract.SourceFormat;
import org.althing.table.Language;

/** What a proposal knows of delimited files in UTF-8, each under a line of names. */
final class SourceSummary {
  /** Characters of a column's name. */
  private static final int MOST_NAME = 90;

  private static final int UNITS_OF_FEWER = 4;

  private final SourceFormat format;
  private final boolean comma;
  private final Optional<String> unit;
  private final Map<String, ColumnSummary> columns = new LinkedHashMap<>();

  /** Rows of each privacy unit of the file at hand. */
  private final Map<String, Integer> rowsOfUnits = new HashMap<>();

  /** Of all files: how many units have so many rows. */
  private final NavigableMap<Integer, Integer> unitsByRows = new TreeMap<>();

  /**
   * @param comma whether numbers have a comma before their fraction
   * @param unit the column that says whose a row is, if one row is not all of a unit
   */
  SourceSummary(char delimiter, boolean comma, Optional<String> unit) {
    this.format = format(delimiter);
    this.comma = comma;
    this.unit = unit;
  }

  static SourceFormat format(char delimiter) {
    try {
      return new SourceFormat(StandardCharsets.UTF_8, delimiter);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "--delimiter: " + e.getMessage(), e);
    }
  }

  /**
   * One of the files.
   *
   * @param names its columns, in order, but for those without a name
   * @param units whom the budget protects: the different keys, or the rows
   */
  record Added(List<String> names, long rows, long units) {}

  /**
   * Sums up a file's columns with those of the files before.
   *
   * @param file as errors shall show it
   */
  Added add(String file, byte[] utf8) {
    DelimitedText.requireDelimiter(file, utf8, format.delimiter());
    columns.values().forEach(ColumnSummary::nextFile);
    rowsOfUnits.clear();
    List<String> names = new ArrayList<>();
    long[] rows = new long[1];
    DelimitedText.scan(
        file,
        utf8,
        format,
        given -> {
          requireNames(file, given);
          given.stream().filter(name -> !name.isEmpty()).forEach(names::add);
          Consumer<List<String>> row = of(given).andThen(ofUnits(file, given));
          return row.andThen(each -> rows[0]++);
        });
    rowsOfUnits.values().forEach(count -> unitsByRows.merge(count, 1, Integer::sum));
    return new Added(List.copyOf(names), rows[0], unit.isPresent() ? rowsOfUnits.size() : rows[0]);
  }

  /** Counts the rows of each unit; those without a key are nobody's, and no study counts them. */
  private Consumer<List<String>> ofUnits(String file, List<String> names) {
    if (unit.isEmpty()) {
      return row -> {};
    }
    int key = names.indexOf(unit.get());
    if (key < 0) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--unit: %s has no column %s; it has %s"
              .formatted(file, unit.get(), String.join(", ", names)));
    }
    return row -> {
      String value = row.get(key).strip();
      if (!value.isEmpty()) {
        rowsOfUnits.merge(value, 1, Integer::sum);
      }
    };
  }

  /** The column that says whose a row is; nothing where every row is another's. */
  Optional<String> unit() {
    return unit;
  }

  /**
   * The most rows that 3 of 4 units have at least. Noise is paid for as many rows of everybody, so
   * that more of them make a sum less exact where few people have them.
   */
  int rowsOfMostUnits() {
    long all = unitsByRows.values().stream().mapToLong(Integer::longValue).sum();
    long fewer = 0;
    for (Map.Entry<Integer, Integer> units : unitsByRows.entrySet()) {
      fewer += units.getValue();
      if (UNITS_OF_FEWER * fewer > all) {
        return units.getKey();
      }
    }
    return 1;
  }

  /** The most rows that one unit has in one file. */
  int rowsOfLargestUnit() {
    return unitsByRows.isEmpty() ? 1 : unitsByRows.lastKey();
  }

  /** Forgets columns, which nothing is proposed for then. */
  void forget(Collection<String> names) {
    columns.keySet().removeAll(names);
  }

  /** A contract takes no others, and its rules are named after its columns. */
  private static void requireNames(String file, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.length() > MOST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "%s, line 1: column %d has a name of several lines or of more than %d characters: rename it in the file"
                .formatted(file, i + 1, MOST_NAME));
      }
    }
  }

  private Consumer<List<String>> of(List<String> names) {
    List<ColumnSummary> found =
        names.stream()
            .map(
                name ->
                    name.isEmpty()
                        ? new ColumnSummary(name, comma)
                        : columns.computeIfAbsent(name, n -> new ColumnSummary(n, comma)))
            .toList();
    return row -> {
      for (int i = 0; i < found.size(); i++) {
        found.get(i).add(row.get(i));
      }
    };
  }

  /** By name, in the order in which they were first met. */
  Map<String, ColumnSummary> columns() {
    return columns;
  }

  /** A column, where there is one; whatever else is asked for is bad input by {@code option}. */
  ColumnSummary column(String option, String name) {
    ColumnSummary column = columns.get(name);
    if (column == null) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s: the files have no column %s; they have %s"
              .formatted(option, name, String.join(", ", columns.keySet())));
    }
    return column;
  }

  /** The columns of free text, as {@code --text COLUMN=LANGUAGE} gives them. */
  Map<String, Language> languages(Map<String, String> texts) {
    Map<String, Language> languages = new LinkedHashMap<>();
    texts.forEach(
        (name, code) -> {
          column("--text", name);
          languages.put(
              name,
              Language.of(code)
                  .orElseThrow(
                      () ->
                          new CommandFailure(
                              ExitCode.BAD_INPUT,
                              "--text %s: expected one of %s, got %s"
                                  .formatted(name, String.join(" ", Language.codes()), code))));
        });
    return languages;
  }
}
