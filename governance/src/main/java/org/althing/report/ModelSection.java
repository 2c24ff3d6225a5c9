package org.althing.report;

import java.util.Optional;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.LinearModel;
import org.althing.study.AnalysisChoice;

/**
 * The model: how well it tells the classes apart, whether its probabilities are true, its weights.
 */
record ModelSection(Findings findings, LinearModel model) {
  Markup body() {
    Markup out = new Markup();
    out.leaf(
        "p",
        "The model gives the log-odds of '%s = %s' as a sum of %d weights; model.json holds them all."
            .formatted(
                model.label().column(),
                String.join(" or ", model.label().positive()),
                model.weights().length));
    if (findings.study().analysis() instanceof AnalysisChoice.LinearSvm) {
      out.leaf(
          "p",
          "It was fitted to margins, not to probabilities: what is called log-odds here is the margin, and a probability is what the margin would be as log-odds. The order of records and their side of \u00bd are the model's; how true the probabilities are, the calibration below shows.");
    }
    Optional<Performance> performance = findings.outcome().evaluation();
    if (performance.isPresent()) {
      out.add(new EvaluationSection(performance.get()).body());
      findings.outcome().groups().ifPresent(groups -> out.add(new GroupsSection(groups).body()));
    } else {
      out.leaf("p", "Nothing was held out, so nothing is known of how well it does.");
    }
    return out.add(new WeightsFigure(model, findings.outcome().weights()).figure().toMarkup());
  }
}
