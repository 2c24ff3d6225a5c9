package org.althing.cleaning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.table.Domain;
import org.althing.table.Verdict;

/**
 * What an organisation's own rows look like under its binding, for its own staff: how often each
 * verdict is given, the commonest texts that have no valid one and, where asked for, which values
 * there are and where the rows are that rules count. Holds texts of rows, so it must never leave
 * the node. Not safe for concurrent use.
 */
public final class Inspection {
  /** Per column; the others are counted together. */
  static final int MOST_TEXTS = 1000;

  /** Different values, of all columns together. */
  private static final int MOST_VALUES = 1 << 21;

  private final List<String> localNames;
  private final List<ColumnTally> tallies = new ArrayList<>();
  private final Optional<RowFinder> finder;
  private long rows;

  /** Of all columns that the binding reads. */
  public Inspection(Contract contract, Binding binding) {
    this(contract, binding, Optional.empty());
  }

  /**
   * As the other, noting too the valid values and where the rows are that rules about rows count.
   */
  public static Inspection withValues(Contract contract, Binding binding) {
    return new Inspection(contract, binding, Optional.of(new RowFinder(contract, binding)));
  }

  private Inspection(Contract contract, Binding binding, Optional<RowFinder> finder) {
    this.finder = finder;
    this.localNames = binding.localNames();
    for (BoundColumn bound : binding.columns()) {
      ContractColumn column = contract.column(bound.column()).orElseThrow();
      Domain domain = column.column().domain();
      Optional<ValueProfile.Tally> values =
          finder.isPresent() && bound.localName().isPresent()
              ? Optional.of(new ValueProfile.Tally(domain, MOST_VALUES / binding.columns().size()))
              : Optional.empty();
      tallies.add(
          new ColumnTally(
              column, bound, bound.localName().map(localNames::indexOf).orElse(-1), values));
    }
  }

  /** The names of the fields of a row, in the order {@link #see} takes them. */
  public List<String> localNames() {
    return localNames;
  }

  /** Takes note of rows; a field that the source leaves empty is {@code ""}. */
  public void see(TextRows batch) {
    batch.trim();
    finder.ifPresent(f -> f.see(batch, rows));
    // Column by column, so that what is known of one stays at hand.
    for (ColumnTally tally : tallies) {
      tally.see(batch, rows);
    }
    rows += batch.rows();
  }

  public long rows() {
    return rows;
  }

  /**
   * The first rows that a rule about rows counts, {@value RowFinder#MOST_ROWS} at most; counted
   * from 1 over all files, neither names nor rows set aside counted.
   */
  public List<Long> rowsOf(String rule) {
    return finder.map(f -> f.found(rule)).orElse(List.of());
  }

  /** One for each column that is read, in the contract's order. */
  public List<InspectedColumn> columns() {
    return tallies.stream().map(ColumnTally::told).toList();
  }

  private static final class RowCount {
    private long rows;
  }

  private static final class ColumnTally {
    private final ContractColumn column;
    private final BoundColumn bound;
    private final int source;
    private final ColumnCleaner cleaner;

    private final Map<Verdict, RowCount> counts = new EnumMap<>(Verdict.class);
    private final Map<String, FaultyText> texts = new HashMap<>();
    private final Optional<ValueProfile.Tally> values;

    ColumnTally(
        ContractColumn column, BoundColumn bound, int source, Optional<ValueProfile.Tally> values) {
      this.values = values;
      this.column = column;
      this.bound = bound;
      this.source = source;
      this.cleaner = new ColumnCleaner(column, bound);
    }

    /**
     * Looks at rows.
     *
     * @param before how many came earlier
     */
    void see(TextRows batch, long before) {
      for (int row = 0; row < batch.rows(); row++) {
        Verdict verdict = cleaner.read(batch, row, source);
        counts.computeIfAbsent(verdict, first -> new RowCount()).rows++;
        if (verdict == Verdict.OK) {
          if (values.isPresent()) {
            values.get().see(cleaner, batch, row, source, column.column().domain());
          }
        } else if (verdict == Verdict.UNPARSABLE
            || verdict == Verdict.OUT_OF_RANGE
            || verdict == Verdict.NOT_IN_SET) {
          seeFaulty(verdict, batch.text(row, source), before + row + 1);
        }
      }
    }

    private void seeFaulty(Verdict verdict, String text, long number) {
      if (texts.size() < MOST_TEXTS || texts.containsKey(text)) {
        texts.merge(text, new FaultyText(verdict, text, 1, number), FaultyText::plus);
      }
    }

    InspectedColumn told() {
      Map<Verdict, Long> given = new EnumMap<>(Verdict.class);
      counts.forEach((verdict, count) -> given.put(verdict, count.rows));
      List<FaultyText> commonest = new ArrayList<>(texts.values());
      commonest.sort(
          Comparator.comparingLong(FaultyText::rows)
              .reversed()
              .thenComparingLong(FaultyText::firstRow));
      return new InspectedColumn(
          column, bound, given, commonest, values.map(ValueProfile.Tally::told));
    }
  }

  /**
   * One column as it was found.
   *
   * @param counts rows by verdict; none for a verdict that was never given
   * @param faulty texts that are no value, the commonest first; at most {@value #MOST_TEXTS}, those
   *     that came first
   * @param values where they were asked for and the source has the column
   */
  public record InspectedColumn(
      ContractColumn column,
      BoundColumn binding,
      Map<Verdict, Long> counts,
      List<FaultyText> faulty,
      Optional<ValueProfile> values) {
    public InspectedColumn {
      counts = Map.copyOf(counts);
      faulty = List.copyOf(faulty);
    }

    public long count(Verdict verdict) {
      return counts.getOrDefault(verdict, 0L);
    }
  }

  /**
   * A text that is no value of its column.
   *
   * @param firstRow counted from 1 over all files, neither names nor rows set aside counted
   */
  public record FaultyText(Verdict verdict, String text, long rows, long firstRow) {
    private FaultyText plus(FaultyText later) {
      return new FaultyText(verdict, text, rows + later.rows, firstRow);
    }
  }
}
