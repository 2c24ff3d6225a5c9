package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.model.evaluation.Performance;
import org.althing.release.Measure;

/**
 * Whether what was predicted came true, bin by bin.
 *
 * @param predicted the name of the axis
 * @param bins those that stand above the noise; there may be none
 */
record CalibrationFigure(
    String predicted,
    List<Performance.CalibrationPoint> bins,
    Optional<Performance.CalibrationError> error) {
  Markup toMarkup() {
    return bins.isEmpty()
        ? new Markup()
            .leaf("p", "No score bin stands far enough above the noise to show its calibration.")
        : figure().toMarkup();
  }

  private Figure figure() {
    Table table = new Table("Score bins", "Predicted", "Observed>", "\u00b1>", "Records>");
    List<Charts.CurvePoint> points = new ArrayList<>();
    int within = 0;
    for (Performance.CalibrationPoint p : bins) {
      Measure observed = p.observed();
      double deviation = observed.totalDeviation();
      points.add(
          new Charts.CurvePoint(
              p.predicted(),
              observed.value(),
              observed.value() - deviation,
              observed.value() + deviation));
      table.row(
          Decimal.fixed(p.predicted(), 3),
          Decimal.fixed(observed.value(), 3),
          Decimal.fixed(deviation, 3),
          Wording.count(p.records()));
      within += Math.abs(observed.value() - p.predicted()) <= 2 * deviation ? 1 : 0;
    }
    return new Figure(
        "calibration",
        "Predicted and observed shares (calibration)",
        finding(within),
        Charts.points(points, predicted, "observed share"),
        table);
  }

  private String finding(int within) {
    String whole =
        error
            .map(
                e ->
                    " The calibration error is %s, of which chance alone would show %s."
                        .formatted(Decimal.fixed(e.value(), 3), Decimal.fixed(e.byChance(), 3)))
            .orElse("");
    return "In %d of %d score bins the observed share lies within two deviations of the predicted one.%s"
        .formatted(within, bins.size(), whole);
  }
}
