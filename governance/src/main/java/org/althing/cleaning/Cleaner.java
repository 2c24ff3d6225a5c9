package org.althing.cleaning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;

/**
 * Turns an organisation's raw text rows into cleaned records, in two passes over the same rows:
 * first every row to {@link #see}, then {@link #startPass} and every row to {@link #clean}; further
 * passes likewise.
 *
 * <p>Trimming, missing codes, code maps, unit conversion, range and bins look at one row alone
 * (stability 1 per row); which rows count is {@link RowSelection}'s matter (stability 1 per unit).
 * So neighbouring inputs, which differ in one unit, give batches that differ in that unit's rows,
 * at most m of them, and in nothing else. Not safe for concurrent use.
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
  private boolean firstPass = true;

  /**
   * Prepares for one study.
   *
   * @param salt the study's public salt, at least 16 bytes
   */
  public Cleaner(Contract contract, Binding binding, byte[] salt) {
    if (salt.length < LEAST_SALT_BYTES) {
      throw new IllegalArgumentException(
          "a study's salt has at least %d bytes, got %d".formatted(LEAST_SALT_BYTES, salt.length));
    }
    this.schema = contract.schema();
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

  /** Takes note of a row in the first pass; a field that the source leaves empty is {@code ""}. */
  public void see(String[] row) {
    selection.see(identity(row));
  }

  /** Ends the first pass, or starts a further one over the same rows in any order. */
  public void startPass() {
    if (firstPass) {
      selection.fix();
      firstPass = false;
    }
    selection.restart();
  }

  /** The cleaned records of those of {@code rows} that count, in their order. */
  public RecordBatch clean(List<String[]> rows) {
    int columns = cleaners.size();
    List<String[]> counted = new ArrayList<>(rows.size());
    long[] units = new long[rows.size()];
    for (String[] row : rows) {
      RowIdentity identity = identity(row);
      int copy = selection.take(identity);
      if (copy >= 0) {
        units[counted.size()] =
            identity.keyed() || copy == 0 ? identity.unit() : hash.ofCopy(identity.unit(), copy);
        counted.add(row);
      }
    }
    int size = counted.size();
    Verdict[][] verdicts = new Verdict[columns][size];
    int[][] cells = new int[columns][size];
    double[][] numbers = new double[columns][size];
    Map<Integer, int[][]> words = new HashMap<>();
    for (int c = 0; c < columns; c++) {
      ColumnCleaner cleaner = cleaners.get(c);
      boolean free = schema.columns().get(c).domain() instanceof Domain.Words;
      int[][] texts = new int[free ? size : 0][];
      if (free) {
        words.put(c, texts);
      }
      for (int r = 0; r < size; r++) {
        verdicts[c][r] = cleaner.read(field(counted.get(r), sources[c]));
        cells[c][r] = cleaner.cell();
        numbers[c][r] = cleaner.number();
        if (free) {
          texts[r] = cleaner.words();
        }
      }
    }
    return new RecordBatch(schema, verdicts, cells, numbers, words, Arrays.copyOf(units, size));
  }

  private RowIdentity identity(String[] row) {
    if (row.length != localNames.size()) {
      throw new IllegalArgumentException(
          "a row has %d fields, expected %d".formatted(row.length, localNames.size()));
    }
    String[] fields = new String[row.length];
    for (int i = 0; i < row.length; i++) {
      fields[i] = PlainText.trimmed(row[i]);
    }
    long content = hash.of("row/v1", fields);
    if (keyCleaner.isPresent()) {
      String key = field(row, keySource);
      Verdict verdict = keyCleaner.get().read(key);
      if (verdict != Verdict.MISSING && verdict != Verdict.SENTINEL) {
        return new RowIdentity(hash.of("unit/v1", key), content, true);
      }
    }
    return new RowIdentity(content, content, false);
  }

  private static String field(String[] row, int source) {
    return source < 0 ? "" : PlainText.trimmed(row[source]);
  }
}
