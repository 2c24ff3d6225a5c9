package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.quality.AuditComparison;
import org.althing.quality.AuditComparison.ColumnChange;
import org.althing.quality.AuditComparison.Drift;
import org.althing.quality.AuditComparison.ShareChange;
import org.althing.quality.QualityFindings;
import org.althing.report.Findings;
import org.althing.sheet.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study compare EARLIER LATER}: what changed between two audits. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Say what changed between two quality audits of one contract, and what noise alone would show as a change.",
      "Reads their released numbers only, after verifying both folders; costs nothing. Offline."
    })
public final class StudyCompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "EARLIER", description = "An audit's output folder.")
  private Path earlier = Path.of("");

  @Parameters(index = "1", paramLabel = "LATER", description = "A later audit's output folder.")
  private Path later = Path.of("");

  @Override
  public Integer call() {
    Findings before = FolderVerifier.findings(VerifyCommand.load(earlier), earlier.toString());
    Findings after = FolderVerifier.findings(VerifyCommand.load(later), later.toString());
    if (!before.contract().id().equals(after.contract().id())) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "the audits are of contracts %s and %s: compare audits of one"
              .formatted(before.contract().id(), after.contract().id()));
    }
    AuditComparison comparison =
        AuditComparison.of(quality(before, earlier), quality(after, later));
    PrintWriter out = spec.commandLine().getOut();
    out.print(text(comparison, before, after));
    out.flush();
    return ExitCode.OK.code();
  }

  private static QualityFindings quality(Findings findings, Path folder) {
    return findings
        .outcome()
        .quality()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.BAD_INPUT, folder + " holds no finished quality audit: give one"));
  }

  private static String text(AuditComparison comparison, Findings before, Findings after) {
    StringBuilder text = new StringBuilder();
    line(text, "%s, then %s".formatted(before.study().id(), after.study().id()));
    line(
        text,
        "  rows about %,d, then about %,d"
            .formatted(
                Math.round(comparison.rowsBefore().value()),
                Math.round(comparison.rowsAfter().value())));
    line(text, "");
    TextTable table = new TextTable("  ", List.of(3, 4, 5));
    table.row("column", "", "largest change of a share", "from", "to", "±");
    comparison.columns().forEach(column -> row(table, comparison, column));
    text.append(table);
    line(text, "");
    line(
        text,
        "HOW FAR VALID VALUES MOVED (in brackets: what noise alone stays below in 95 of 100)");
    TextTable drifts = new TextTable("  ", List.of(1, 2, 3, 4, 5));
    drifts.row("column", "L∞", "KS", "Jensen-Shannon", "PSI", "χ² a row");
    for (ColumnChange column : comparison.columns()) {
      List<String> found = column.drifts().stream().map(StudyCompareCommand::drift).toList();
      if (!found.isEmpty()) {
        drifts.row(
            column.column(), found.get(0), found.get(1), found.get(2), found.get(3), found.get(4));
      }
    }
    text.append(drifts);
    line(text, "");
    line(
        text,
        "CHANGED is beyond %.1f deviations of both audits' noise: one false alarm among all shares of all columns in"
            .formatted(comparison.z()));
    line(
        text,
        "20 comparisons at most. Columns that only one audit has, or in other bins, are not compared.");
    return text.toString();
  }

  private static void row(TextTable table, AuditComparison comparison, ColumnChange column) {
    Optional<ShareChange> largest = column.largest();
    if (largest.isEmpty()) {
      table.row(column.column(), "not compared", "too few rows above the noise", "", "", "");
      return;
    }
    ShareChange change = largest.get();
    table.row(
        column.column(),
        comparison.isChanged(column) ? "CHANGED" : "no change told from noise",
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

  private static void line(StringBuilder text, String words) {
    text.append(words).append('\n');
  }
}
