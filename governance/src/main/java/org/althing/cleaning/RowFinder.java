package org.althing.cleaning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.QualityRule;
import org.althing.contract.RowPredicate.RowTest;
import org.althing.contract.RuleMeasure;
import org.althing.contract.Truth;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * Where the first rows are that each rule about rows counts, for an organisation's own staff. Every
 * row is looked at, also one that a study would not count. Not safe for concurrent use.
 */
final class RowFinder {
  static final int MOST_ROWS = 5;
  private static final int SALT_BYTES = 16;

  private final Cleaner cleaner;
  private final Map<String, Search> searches = new LinkedHashMap<>();

  RowFinder(Contract contract, Binding binding) {
    // Of a unit without a key every row counts, so a record's place is its row's.
    PrivacyUnit row = new PrivacyUnit("row", Optional.empty(), 1);
    Contract unowned =
        new Contract(
            contract.id(),
            contract.version(),
            contract.name(),
            contract.table(),
            contract.columns(),
            row,
            contract.rules(),
            contract.digest());
    this.cleaner = new Cleaner(unowned, binding, new byte[SALT_BYTES]);
    cleaner.startPass();
    for (QualityRule rule : contract.rules()) {
      if (rule.measure() instanceof RuleMeasure.Matching matching) {
        searches.put(rule.id(), new Search(matching, cleaner.schema()));
      }
    }
  }

  private static final class Search {
    private final RowTest where;
    private final Optional<RowTest> among;
    private final List<Long> rows = new ArrayList<>();

    Search(RuleMeasure.Matching rule, Schema schema) {
      this.where = rule.where().on(schema);
      this.among = rule.among().map(a -> a.on(schema));
    }

    boolean finds(RecordBatch batch, int row) {
      return where.of(batch, row) == Truth.TRUE
          && (among.isEmpty() || among.get().of(batch, row) == Truth.TRUE);
    }
  }

  /**
   * Looks at rows.
   *
   * @param before how many came earlier
   */
  void see(TextRows rows, long before) {
    List<Search> open = searches.values().stream().filter(s -> s.rows.size() < MOST_ROWS).toList();
    if (open.isEmpty()) {
      return;
    }
    RecordBatch batch = cleaner.cleanUnowned(rows);
    for (int row = 0; row < batch.rows(); row++) {
      for (Search search : open) {
        if (search.rows.size() < MOST_ROWS && search.finds(batch, row)) {
          search.rows.add(before + row + 1);
        }
      }
    }
  }

  /** By the rule's id; none where no row was found. */
  List<Long> found(String rule) {
    Search search = searches.get(rule);
    return search == null ? List.of() : List.copyOf(search.rows);
  }
}
