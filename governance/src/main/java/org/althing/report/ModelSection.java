package org.althing.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.Classifier;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.WordWeights;
import org.althing.model.linear.FixedHessian;
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
          "It was fitted to margins, not to probabilities: what is called log-odds here is the margin, times a scale where held-out records ask for one, and a probability is what that would be as log-odds. The order of records and their side of \u00bd are the model's; how true the probabilities are, the calibration below shows.");
    }
    Optional<Performance> performance = findings.outcome().evaluation();
    if (performance.isPresent()) {
      out.add(new EvaluationSection(performance.get()).body());
      findings.outcome().groups().ifPresent(groups -> out.add(new GroupsSection(groups).body()));
    } else {
      out.leaf("p", NOT_EVALUATED);
    }
    out.add(words()).add(numbers()).add(withoutIntervals());
    if (!besideWords().isEmpty()) {
      out.add(
          new WeightsFigure(binary, findings.outcome().weights(), besideWords())
              .figure()
              .toMarkup());
    }
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
    findings
        .outcome()
        .classGroups()
        .ifPresent(groups -> out.add(new ClassGroupsSection(groups).body()));
    out.add(words()).add(numbers()).add(withoutIntervals());
    if (!besideWords().isEmpty()) {
      out.add(new ClassWeightsFigure(classes, besideWords()).toMarkup());
    }
    return out.add(rounds());
  }

  /** Which numbers it reads otherwise than by the contract's bins. */
  private Markup numbers() {
    Markup out = new Markup();
    FeatureSpace features = model.features();
    if (!features.values().isEmpty()) {
      out.leaf(
          "p",
          "It reads %s by their values on the declared range and not by the contract's bins, since on so few records a weight for each bin would drown in the noise."
              .formatted(String.join(", ", features.values())));
    }
    if (!features.squared().isEmpty()) {
      out.leaf(
          "p",
          "It takes %s for normal in each class and does not go by the contract's bins."
              .formatted(String.join(", ", features.squared())));
    }
    return out;
  }

  /** Why weights that are shown have no intervals. */
  private Markup withoutIntervals() {
    return findings.outcome().weights().isEmpty() && !besideWords().isEmpty()
        ? new Markup().leaf("p", "The weights below have no intervals: %s.".formatted(why()))
        : new Markup();
  }

  private String why() {
    if (findings.study().folds().isPresent()) {
      return "they are means of models that share records, and the releases do not tell the errors of such a mean";
    }
    if (findings.answered() instanceof AnalysisChoice.NaiveBayes) {
      return "each count is fitted to the others of its column, none below 0, and smoothed at the level of the noise, after which its error is no longer near normal";
    }
    if (!FixedHessian.takes(model.features())) {
      return "no second moments were released, without which nothing tells how the noise in one coordinate moves the others that come with it in the same records";
    }
    if (!model.label().isBinary()) {
      return "the noise in one class's gradient moves the weights of the others by how often both are likely of the same record, which the releases do not tell";
    }
    if (findings.answered() instanceof AnalysisChoice.LinearSvm) {
      return "the hinge bends between the margins alone, and the releases do not tell well enough which records lie there; intervals that were tried held 90 to 93 % where they should hold 95 %";
    }
    return "records of the two classes count differently, and the releases do not tell the second moments of each class apart";
  }

  private Markup words() {
    Markup out = new Markup();
    List<String> bucketed = model.features().bucketed();
    if (!bucketed.isEmpty()) {
      out.leaf(
          "p",
          "The words of %s are spread over %s buckets by a public hash. A bucket has no word of its own, so nobody can say which words the model goes by; a contract that declares a vocabulary names them."
              .formatted(String.join(", ", bucketed), Decimal.grouped(model.features().buckets())));
    }
    WordWeights words = findings.outcome().words();
    return words.words().isEmpty() ? out : out.add(new WordsFigure(model, words).toMarkup());
  }

  /**
   * The coordinates that are no words with a figure of their own; none where only the bias and the
   * place of texts without a word are left.
   */
  private List<Integer> besideWords() {
    int[] words =
        findings.outcome().words().words().isEmpty()
            ? new int[0]
            : model.features().declaredWords();
    List<Integer> rest =
        IntStream.range(0, model.features().size())
            .filter(i -> Arrays.binarySearch(words, i) < 0)
            .boxed()
            .toList();
    // Of texts alone, what else there is: the bias, and of each a place for one without a word.
    boolean nothing = words.length > 0 && rest.size() == 1 + model.features().fieldCount();
    return nothing ? List.of() : rest;
  }

  private Markup rounds() {
    Markup out = new Markup();
    RoundsFigure.of(findings).ifPresent(rounds -> out.add(rounds.figure().toMarkup()));
    BudgetsFigure.of(findings).ifPresent(budgets -> out.add(budgets.figure().toMarkup()));
    return out;
  }
}
