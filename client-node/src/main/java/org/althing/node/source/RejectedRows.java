package org.althing.node.source;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of one file that were set aside, since they have another number of fields than its
 * binding says: where they are, never what they hold. For the organisation's own staff.
 *
 * @param file its name without folders
 * @param fields that every row should have
 * @param most that the binding sets aside
 * @param rows in the file's order; at least one
 */
public record RejectedRows(String file, int fields, int most, List<Row> rows) {
  /**
   * One of them.
   *
   * @param line of the file, from 1
   * @param fields that were found in it
   */
  public record Row(long line, int fields) {}

  public RejectedRows {
    rows = List.copyOf(rows);
  }

  /** How many there are, of how many. */
  public String count() {
    return "%s: %d of at most %d rows set aside, not of %d field(s)"
        .formatted(file, rows.size(), most, fields);
  }

  /** By the number of fields found, ascending, the lines: {@code 2 field(s): line 17, 203}. */
  public List<String> lines() {
    Map<Integer, List<Row>> byFields =
        rows.stream()
            .collect(Collectors.groupingBy(Row::fields, TreeMap::new, Collectors.toList()));
    return byFields.entrySet().stream()
        .map(
            found ->
                "%d field(s): line %s"
                    .formatted(
                        found.getKey(),
                        found.getValue().stream()
                            .map(row -> String.valueOf(row.line()))
                            .collect(Collectors.joining(", "))))
        .toList();
  }
}
