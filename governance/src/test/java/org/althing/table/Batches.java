package org.althing.table;

import java.util.List;
import java.util.Set;

/** Test fixture: record batches from rows of text, cleaned in the plainest way. */
public final class Batches {
  private static final Set<String> SENTINELS = Set.of("?", "-9");

  private Batches() {}

  /** One unit per row, numbered from {@code firstUnit}. */
  public static RecordBatch of(Schema schema, long firstUnit, List<List<String>> rows) {
    int columns = schema.columns().size();
    Verdict[][] verdicts = new Verdict[columns][rows.size()];
    int[][] cells = new int[columns][rows.size()];
    double[][] numbers = new double[columns][rows.size()];
    long[] units = new long[rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      units[r] = firstUnit + r;
      for (int c = 0; c < columns; c++) {
        clean(
            schema.columns().get(c).domain(),
            rows.get(r).get(c),
            r,
            verdicts[c],
            cells[c],
            numbers[c]);
      }
    }
    return new RecordBatch(schema, verdicts, cells, numbers, units);
  }

  private static void clean(
      Domain domain, String text, int row, Verdict[] verdicts, int[] cells, double[] numbers) {
    cells[row] = -1;
    if (text.isEmpty()) {
      verdicts[row] = Verdict.MISSING;
    } else if (SENTINELS.contains(text)) {
      verdicts[row] = Verdict.SENTINEL;
    } else if (domain instanceof Domain.Categories categories) {
      cells[row] = categories.cellOf(text);
      verdicts[row] = cells[row] < 0 ? Verdict.NOT_IN_SET : Verdict.OK;
    } else {
      number((Domain.Numbers) domain, text, row, verdicts, cells, numbers);
    }
  }

  private static void number(
      Domain.Numbers range,
      String text,
      int row,
      Verdict[] verdicts,
      int[] cells,
      double[] numbers) {
    try {
      double value = Double.parseDouble(text);
      numbers[row] = value;
      boolean inside = value >= range.minimum() && value <= range.maximum();
      verdicts[row] = inside ? Verdict.OK : Verdict.OUT_OF_RANGE;
      cells[row] = inside && range.cells() > 0 ? range.cellOf(value) : -1;
    } catch (NumberFormatException e) {
      verdicts[row] = Verdict.UNPARSABLE;
    }
  }

  /** A batch without rows. */
  public static RecordBatch empty(Schema schema) {
    return of(schema, 0, List.of());
  }
}
