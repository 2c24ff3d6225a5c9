package org.althing.sheet;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.althing.model.evaluation.Performance;
import org.althing.release.Measure;
import org.althing.study.OwnModel;
import org.althing.study.StudyOutcome;

/** An organisation's own model beside the federation's, in words for its own staff. */
public final class OwnModelText {
  private OwnModelText() {}

  /**
   * Several lines, each ended by a line feed.
   *
   * @param joint the study's outcome, with its noise
   */
  public static String of(OwnModel own, StudyOutcome joint) {
    List<Optional<Performance>> all =
        List.of(own.alone().evaluation(), own.federation().evaluation(), joint.evaluation());
    TextTable table = new TextTable("  ", List.of(1, 2, 3));
    table.row("", "own model,", "federation's model,", "federation's model,");
    table.row("", "own held-out rows", "own held-out rows", "everybody's held-out rows");
    row(
        table,
        "held-out rows",
        all,
        p -> Optional.of(Brief.number(Math.max(0, p.records().value()))));
    row(table, "commoner class", all, p -> p.rates().commonerClass().map(OwnModelText::share));
    row(table, "accuracy", all, p -> p.rates().accuracy().map(OwnModelText::share));
    row(table, "AUC", all, p -> p.rates().auc().map(OwnModelText::share));
    row(table, "log-loss", all, p -> p.probabilities().logLoss().map(OwnModelText::number));
    row(table, "Brier score", all, p -> p.probabilities().brier().map(OwnModelText::share));
    return table
        + "  \u00b1 one deviation: of sampling in your own columns, of sampling and noise in everybody's\n"
        + "  "
        + verdict(own)
        + "\n";
  }

  private static void row(
      TextTable table,
      String name,
      List<Optional<Performance>> all,
      Function<Performance, Optional<String>> figure) {
    String[] cells = new String[all.size() + 1];
    cells[0] = name;
    for (int i = 0; i < all.size(); i++) {
      cells[i + 1] = all.get(i).flatMap(figure).orElse("too few rows");
    }
    table.row(cells);
  }

  private static String share(Measure measure) {
    return text(Math.max(0, Math.min(1, measure.value())), measure);
  }

  private static String number(Measure measure) {
    return text(measure.value(), measure);
  }

  private static String text(double value, Measure measure) {
    return "%.3f \u00b1 %.3f".formatted(value, measure.totalDeviation());
  }

  /** Both models were asked about the same rows, so this leans to saying too little. */
  private static String verdict(OwnModel own) {
    Optional<Measure> alone = auc(own.alone());
    Optional<Measure> together = auc(own.federation());
    if (alone.isEmpty() || together.isEmpty()) {
      return "Your own held-out rows are too few to tell the two models apart.";
    }
    double difference = together.get().value() - alone.get().value();
    double reach = 1.96 * Math.hypot(alone.get().totalDeviation(), together.get().totalDeviation());
    if (Math.abs(difference) <= reach) {
      return "Your own held-out rows do not tell the two models apart by AUC.";
    }
    return difference > 0
        ? "On your own rows the federation's model is ahead by AUC."
        : "On your own rows your own model is ahead by AUC.";
  }

  private static Optional<Measure> auc(StudyOutcome outcome) {
    return outcome.evaluation().flatMap(p -> p.rates().auc());
  }
}
