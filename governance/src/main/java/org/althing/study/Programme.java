package org.althing.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.althing.contract.Contract;
import org.althing.model.evaluation.HoldoutEvaluation;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.logistic.LogisticRegression;
import org.althing.model.logistic.WideLogisticRegression;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.quality.QualityAudit;
import org.althing.release.Measure;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.statistics.Statistics;
import org.althing.table.Schema;

/**
 * Everything a study computes, as one procedure: the audit, the statistics, or the training and
 * then the evaluation of the model that the training came to. Follows from the study and the
 * contract alone.
 */
public final class Programme implements Procedure<StudyOutcome> {
  private static final double BUCKETS_PER_RECORD = 1.25;

  private final Optional<QualityAudit> audit;
  private final Optional<Statistics> statistics;
  private final Optional<Training> training;
  private final Optional<Rho> evaluation;

  private Programme(
      Optional<QualityAudit> audit,
      Optional<Statistics> statistics,
      Optional<Training> training,
      Optional<Rho> evaluation) {
    this.audit = audit;
    this.statistics = statistics;
    this.training = training;
    this.evaluation = evaluation;
  }

  /**
   * A model's procedure, how far it can be expected to get, what its releases tell of the errors of
   * its weights, and whether its sums are signed.
   */
  private record Training(
      Procedure<LinearModel> procedure,
      Foresight foresight,
      Hindsight hindsight,
      int replaceOneFactor) {}

  @FunctionalInterface
  private interface Foresight {
    FeasibilityIndex of(long records);
  }

  @FunctionalInterface
  private interface Hindsight {
    Hindsight NONE = releases -> List.of();

    List<Measure> of(List<Release> releases);
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
    AnalysisChoice analysis = study.analysis();
    if (analysis instanceof AnalysisChoice.Quality) {
      QualityAudit audit =
          new QualityAudit(
              contract.schema(), study.columnsAnalysed(contract), contract.rules(), less(total, 1));
      return new Programme(
          Optional.of(audit), Optional.empty(), Optional.empty(), Optional.empty());
    }
    if (analysis instanceof AnalysisChoice.Statistics choice) {
      Statistics statistics = new Statistics(contract.schema(), choice.request(), less(total, 1));
      return new Programme(
          Optional.empty(), Optional.of(statistics), Optional.empty(), Optional.empty());
    }
    Training training = training(study, contract.schema(), total);
    Optional<Rho> evaluation =
        study.holdoutPercent() > 0 ? Optional.of(less(total, 1)) : Optional.empty();
    return new Programme(Optional.empty(), Optional.empty(), Optional.of(training), evaluation);
  }

  private static Training training(Study study, Schema schema, Rho total) {
    AnalysisChoice analysis = study.analysis();
    if (analysis instanceof AnalysisChoice.NaiveBayes choice) {
      FeatureSpace features =
          new FeatureSpace(schema, choice.features(), buckets(study, total), choice.normal());
      NaiveBayes model = new NaiveBayes(features, label(schema, choice.label()), less(total, 1));
      // Counts are never negative: exchanging one record moves them by √2 of its bound. Sums of
      // numbers have both signs: twice.
      int factor = choice.normal().isEmpty() ? 2 : 4;
      return new Training(model, model::feasibility, Hindsight.NONE, factor);
    }
    if (analysis instanceof AnalysisChoice.Logistic choice) {
      return logistic(choice, schema, total, buckets(study, total));
    }
    throw new IllegalStateException("no training for the analysis " + analysis.word());
  }

  /** Gradients have both signs: exchanging one record moves them by at most twice its bound. */
  private static Training logistic(
      AnalysisChoice.Logistic choice, Schema schema, Rho total, int buckets) {
    FeatureSpace features = new FeatureSpace(schema, choice.features(), buckets);
    Label label = label(schema, choice.label());
    int rounds = choice.rounds();
    if (features.hasWords() || features.size() > LogisticRegression.MOST_COORDINATES) {
      WideLogisticRegression model =
          new WideLogisticRegression(
              features, label, less(total, rounds + 1), rounds, choice.weights());
      return new Training(model, model::feasibility, Hindsight.NONE, 4);
    }
    LogisticRegression model =
        new LogisticRegression(features, label, less(total, rounds), rounds, choice.weights());
    return new Training(model, model::feasibility, model::weights, 4);
  }

  /**
   * Over how many buckets the words of a text are spread: as many as there are records that stand
   * out of the noise, by public numbers alone (privacy §4).
   */
  private static int buckets(Study study, Rho total) {
    OptionalLong people = study.participation().people();
    if (people.isEmpty()) {
      return FeatureSpace.DEFAULT_BUCKETS;
    }
    double trained = people.getAsLong() * (100 - study.holdoutPercent()) / 100.0;
    double signal = BUCKETS_PER_RECORD * trained * StrictMath.sqrt(2 * total.toDouble());
    int buckets = FeatureSpace.LEAST_BUCKETS;
    while (buckets < FeatureSpace.MOST_BUCKETS && 2 * buckets <= signal) {
      buckets *= 2;
    }
    return buckets;
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
    List<ReleaseTemplate> releases = new ArrayList<>();
    audit.ifPresent(a -> releases.addAll(a.releases()));
    statistics.ifPresent(s -> releases.addAll(s.releases()));
    training.ifPresent(t -> releases.addAll(t.procedure().releases()));
    evaluation.ifPresent(rho -> releases.addAll(HoldoutEvaluation.releases(rho)));
    return List.copyOf(releases);
  }

  /**
   * @param before all releases before {@code index}, in order; more are ignored
   */
  @Override
  public SumQuery query(int index, List<Release> before) {
    if (audit.isPresent()) {
      return audit.get().query(index, before);
    }
    if (statistics.isPresent()) {
      return statistics.get().query(index, before);
    }
    Training model = training.orElseThrow();
    int rounds = model.procedure().releases().size();
    if (index < rounds) {
      return model.procedure().query(index, before.subList(0, index));
    }
    LinearModel fitted = model.procedure().conclude(before.subList(0, rounds));
    return new HoldoutEvaluation(fitted, evaluation.orElseThrow()).query(0, List.of());
  }

  /** The outcome of all releases, in order. */
  @Override
  public StudyOutcome conclude(List<Release> releases) {
    if (audit.isPresent()) {
      return StudyOutcome.of(audit.get().conclude(releases));
    }
    if (statistics.isPresent()) {
      return StudyOutcome.of(statistics.get().conclude(releases));
    }
    Training model = training.orElseThrow();
    int rounds = model.procedure().releases().size();
    List<Release> trained = releases.subList(0, rounds);
    LinearModel fitted = model.procedure().conclude(trained);
    return new StudyOutcome(
        Optional.empty(),
        Optional.empty(),
        Optional.of(fitted),
        model.hindsight().of(trained),
        evaluation.map(
            rho ->
                new HoldoutEvaluation(fitted, rho).conclude(releases.subList(rounds, rounds + 1))));
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
    return training.map(t -> t.foresight().of(trained).withExcessVariance(shares * m * m));
  }

  /**
   * An upper bound of what the plan costs where a neighbour differs by exchanging one unit for
   * another instead of by having one more: the unit may then change sides of the split too.
   */
  public Rho costOfReplacement(Plan plan) {
    int rounds = training.map(t -> t.procedure().releases().size()).orElse(0);
    Rho cost = Rho.ZERO;
    for (int i = 0; i < plan.releases().size(); i++) {
      int factor = i < rounds ? training.orElseThrow().replaceOneFactor() : untrainedFactor();
      cost = cost.plus(plan.releases().get(i).noise().rho().times(factor));
    }
    return cost;
  }

  /** Counts move by √2 of their bound; the powers and products of numbers have both signs. */
  private int untrainedFactor() {
    return statistics.isPresent() ? 4 : 2;
  }
}
