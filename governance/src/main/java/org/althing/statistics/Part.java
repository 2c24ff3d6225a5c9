package org.althing.statistics;

import java.util.Arrays;
import java.util.List;
import org.althing.privacy.Bound;
import org.althing.table.RecordBatch;

/** One block of the vector: what a record adds to it, and how far that can move it. */
sealed interface Part {
  /**
   * Real contributions are whole multiples of 1 / {@value #GRAINS}. Many records may have one and
   * the same number, whose rounding error does not average out: it must be small by itself, not
   * only beside the noise.
   */
  long GRAINS = 1 << 14;

  String name();

  int length();

  /** The most coordinates that one record leaves non-zero. */
  int most();

  /** The squared L2 norm that one record's contribution never exceeds, in units of value. */
  long squaredNorm();

  /** Whether contributions are whole numbers. */
  boolean isCounts();

  /**
   * Writes a record's contribution, indices ascending, into arrays with room for {@link #most}.
   *
   * @param scale steps per unit of value
   * @return how many coordinates it has
   */
  int write(RecordBatch batch, int row, long scale, Contribution into);

  /** Where a contribution is written. */
  final class Contribution {
    private final int[] index;
    private final long[] steps;

    private Contribution(int[] index, long[] steps) {
      this.index = index;
      this.steps = steps;
    }

    int[] index() {
      return index;
    }

    long[] steps() {
      return steps;
    }

    static Contribution of(int most) {
      return new Contribution(new int[most], new long[most]);
    }

    void set(int at, int coordinate, long value) {
      index[at] = coordinate;
      steps[at] = value;
    }

    /** Sets the nearest whole number of grains. */
    void setRounded(int at, int coordinate, double value, long scale) {
      set(at, coordinate, (long) Math.rint(value * GRAINS) * (scale / GRAINS));
    }
  }

  default Bound bound() {
    if (isCounts()) {
      return Bound.Exact.ofCounts(squaredNorm());
    }
    Bound rounded = new Bound.Rounded(StrictMath.sqrt((double) squaredNorm()), most());
    return new Bound.Exact(rounded.recordL2Squared(GRAINS), GRAINS);
  }

  /** Every column's histogram: a record adds 1 to one cell of each. */
  record Histograms(List<Cells> columns) implements Part {
    @Override
    public String name() {
      return "column by cell";
    }

    @Override
    public int length() {
      return columns.stream().mapToInt(Cells::size).sum();
    }

    @Override
    public int most() {
      return columns.size();
    }

    @Override
    public long squaredNorm() {
      return columns.size();
    }

    @Override
    public boolean isCounts() {
      return true;
    }

    @Override
    public int write(RecordBatch batch, int row, long scale, Contribution into) {
      int offset = 0;
      int used = 0;
      for (Cells column : columns) {
        into.set(used++, offset + column.cellOf(batch, row), scale);
        offset += column.size();
      }
      return used;
    }
  }

  /**
   * x and x² - 1 of every number mapped on -1 to 1, nothing of one that is not known: x² + (x² -
   * 1)² = 1 - x²(1 - x²) is at most 1.
   */
  record Powers(List<Range> columns) implements Part {
    @Override
    public String name() {
      return "number and square";
    }

    @Override
    public int length() {
      return 2 * columns.size();
    }

    @Override
    public int most() {
      return 2 * columns.size();
    }

    @Override
    public long squaredNorm() {
      return columns.size();
    }

    @Override
    public boolean isCounts() {
      return false;
    }

    @Override
    public int write(RecordBatch batch, int row, long scale, Contribution into) {
      int used = 0;
      for (int c = 0; c < columns.size(); c++) {
        if (columns.get(c).isKnown(batch, row)) {
          double x = columns.get(c).mapped(batch, row);
          into.setRounded(used++, 2 * c, x, scale);
          into.setRounded(used++, 2 * c + 1, x * x - 1, scale);
        }
      }
      return used;
    }
  }

  /**
   * A tree of counts per column: a record adds 1 to one node of each level.
   *
   * @param trees one for each column
   */
  record Trees(List<Leaves> columns, List<LeafTree> trees) implements Part {
    static Trees of(List<Leaves> columns) {
      return new Trees(columns, columns.stream().map(c -> new LeafTree(c.count())).toList());
    }

    @Override
    public String name() {
      return "tree of ranges";
    }

    @Override
    public int length() {
      return trees.stream().mapToInt(LeafTree::nodes).sum();
    }

    @Override
    public int most() {
      return trees.stream().mapToInt(LeafTree::levels).sum();
    }

    @Override
    public long squaredNorm() {
      return most();
    }

    @Override
    public boolean isCounts() {
      return true;
    }

    @Override
    public int write(RecordBatch batch, int row, long scale, Contribution into) {
      int offset = 0;
      int used = 0;
      for (int c = 0; c < columns.size(); c++) {
        Leaves column = columns.get(c);
        LeafTree tree = trees.get(c);
        if (column.range().isKnown(batch, row)) {
          tree.path(column.leafOf(batch, row), offset, into.index(), used);
          used += tree.levels();
        }
        offset += tree.nodes();
      }
      Arrays.fill(into.steps(), 0, used, scale);
      return used;
    }
  }

  /**
   * The cells of two columns crossed, row by row.
   *
   * @param rows has one more cell for what is no valid value, like {@code columns}
   */
  record Crossing(Cells rows, Cells columns) {
    int width() {
      return columns.valueCells() + 1;
    }

    int size() {
      return (rows.valueCells() + 1) * width();
    }

    int cellOf(RecordBatch batch, int row) {
      return rows.crossCellOf(batch, row) * width() + columns.crossCellOf(batch, row);
    }
  }

  /** Cross tables: a record adds 1 to one cell of each. */
  record Tables(List<Crossing> crossings) implements Part {
    @Override
    public String name() {
      return "cross tables";
    }

    @Override
    public int length() {
      return crossings.stream().mapToInt(Crossing::size).reduce(0, Math::addExact);
    }

    @Override
    public int most() {
      return crossings.size();
    }

    @Override
    public long squaredNorm() {
      return crossings.size();
    }

    @Override
    public boolean isCounts() {
      return true;
    }

    @Override
    public int write(RecordBatch batch, int row, long scale, Contribution into) {
      int offset = 0;
      int used = 0;
      for (Crossing crossing : crossings) {
        into.set(used++, offset + crossing.cellOf(batch, row), scale);
        offset += crossing.size();
      }
      return used;
    }
  }

  /**
   * The upper triangle of (1, x)(1, x)ᵀ with x_i² - 1 in place of x_i², for records in which all d
   * numbers are known.
   *
   * <p>With t_i = x_i² its squared norm is 1 + Σ (t_i + (1 - t_i)²) + Σ_{i&lt;j} t_i t_j. That is
   * convex in each t_i, so it is largest where every t_i is 0 or 1, and there where all are 1: 1 +
   * d + d(d - 1)/2.
   */
  record Products(List<Range> columns) implements Part {
    @Override
    public String name() {
      return "products of numbers";
    }

    @Override
    public int length() {
      int d = columns.size();
      return 1 + d + d * (d + 1) / 2;
    }

    /** The coordinate of the product of columns i and j, i ≤ j. */
    int at(int i, int j) {
      int d = columns.size();
      return 1 + d + i * d - i * (i - 1) / 2 + j - i;
    }

    @Override
    public int most() {
      return length();
    }

    @Override
    public long squaredNorm() {
      int d = columns.size();
      return 1 + d + (long) d * (d - 1) / 2;
    }

    @Override
    public boolean isCounts() {
      return false;
    }

    @Override
    public int write(RecordBatch batch, int row, long scale, Contribution into) {
      double[] x = new double[columns.size()];
      for (int i = 0; i < x.length; i++) {
        if (!columns.get(i).isKnown(batch, row)) {
          return 0;
        }
        x[i] = columns.get(i).mapped(batch, row);
      }
      into.set(0, 0, scale);
      for (int i = 0; i < x.length; i++) {
        into.setRounded(1 + i, 1 + i, x[i], scale);
        for (int j = i; j < x.length; j++) {
          double product = i == j ? x[i] * x[i] - 1 : x[i] * x[j];
          into.setRounded(at(i, j), at(i, j), product, scale);
        }
      }
      return length();
    }
  }
}
