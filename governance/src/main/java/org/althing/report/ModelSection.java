package org.althing.report;

import java.util.Optional;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.Classifier;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.study.AnalysisChoice;

/**
 * The model: how well it tells the classes apart, whether its probabilities are true, its weights.
 */
record ModelSection(Findings findings, Classifier model) {
  private static final String NOT_EVALUATED =
      "Nothing was held out, so nothing is known of how well it does.";

  Markup body() {
    Markup out = new Markup();
    findings
        .outcome()
        .choice()
        .ifPresent(choice -> out.add(new CandidatesSection(findings, choice).body()));
    findings
        .study()
        .folds()
        .ifPresent(
            folds ->
                out.leaf(
                    "p",
                    "Its weights are the mean of %d models, each learnt from the records outside one fold. The figures are of these models together, each on the fold it has not seen; the mean itself is not evaluated."
                        .formatted(folds.count())));
    return out.add(ofModel());
  }

  private Markup ofModel() {
    if (model instanceof SoftmaxModel classes) {
      return ofClasses(classes);
    }
    LinearModel binary = (LinearModel) model;
    Markup out = new Markup();
    out.leaf(
        "p",
        "The model gives the log-odds of '%s = %s' as a sum of %d weights; model.json holds them all."
            .formatted(
                model.label().column(),
                String.join(" or ", model.label().positive()),
                binary.weights().length));
    if (findings.answered() instanceof AnalysisChoice.LinearSvm) {
      out.leaf(
          "p",
          "It was fitted to margins, not to probabilities: what is called log-odds here is the margin, and a probability is what the margin would be as log-odds. The order of records and their side of \u00bd are the model's; how true the probabilities are, the calibration below shows.");
    }
    Optional<Performance> performance = findings.outcome().evaluation();
    if (performance.isPresent()) {
      out.add(new EvaluationSection(performance.get()).body());
      findings.outcome().groups().ifPresent(groups -> out.add(new GroupsSection(groups).body()));
    } else {
      out.leaf("p", NOT_EVALUATED);
    }
    out.add(new WeightsFigure(binary, findings.outcome().weights()).figure().toMarkup());
    return out.add(rounds());
  }

  private Markup ofClasses(SoftmaxModel classes) {
    Markup out = new Markup();
    out.leaf(
        "p",
        "The model gives each of the %d classes of '%s' a score, a sum of %d weights, and a probability in proportion to e to the score; model.json holds all weights."
            .formatted(model.label().classes(), model.label().column(), model.features().size()));
    findings
        .outcome()
        .classEvaluation()
        .ifPresentOrElse(
            performance -> out.add(new ClassEvaluationSection(performance).body()),
            () -> out.leaf("p", NOT_EVALUATED));
    out.add(new ClassWeightsFigure(classes).toMarkup());
    return out.add(rounds());
  }

  private Markup rounds() {
    return RoundsFigure.of(findings)
        .map(rounds -> rounds.figure().toMarkup())
        .orElseGet(Markup::new);
  }
}
