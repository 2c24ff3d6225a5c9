package org.althing.node.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.althing.cleaning.TextRows;

/** What a source hands over, row by row, for tests. */
final class Rows {
  private Rows() {}

  static List<List<String>> of(RowSource source, String... names) throws SourceProblem {
    List<List<String>> rows = new ArrayList<>();
    source.scan(List.of(names), batch -> rows.addAll(of(batch)));
    return rows;
  }

  static List<List<String>> of(TextRows batch) {
    return IntStream.range(0, batch.rows())
        .mapToObj(
            row -> IntStream.range(0, batch.fields()).mapToObj(f -> batch.text(row, f)).toList())
        .toList();
  }
}
