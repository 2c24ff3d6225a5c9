package org.althing.table;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cleaned records, column by column. Values of cells whose verdict is not {@link Verdict#OK} are
 * undefined and must not be read; {@code cell} is -1 there.
 */
public final class RecordBatch {
  /** For records of which it is not known whose they are. */
  public static final long[] NO_UNITS = {};

  private static final int[][] NO_WORDS = {};

  /** A reference to a verdict, a cell and a number. */
  private static final int BYTES_OF_VALUE = 8 + Integer.BYTES + Double.BYTES;

  private static final int BYTES_OF_ARRAY = 24;

  private final Schema schema;
  private final int rows;
  private final Verdict[][] verdicts;
  private final int[][] cells;
  private final double[][] numbers;
  private final Map<Integer, int[][]> words;
  private final long[] units;

  /** As the other, of a schema without free text. */
  public RecordBatch(
      Schema schema, Verdict[][] verdicts, int[][] cells, double[][] numbers, long[] units) {
    this(schema, verdicts, cells, numbers, Map.of(), units);
  }

  /**
   * Takes ownership of the arrays, all indexed [column][row].
   *
   * @param cells the cell of each value in its column's domain, and of a free text the place of its
   *     {@link Script}; -1 without one
   * @param numbers the value of each number or day, and of a free text how many words it has;
   *     ignored for categories
   * @param words by column of {@link Domain.Words}: each text's different word hashes, ascending;
   *     empty where the verdict is not OK
   * @param units for each row a keyed 64-bit hash of its privacy unit; or {@link #NO_UNITS}, and
   *     whoever asks for one is refused
   */
  public RecordBatch(
      Schema schema,
      Verdict[][] verdicts,
      int[][] cells,
      double[][] numbers,
      Map<Integer, int[][]> words,
      long[] units) {
    this.schema = schema;
    this.rows = verdicts.length == 0 ? units.length : verdicts[0].length;
    this.verdicts = verdicts;
    this.cells = cells;
    this.numbers = numbers;
    this.words = Map.copyOf(words);
    this.units = units;
    if ((units.length != rows && units.length != 0)
        || verdicts.length != schema.columns().size()
        || cells.length != verdicts.length
        || numbers.length != verdicts.length) {
      throw new IllegalArgumentException(
          "a batch has one array of each kind per column of its schema, and one unit per row");
    }
    for (int c = 0; c < verdicts.length; c++) {
      if (schema.columns().get(c).domain() instanceof Domain.Words != words.containsKey(c)) {
        throw new IllegalArgumentException("a batch has words of its free texts and of no other");
      }
    }
  }

  /** The records at {@code places}, in that order. */
  public RecordBatch select(int[] places) {
    int columns = verdicts.length;
    Verdict[][] verdictsOf = new Verdict[columns][];
    int[][] cellsOf = new int[columns][];
    double[][] numbersOf = new double[columns][];
    Map<Integer, int[][]> wordsOf = new HashMap<>();
    for (int c = 0; c < columns; c++) {
      Verdict[] verdictColumn = verdicts[c];
      int[] cellColumn = cells[c];
      double[] numberColumn = numbers[c];
      verdictsOf[c] = IntStream.of(places).mapToObj(r -> verdictColumn[r]).toArray(Verdict[]::new);
      cellsOf[c] = IntStream.of(places).map(r -> cellColumn[r]).toArray();
      numbersOf[c] = IntStream.of(places).mapToDouble(r -> numberColumn[r]).toArray();
    }
    words.forEach(
        (c, texts) ->
            wordsOf.put(c, IntStream.of(places).mapToObj(r -> texts[r]).toArray(int[][]::new)));
    long[] unitsOf =
        units.length == 0 ? units : IntStream.of(places).mapToLong(r -> units[r]).toArray();
    return new RecordBatch(schema, verdictsOf, cellsOf, numbersOf, wordsOf, unitsOf);
  }

  /** About how many bytes of memory it takes, rather more than less. */
  public long bytes() {
    long all = (long) rows * (verdicts.length * BYTES_OF_VALUE + Long.BYTES);
    for (int[][] texts : words.values()) {
      for (int[] text : texts) {
        all += BYTES_OF_ARRAY + (long) text.length * Integer.BYTES;
      }
    }
    return all;
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

  /** The different word hashes of a free text, ascending; not to be changed. */
  public int[] words(int column, int row) {
    return words.getOrDefault(column, NO_WORDS)[row];
  }

  /**
   * A hash of the row's privacy unit, keyed by the study's public salt: equal for rows of one unit.
   */
  public long unit(int row) {
    if (units.length == 0) {
      throw new IllegalStateException("these records were made without their units");
    }
    return units[row];
  }

  /** 0 to 99, the same for all rows of a unit: which part of the fixed split it falls in. */
  public int hundredth(int row) {
    return (int) Long.remainderUnsigned(unit(row), 100);
  }
}
