package org.althing.sheet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.althing.quality.AuditComparison;
import org.althing.quality.AuditComparison.ColumnChange;
import org.althing.quality.AuditComparison.Drift;
import org.althing.quality.AuditComparison.ShareChange;

/** Two audits beside each other, in words and tables. */
public final class ComparisonText {
  private ComparisonText() {}

  /**
   * What the two are called.
   *
   * @param differs what a column is said to be whose difference is beyond the noise
   * @param alike what the others are said to be
   */
  public record Names(String first, String second, String differs, String alike) {}

  public static String of(AuditComparison comparison, Names names) {
    TextTable shares = new TextTable("  ", List.of(3, 4, 5));
    shares.row("column", "", "largest difference of a share", names.first(), names.second(), "±");
    comparison.columns().forEach(column -> row(shares, comparison, column, names));
    TextTable drifts = new TextTable("  ", List.of(1, 2, 3, 4, 5));
    drifts.row("column", "L∞", "KS", "Jensen-Shannon", "PSI", "χ² a row");
    for (ColumnChange column : comparison.columns()) {
      List<String> found = column.drifts().stream().map(ComparisonText::drift).toList();
      if (!found.isEmpty()) {
        drifts.row(
            column.column(), found.get(0), found.get(1), found.get(2), found.get(3), found.get(4));
      }
    }
    return """
          rows about %,d %s, about %,d %s

        %s
        HOW FAR APART VALID VALUES ARE (in brackets: what noise alone stays below in 95 of 100)
        %s
        %s is beyond %.1f deviations of the noise: one false alarm among all shares of all columns in
        20 comparisons at most. Columns that only one side has, or in other bins, are not compared.
        """
        .formatted(
            Math.round(comparison.rowsBefore().value()),
            names.first(),
            Math.round(comparison.rowsAfter().value()),
            names.second(),
            shares,
            drifts,
            names.differs(),
            comparison.z());
  }

  private static void row(
      TextTable table, AuditComparison comparison, ColumnChange column, Names names) {
    Optional<ShareChange> largest = column.largest();
    if (largest.isEmpty()) {
      table.row(column.column(), "not compared", "too few rows above the noise", "", "", "");
      return;
    }
    ShareChange change = largest.get();
    table.row(
        column.column(),
        comparison.isChanged(column) ? names.differs() : names.alike(),
        column.faults().contains(change)
            ? change.of().toLowerCase(Locale.ROOT).replace('_', ' ')
            : change.of(),
        percent(change.before().value()),
        percent(change.after().value()),
        percent(comparison.z() * change.difference().noiseDeviation()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String drift(Drift drift) {
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f)%s",
        drift.found(),
        drift.noiseAlone(),
        drift.found() > drift.noiseAlone() ? " *" : "");
  }
}
