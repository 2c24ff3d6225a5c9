package org.althing.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.althing.contract.Contract;
import org.althing.model.evaluation.ClassEvaluation;
import org.althing.model.evaluation.Groups;
import org.althing.model.evaluation.HoldoutEvaluation;
import org.althing.model.features.Classifier;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.Trainer;
import org.althing.model.kmeans.KMeans;
import org.althing.model.linear.CentredDescent;
import org.althing.model.linear.FixedHessian;
import org.althing.model.linear.Objective;
import org.althing.model.linear.Pace;
import org.althing.model.linear.SoftmaxDescent;
import org.althing.model.linear.SoftmaxHessian;
import org.althing.model.naivebayes.ClassBayes;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.quality.QualityAudit;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.statistics.Statistics;
import org.althing.table.Schema;

/**
 * Everything a study computes, as one procedure: the audit, the statistics, the clusters, or the
 * training and then the evaluation of the model that the training came to. Follows from the study
 * and the contract alone.
 */
public final class Programme implements Procedure<StudyOutcome> {
  private static final double BUCKETS_PER_RECORD = 1.25;

  private final Procedure<StudyOutcome> asked;
  private final Foresight foresight;
  private final int replacementFactor;
  private final Optional<Evaluation> evaluation;
  private final OptionalDouble slopesCutAt;

  private Programme(
      Procedure<StudyOutcome> asked,
      Foresight foresight,
      int replacementFactor,
      Optional<Evaluation> evaluation,
      OptionalDouble slopesCutAt) {
    this.asked = asked;
    this.foresight = foresight;
    this.replacementFactor = replacementFactor;
    this.evaluation = evaluation;
    this.slopesCutAt = slopesCutAt;
  }

  /** How far the noise lets it get, by the number of records. */
  @FunctionalInterface
  private interface Foresight {
    Optional<FeasibilityIndex> of(long records);
  }

  /** How the model is evaluated once it is there. */
  private record Evaluation(Rho rho, Label label, Optional<Groups> groups) {
    /** Known before there is a model. */
    List<ReleaseTemplate> releases() {
      return label.isBinary()
          ? HoldoutEvaluation.releases(rho, groups)
          : ClassEvaluation.releases(rho, label.classes());
    }

    Procedure<StudyOutcome> of(StudyOutcome outcome) {
      Classifier model = outcome.model().orElseThrow();
      if (model instanceof SoftmaxModel classes) {
        ClassEvaluation evaluation = new ClassEvaluation(classes, rho);
        return evaluation.read(r -> outcome.evaluated(evaluation.conclude(r)));
      }
      HoldoutEvaluation evaluation = new HoldoutEvaluation((LinearModel) model, rho, groups);
      return evaluation.read(r -> outcome.evaluated(evaluation.conclude(r), evaluation.byGroup(r)));
    }
  }

  /**
   * The programme of a study whose columns fit the contract.
   *
   * <p>The contract is the agreed one as the study's cleaning leaves it.
   *
   * <p>The cost of a release is computed from whole noise shares and ends at most one pico-ρ above
   * what was asked for it, so that much is kept back for each.
   *
   * @throws IllegalArgumentException where they do not fit
   */
  static Programme of(Study study, Contract contract) {
    Rho total = Accountant.rhoFor(study.privacy().epsilon(), study.privacy().delta());
    Schema schema = contract.schema();
    AnalysisChoice analysis = study.analysis();
    if (analysis instanceof AnalysisChoice.Quality) {
      QualityAudit audit =
          new QualityAudit(
              schema, study.columnsAnalysed(contract), contract.rules(), less(total, 1));
      // Counts are never negative: exchanging one record moves them by √2 of its bound.
      return new Programme(
          audit.read(r -> StudyOutcome.of(audit.conclude(r))),
          records -> Optional.empty(),
          2,
          Optional.empty(),
          OptionalDouble.empty());
    }
    if (analysis instanceof AnalysisChoice.Statistics choice) {
      Statistics statistics = new Statistics(schema, choice.request(), less(total, 1));
      // The powers and products of numbers have both signs: twice.
      return new Programme(
          statistics.read(r -> StudyOutcome.of(statistics.conclude(r))),
          records -> Optional.empty(),
          4,
          Optional.empty(),
          OptionalDouble.empty());
    }
    if (analysis instanceof AnalysisChoice.Clustering choice) {
      KMeans trainer = kMeans(choice, schema, total, study.participation().people());
      return of(trainer, r -> StudyOutcome.of(trainer.conclude(r)), Optional.empty());
    }
    Label label = label(schema, labelOf(analysis));
    Optional<Evaluation> evaluation =
        study.holdoutPercent() > 0
            ? Optional.of(
                new Evaluation(
                    less(total, 1),
                    label,
                    analysis.groups().map(column -> new Groups(schema, column))))
            : Optional.empty();
    int buckets = buckets(study, total);
    if (analysis instanceof AnalysisChoice.NaiveBayes choice) {
      FeatureSpace features =
          new FeatureSpace(schema, choice.alone(), buckets, choice.normal(), choice.interactions());
      Rho rho = less(total, 1);
      return label.isBinary()
          ? of(new NaiveBayes(features, label, rho), evaluation)
          : of(new ClassBayes(features, label, rho), evaluation);
    }
    AnalysisChoice.Linear choice = (AnalysisChoice.Linear) analysis;
    FeatureSpace features =
        new FeatureSpace(schema, choice.features(), buckets, List.of(), choice.interactions());
    OptionalLong records = trained(study);
    if (!label.isBinary()) {
      int rounds =
          choice
              .rounds()
              .orElseGet(() -> Pace.roundsOfClasses(features, label.classes(), total, records));
      return softmax(rounds, features, label, total, evaluation);
    }
    Pace found = Pace.of(features, total, records);
    Pace pace = choice.rounds().isPresent() ? found.withRounds(choice.rounds().getAsInt()) : found;
    return linear(choice, pace, features, label, total, evaluation);
  }

  private static AnalysisChoice.Label labelOf(AnalysisChoice analysis) {
    return analysis instanceof AnalysisChoice.NaiveBayes bayes
        ? bayes.label()
        : ((AnalysisChoice.Linear) analysis).label();
  }

  private static KMeans kMeans(
      AnalysisChoice.Clustering choice, Schema schema, Rho total, OptionalLong people) {
    int rounds = KMeans.rounds(choice.columns().size(), choice.clusters(), total, people);
    return new KMeans(schema, choice.columns(), choice.clusters(), less(total, rounds), rounds);
  }

  private static Programme linear(
      AnalysisChoice.Linear choice,
      Pace pace,
      FeatureSpace features,
      Label label,
      Rho total,
      Optional<Evaluation> evaluation) {
    int rounds = pace.rounds();
    Objective objective = pace.of(choice.objective());
    if (!FixedHessian.takes(features)) {
      Rho rho = less(total, rounds + 1);
      return of(new CentredDescent(features, label, rho, rounds, objective), evaluation)
          .cut(objective);
    }
    FixedHessian model =
        new FixedHessian(
            features, label, less(total, rounds), rounds, objective, pace.startOf(objective));
    return of(model, r -> StudyOutcome.of(model.conclude(r), model.weights(r)), evaluation)
        .cut(objective);
  }

  private static Programme softmax(
      int rounds, FeatureSpace features, Label label, Rho total, Optional<Evaluation> evaluation) {
    return FixedHessian.takes(features)
        ? of(new SoftmaxHessian(features, label, less(total, rounds), rounds), evaluation)
        : of(new SoftmaxDescent(features, label, less(total, rounds + 1), rounds), evaluation);
  }

  private static Programme of(
      Trainer<? extends Classifier> trainer, Optional<Evaluation> evaluation) {
    return of(trainer, r -> StudyOutcome.of(trainer.conclude(r), List.of()), evaluation);
  }

  private static Programme of(
      Trainer<?> trainer,
      Function<List<Release>, StudyOutcome> reading,
      Optional<Evaluation> evaluation) {
    return new Programme(
        trainer.read(reading),
        trainer::feasibility,
        trainer.replacementFactor(),
        evaluation,
        OptionalDouble.empty());
  }

  /**
   * Over how many buckets the words of a text are spread: as many as there are records that stand
   * out of the noise, by public numbers alone (privacy §4).
   */
  private static int buckets(Study study, Rho total) {
    OptionalLong trained = trained(study);
    if (trained.isEmpty()) {
      return FeatureSpace.DEFAULT_BUCKETS;
    }
    double signal =
        BUCKETS_PER_RECORD * trained.getAsLong() * StrictMath.sqrt(2 * total.toDouble());
    int buckets = FeatureSpace.LEAST_BUCKETS;
    while (buckets < FeatureSpace.MOST_BUCKETS && 2 * buckets <= signal) {
      buckets *= 2;
    }
    return buckets;
  }

  /** Records to learn from, as the study declares them in public. */
  private static OptionalLong trained(Study study) {
    OptionalLong people = study.participation().people();
    return people.isEmpty()
        ? people
        : OptionalLong.of(people.getAsLong() * (100 - study.holdoutPercent()) / 100);
  }

  private static Label label(Schema schema, AnalysisChoice.Label choice) {
    return new Label(schema, choice.column(), Set.copyOf(choice.positive()));
  }

  private static Rho less(Rho total, int releases) {
    if (total.pico() <= releases) {
      throw new IllegalArgumentException("epsilon is too small for any release: raise it");
    }
    return total.minus(new Rho(releases));
  }

  @Override
  public List<ReleaseTemplate> releases() {
    List<ReleaseTemplate> releases = new ArrayList<>(asked.releases());
    evaluation.ifPresent(e -> releases.addAll(e.releases()));
    return List.copyOf(releases);
  }

  /**
   * @param before all releases before {@code index}, in order; more are ignored
   */
  @Override
  public SumQuery query(int index, List<Release> before) {
    int rounds = asked.releases().size();
    if (index < rounds) {
      return asked.query(index, before.subList(0, index));
    }
    StudyOutcome outcome = asked.conclude(before.subList(0, rounds));
    return evaluation.orElseThrow().of(outcome).query(0, List.of());
  }

  /** The outcome of all releases, in order. */
  @Override
  public StudyOutcome conclude(List<Release> releases) {
    int rounds = asked.releases().size();
    StudyOutcome outcome = asked.conclude(releases.subList(0, rounds));
    return evaluation
        .map(e -> e.of(outcome).conclude(releases.subList(rounds, rounds + 1)))
        .orElse(outcome);
  }

  private Programme cut(Objective objective) {
    OptionalDouble most =
        objective.mostSlope() < 1
            ? OptionalDouble.of(objective.mostSlope())
            : OptionalDouble.empty();
    return new Programme(asked, foresight, replacementFactor, evaluation, most);
  }

  /** Beyond which slope of its loss no record pulls at the weights; none where nothing is cut. */
  public OptionalDouble slopesCutAt() {
    return slopesCutAt;
  }

  /** What the evaluated model predicts. */
  public Optional<Label> label() {
    return evaluation.map(Evaluation::label);
  }

  /** In which groups the model is evaluated besides. */
  public Optional<Groups> groups() {
    return evaluation.flatMap(Evaluation::groups);
  }

  /**
   * How far a model can be expected to get among the plan's members, before anything runs; none for
   * an audit or statistics.
   *
   * @param people units over all nodes, as declared in public
   */
  public Optional<FeasibilityIndex> feasibility(Plan plan, long people) {
    int m = plan.releases().get(0).noise().rowsPerUnit();
    double shares = (double) plan.quorum().nodes() / plan.quorum().honestSurvivors();
    long trained = people * (100 - plan.holdoutPercent()) / 100;
    return foresight.of(trained).map(s -> s.withExcessVariance(shares * m * m));
  }

  /**
   * An upper bound of what the plan costs where a neighbour differs by exchanging one unit for
   * another instead of by having one more: the unit may then change sides of the split too.
   */
  public Rho costOfReplacement(Plan plan) {
    int rounds = asked.releases().size();
    Rho cost = Rho.ZERO;
    for (int i = 0; i < plan.releases().size(); i++) {
      int factor = i < rounds ? replacementFactor : HoldoutEvaluation.REPLACEMENT_FACTOR;
      cost = cost.plus(plan.releases().get(i).noise().rho().times(factor));
    }
    return cost;
  }
}
