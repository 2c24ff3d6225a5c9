package org.althing.node.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a source hands over, row by row, for tests. */
final class Rows {
  private Rows() {}

  static List<List<String>> of(RowSource source, String... names) throws SourceProblem {
    List<List<String>> rows = new ArrayList<>();
    source.scan(
        List.of(names),
        batch -> {
          for (int r = 0; r < batch.rows(); r++) {
            int row = r;
            rows.add(IntStream.range(0, batch.fields()).mapToObj(f -> batch.text(row, f)).toList());
          }
        });
    return rows;
  }
}
