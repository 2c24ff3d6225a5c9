package org.althing.cleaning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * Turns an organisation's raw text rows into cleaned records, in passes over the same rows: first
 * every row to {@link #see}; then, while the recipe {@link #wantsWeighing}, {@link #startPass},
 * every row to {@link #weigh}, {@link #endWeighing}; then {@link #startPass} and every row to
 * {@link #clean}, as often as records are needed.
 *
 * <p>Trimming, missing codes, code maps, unit conversion, range and bins look at one row alone
 * (stability 1 per row); which rows count is {@link RowSelection}'s matter (stability 1 per unit).
 * So neighbouring inputs, which differ in one unit, give batches that differ in that unit's rows,
 * at most m of them, and in nothing else. After a recipe of stability c they differ in at most c·m
 * rows, be it of other units too. Not safe for concurrent use.
 */
public final class Cleaner {
  private static final int LEAST_SALT_BYTES = 16;

  private final Schema schema;
  private final List<String> localNames;
  private final List<ColumnCleaner> cleaners = new ArrayList<>();
  private final int[] sources;
  private final Optional<ColumnCleaner> keyCleaner;
  private final int keySource;
  private final UnitHash hash;
  private final RowSelection selection;
  private final List<RowSieve> sieves;
  private final long[] passed;
  private boolean firstPass = true;

  /** As the other, without a recipe. */
  public Cleaner(Contract contract, Binding binding, byte[] salt) {
    this(contract, binding, salt, Recipe.NONE);
  }

  /**
   * Prepares for one study.
   *
   * @param agreed as all organisations have it, without the recipe's changes
   * @param salt the study's public salt, at least 16 bytes
   * @throws IllegalArgumentException where the recipe does not fit the contract
   */
  public Cleaner(Contract agreed, Binding binding, byte[] salt, Recipe recipe) {
    if (salt.length < LEAST_SALT_BYTES) {
      throw new IllegalArgumentException(
          "a study's salt has at least %d bytes, got %d".formatted(LEAST_SALT_BYTES, salt.length));
    }
    Contract contract = recipe.appliedTo(agreed);
    this.schema = contract.schema();
    this.sieves = recipe.sieves(contract);
    this.passed = new long[sieves.size()];
    this.localNames = binding.localNames();
    this.sources = new int[schema.columns().size()];
    for (int i = 0; i < sources.length; i++) {
      String name = schema.columns().get(i).name();
      BoundColumn bound = bound(binding, name);
      cleaners.add(new ColumnCleaner(contract.column(name).orElseThrow(), bound));
      sources[i] = bound.localName().map(localNames::indexOf).orElse(-1);
    }
    Optional<String> key = contract.unit().keyColumn();
    this.keyCleaner = key.map(k -> new ColumnCleaner(keyColumn(contract, k), bound(binding, k)));
    this.keySource =
        key.flatMap(k -> bound(binding, k).localName()).map(localNames::indexOf).orElse(-1);
    this.hash = new UnitHash(salt);
    this.selection = new RowSelection(contract.unit().maxRows());
  }

  private static ContractColumn keyColumn(Contract contract, String key) {
    return contract
        .column(key)
        .orElseThrow(() -> new IllegalArgumentException("the contract has no key column " + key));
  }

  private static BoundColumn bound(Binding binding, String column) {
    return binding.columns().stream()
        .filter(c -> c.column().equals(column))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the binding says nothing of column " + column));
  }

  /** The names of the fields of a row, in the order {@link #see} and {@link #clean} take them. */
  public List<String> localNames() {
    return localNames;
  }

  public Schema schema() {
    return schema;
  }

  /** Which rows count, for the node's own information. */
  public RowSelection selection() {
    return selection;
  }

  /**
   * Whether every row counts whatever the others are, so that the first pass may {@link #clean}.
   */
  public boolean choosesNoRows() {
    return keyCleaner.isEmpty() && !wantsWeighing();
  }

  /** Takes note of rows in the first pass; a field that the source leaves empty is {@code ""}. */
  public void see(TextRows rows) {
    check(rows);
    if (keyCleaner.isEmpty()) {
      selection.seeUnkeyed(rows.rows());
      return;
    }
    for (int row = 0; row < rows.rows(); row++) {
      if (isKeyed(rows, row)) {
        selection.see(unit(rows, row), content(rows, row));
      } else {
        selection.seeUnkeyed(1);
      }
    }
  }

  /** Ends the first pass, or starts a further one over the same rows in the same order. */
  public void startPass() {
    if (firstPass) {
      selection.fix();
      firstPass = false;
    }
    selection.restart();
    sieves.forEach(RowSieve::restart);
    Arrays.fill(passed, 0);
  }

  /** Whether a step of the recipe must see all rows that come to it before it can tell. */
  public boolean wantsWeighing() {
    return unsettled() < sieves.size();
  }

  /** Takes note of rows for the first step that cannot tell yet. */
  public void weigh(TextRows rows) {
    int step = unsettled();
    Sifted sifted = sift(rows, step, true);
    for (int r = 0; r < sifted.batch.rows(); r++) {
      sieves.get(step).see(sifted.batch, r, sifted.ids[r]);
    }
  }

  /** Ends a pass of {@link #weigh}. */
  public void endWeighing() {
    sieves.get(unsettled()).settle();
  }

  private int unsettled() {
    int step = 0;
    while (step < sieves.size() && sieves.get(step).isSettled()) {
      step++;
    }
    return step;
  }

  /** Rows of the latest pass after each of the recipe's steps about rows; never leaves the node. */
  public List<Long> rowsAfterSteps() {
    return Arrays.stream(passed).boxed().toList();
  }

  /**
   * As {@link #clean}, for whoever does not ask whose the records are, which takes longest to tell.
   * The recipe's steps may want to know, and then it is told.
   */
  public RecordBatch cleanUnowned(TextRows rows) {
    if (!sieves.isEmpty()) {
      return clean(rows);
    }
    check(rows);
    if (keyCleaner.isEmpty()) {
      selection.takeAll(rows.rows());
      int[] all = IntStream.range(0, rows.rows()).toArray();
      return records(rows, all, RecordBatch.NO_UNITS);
    }
    int[] counted = IntStream.range(0, rows.rows()).filter(row -> takes(rows, row)).toArray();
    return records(rows, counted, RecordBatch.NO_UNITS);
  }

  private boolean takes(TextRows rows, int row) {
    if (isKeyed(rows, row)) {
      return selection.takeKeyed();
    }
    selection.takeAll(1);
    return true;
  }

  /** The cleaned records of those of {@code rows} that count, in their order. */
  public RecordBatch clean(TextRows rows) {
    if (wantsWeighing()) {
      throw new IllegalStateException("a step of the recipe has not seen all rows yet");
    }
    return sift(rows, sieves.size(), false).batch;
  }

  /** Records, and what tells each from all others of the source, where that was asked for. */
  private static final class Sifted {
    private final RecordBatch batch;
    private final long[] ids;

    Sifted(RecordBatch batch, long[] ids) {
      this.batch = batch;
      this.ids = ids;
    }
  }

  private Sifted sift(TextRows rows, int steps, boolean withIds) {
    check(rows);
    int[] counted = new int[rows.rows()];
    long[] units = new long[rows.rows()];
    long[] ids = new long[rows.rows()];
    int count = 0;
    for (int row = 0; row < rows.rows(); row++) {
      if (!isKeyed(rows, row)) {
        long content = content(rows, row);
        int copy = selection.takeUnkeyed(content);
        units[count] = copy == 0 ? content : hash.ofCopy(content, copy);
        ids[count] = units[count];
        counted[count++] = row;
      } else if (selection.takeKeyed()) {
        units[count] = unit(rows, row);
        ids[count] = withIds ? content(rows, row) : 0;
        counted[count++] = row;
      }
    }
    RecordBatch batch = records(rows, Arrays.copyOf(counted, count), Arrays.copyOf(units, count));
    if (steps == 0) {
      return new Sifted(batch, ids);
    }
    int[] places = new int[batch.rows()];
    int size = 0;
    for (int r = 0; r < places.length; r++) {
      if (passes(batch, r, steps)) {
        ids[size] = ids[r];
        places[size++] = r;
      }
    }
    return new Sifted(batch.select(Arrays.copyOf(places, size)), ids);
  }

  private boolean passes(RecordBatch batch, int row, int steps) {
    for (int step = 0; step < steps; step++) {
      if (!sieves.get(step).passes(batch, row)) {
        return false;
      }
      passed[step]++;
    }
    return true;
  }

  private RecordBatch records(TextRows rows, int[] counted, long[] units) {
    int columns = cleaners.size();
    int size = counted.length;
    Verdict[][] verdicts = new Verdict[columns][size];
    int[][] cells = new int[columns][size];
    double[][] numbers = new double[columns][];
    double[] none = new double[size];
    Map<Integer, int[][]> words = new HashMap<>();
    for (int c = 0; c < columns; c++) {
      Domain domain = schema.columns().get(c).domain();
      boolean free = domain instanceof Domain.Words;
      boolean numeric = free || domain instanceof Domain.Numbers || domain instanceof Domain.Dates;
      numbers[c] = numeric ? new double[size] : none;
      int[][] texts = new int[free ? size : 0][];
      if (free) {
        words.put(c, texts);
      }
      ColumnCleaner cleaner = cleaners.get(c);
      Verdict[] verdictsOf = verdicts[c];
      int[] cellsOf = cells[c];
      double[] numbersOf = numbers[c];
      for (int r = 0; r < size; r++) {
        verdictsOf[r] = cleaner.read(rows, counted[r], sources[c]);
        cellsOf[r] = cleaner.cell();
        if (numeric) {
          numbersOf[r] = cleaner.number();
        }
        if (free) {
          texts[r] = cleaner.words();
        }
      }
    }
    return new RecordBatch(schema, verdicts, cells, numbers, words, units);
  }

  private void check(TextRows rows) {
    if (rows.rows() > 0 && rows.fields() != localNames.size()) {
      throw new IllegalArgumentException(
          "a row has %d fields, expected %d".formatted(rows.fields(), localNames.size()));
    }
    rows.trim();
  }

  /** A hash of what a row says. */
  private long content(TextRows rows, int row) {
    hash.begin("row/v1");
    for (int field = 0; field < rows.fields(); field++) {
      add(rows, row, field);
    }
    return hash.finish();
  }

  /** A hash of whose a row is, that says so. */
  private long unit(TextRows rows, int row) {
    hash.begin("unit/v1");
    add(rows, row, keySource);
    return hash.finish();
  }

  private void add(TextRows rows, int row, int field) {
    int start = rows.start(row, field);
    hash.add(rows.bytes(), start, rows.end(row, field));
  }

  /** Whether a row says whose it is. */
  private boolean isKeyed(TextRows rows, int row) {
    if (keyCleaner.isEmpty() || keySource < 0) {
      return false;
    }
    Verdict verdict = keyCleaner.get().read(rows, row, keySource);
    return verdict != Verdict.MISSING && verdict != Verdict.SENTINEL;
  }
}
