package org.althing.table;

/**
 * Cleaned records, column by column. Values of cells whose verdict is not {@link Verdict#OK} are
 * undefined and must not be read; {@code cell} is -1 there.
 */
public final class RecordBatch {
  private final Schema schema;
  private final int rows;
  private final Verdict[][] verdicts;
  private final int[][] cells;
  private final double[][] numbers;
  private final long[] units;

  /**
   * Takes ownership of the arrays, all indexed [column][row].
   *
   * @param cells the cell of each value in its column's domain; -1 without one
   * @param numbers the value of each number; ignored for categories
   * @param units for each row a keyed 64-bit hash of its privacy unit
   */
  public RecordBatch(
      Schema schema, Verdict[][] verdicts, int[][] cells, double[][] numbers, long[] units) {
    this.schema = schema;
    this.rows = units.length;
    this.verdicts = verdicts;
    this.cells = cells;
    this.numbers = numbers;
    this.units = units;
    if (verdicts.length != schema.columns().size()
        || cells.length != verdicts.length
        || numbers.length != verdicts.length) {
      throw new IllegalArgumentException(
          "a batch has one array of each kind per column of its schema");
    }
  }

  public Schema schema() {
    return schema;
  }

  public int rows() {
    return rows;
  }

  public Verdict verdict(int column, int row) {
    return verdicts[column][row];
  }

  /**
   * The cell of an {@link Verdict#OK} value in its column's domain; -1 for other verdicts and for
   * numbers without bins.
   */
  public int cell(int column, int row) {
    return cells[column][row];
  }

  public double number(int column, int row) {
    return numbers[column][row];
  }

  /**
   * A hash of the row's privacy unit, keyed by the study's public salt: equal for rows of one unit.
   */
  public long unit(int row) {
    return units[row];
  }

  /** 0 to 99, the same for all rows of a unit: which part of the fixed split it falls in. */
  public int hundredth(int row) {
    return (int) Long.remainderUnsigned(units[row], 100);
  }
}
