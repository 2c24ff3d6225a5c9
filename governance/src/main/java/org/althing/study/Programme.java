package org.althing.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.contract.Contract;
import org.althing.model.evaluation.ClassEvaluation;
import org.althing.model.evaluation.Criterion;
import org.althing.model.evaluation.Groups;
import org.althing.model.evaluation.HoldoutEvaluation;
import org.althing.model.features.Classifier;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.Trainer;
import org.althing.model.features.WordWeights;
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
import org.althing.release.Folds;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.statistics.Statistics;
import org.althing.table.Schema;

/**
 * Everything a study computes, as one procedure: the audit, the statistics, the clusters, or the
 * training and then the evaluation of the model that the training came to; of several candidates
 * one training after the other, and then one evaluation of all; of folds one training outside each,
 * and then one evaluation of each record by the model that has not seen it. Follows from the study
 * and the contract alone.
 */
public final class Programme implements Procedure<StudyOutcome> {
  private static final double BUCKETS_PER_RECORD = 1.25;

  private final List<Training> asked;
  private final Optional<Evaluation> evaluation;
  private final LongUnaryOperator learntFrom;

  /**
   * @param learntFrom of so many units those in one training
   */
  private Programme(
      List<Training> asked, Optional<Evaluation> evaluation, LongUnaryOperator learntFrom) {
    this.asked = List.copyOf(asked);
    this.evaluation = evaluation;
    this.learntFrom = learntFrom;
  }

  /**
   * What was found for a model by public numbers, besides its rounds.
   *
   * @param slopesCutAt beyond which slope of its loss no record pulls at the weights of a linear
   *     model; none where nothing is cut
   * @param values the numbers that it reads by their values, though they have bins
   * @param normal those that it takes for normal, though they have bins and nobody asked for it
   */
  public record Found(OptionalDouble slopesCutAt, List<String> values, List<String> normal) {
    static final Found NOTHING = new Found(OptionalDouble.empty(), List.of(), List.of());

    public Found {
      values = List.copyOf(values);
      normal = List.copyOf(normal);
    }

    static Found ofValues(FeatureSpace features) {
      return new Found(OptionalDouble.empty(), features.values(), List.of());
    }

    static Found ofNormal(AnalysisChoice.NaiveBayes choice, FeatureSpace features) {
      return choice.normal().isEmpty()
          ? new Found(OptionalDouble.empty(), List.of(), features.squared())
          : NOTHING;
    }

    static Found of(Objective objective, FeatureSpace features) {
      return new Found(
          objective.mostSlope() < 1
              ? OptionalDouble.of(objective.mostSlope())
              : OptionalDouble.empty(),
          features.values(),
          List.of());
    }
  }

  /** How far the noise lets it get, by the number of records. */
  @FunctionalInterface
  private interface Foresight {
    Optional<FeasibilityIndex> of(long records);
  }

  /**
   * What is computed before an evaluation: all there is of an audit, one candidate of several.
   *
   * @param candidate its name, none where there is only one
   */
  private record Training(
      Optional<String> candidate,
      Procedure<StudyOutcome> procedure,
      Foresight foresight,
      int replacementFactor,
      Found found) {
    Training(Procedure<StudyOutcome> procedure, int replacementFactor) {
      this(
          Optional.empty(),
          procedure,
          records -> Optional.empty(),
          replacementFactor,
          Found.NOTHING);
    }

    Training named(String name) {
      return new Training(Optional.of(name), procedure, foresight, replacementFactor, found);
    }

    Training expecting(OptionalDouble positives) {
      return positives.isEmpty()
          ? this
          : new Training(
              candidate,
              procedure,
              records -> foresight.of(records).map(s -> s.ofPositives(positives.getAsDouble())),
              replacementFactor,
              found);
    }

    Training found(Found what) {
      return new Training(candidate, procedure, foresight, replacementFactor, what);
    }

    Training outside(int fold, Folds folds) {
      return new Training(
          candidate, folds.outside(fold, procedure), foresight, replacementFactor, found);
    }

    int rounds() {
      return procedure.releases().size();
    }

    Stream<ReleaseTemplate> releases() {
      return procedure.releases().stream()
          .map(
              r ->
                  new ReleaseTemplate(
                      candidate.map(name -> name + ": " + r.name()).orElse(r.name()),
                      r.partition(),
                      r.blocks()));
    }
  }

  /**
   * How models are evaluated once they are there.
   *
   * @param models how many
   * @param criterion what one of several is chosen by
   * @param folds where each record is scored by its own fold's model; the figures are then of all
   *     of them together
   */
  private record Evaluation(
      int models,
      Rho rho,
      Label label,
      Optional<Groups> groups,
      Optional<Criterion> criterion,
      Optional<Folds> folds) {
    /** Known before there is a model. */
    List<ReleaseTemplate> releases() {
      List<ReleaseTemplate> releases =
          label.isBinary()
              ? HoldoutEvaluation.releases(models, rho, groups)
              : ClassEvaluation.releases(models, rho, label.classes(), groups);
      return folds.isPresent() ? Folds.overAll(releases) : releases;
    }

    /**
     * @param outcomes of each training
     * @return of each model; of the folds' models one outcome, with their mean as its model
     */
    Procedure<List<StudyOutcome>> of(List<StudyOutcome> outcomes) {
      if (folds.isEmpty()) {
        return together(outcomes);
      }
      List<Procedure<List<StudyOutcome>>> each =
          outcomes.stream().map(o -> together(List.of(o))).toList();
      return folds.get().joined(each).read(r -> together(List.of(mean(outcomes))).conclude(r));
    }

    private Procedure<List<StudyOutcome>> together(List<StudyOutcome> outcomes) {
      if (!label.isBinary()) {
        ClassEvaluation evaluation =
            new ClassEvaluation(
                outcomes.stream().map(o -> (SoftmaxModel) o.model().orElseThrow()).toList(),
                rho,
                groups);
        return evaluation.read(
            r ->
                each(
                    outcomes,
                    i ->
                        outcomes
                            .get(i)
                            .evaluatedByClass(
                                evaluation.conclude(r, i), evaluation.byGroup(r, i))));
      }
      HoldoutEvaluation evaluation = holdout(outcomes);
      return evaluation.read(r -> judged(outcomes, evaluation, r, r));
    }

    /**
     * The same models over other records, scaled as they are by their own.
     *
     * @param here the release of their evaluation
     * @param there such a release of the other records
     */
    List<StudyOutcome> elsewhere(List<StudyOutcome> outcomes, Release here, Release there) {
      return label.isBinary()
          ? judged(outcomes, holdout(outcomes), List.of(here), List.of(there))
          : of(outcomes).conclude(List.of(there));
    }

    private HoldoutEvaluation holdout(List<StudyOutcome> outcomes) {
      return new HoldoutEvaluation(
          outcomes.stream().map(o -> (LinearModel) o.model().orElseThrow()).toList(), rho, groups);
    }

    private static List<StudyOutcome> judged(
        List<StudyOutcome> outcomes,
        HoldoutEvaluation evaluation,
        List<Release> here,
        List<Release> there) {
      return each(
          outcomes,
          i ->
              outcomes
                  .get(i)
                  .evaluated(
                      evaluation.conclude(there, i, evaluation.scale(here, i)),
                      evaluation.byGroup(there, i)));
    }

    Evaluation ofSeveral(int several, Criterion chosenBy) {
      return new Evaluation(several, rho, label, groups, Optional.of(chosenBy), folds);
    }

    private static List<StudyOutcome> each(
        List<StudyOutcome> outcomes, IntFunction<StudyOutcome> evaluated) {
      return IntStream.range(0, outcomes.size()).mapToObj(evaluated).toList();
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
      return alone(new Training(audit.read(r -> StudyOutcome.of(audit.conclude(r))), 2));
    }
    if (analysis instanceof AnalysisChoice.Statistics choice) {
      Statistics statistics = new Statistics(schema, choice.request(), less(total, 1));
      // The powers and products of numbers have both signs: twice.
      return alone(new Training(statistics.read(r -> StudyOutcome.of(statistics.conclude(r))), 4));
    }
    if (analysis instanceof AnalysisChoice.Clustering choice) {
      KMeans trainer = kMeans(choice, schema, total, study.participation().people());
      return alone(of(trainer, r -> StudyOutcome.of(trainer.conclude(r))));
    }
    if (analysis instanceof AnalysisChoice.Candidates choice) {
      // Every candidate sees the same records, so that their costs add up: each has its share.
      Rho share = new Rho(total.pico() / choice.candidates().size());
      List<Training> all =
          choice.candidates().stream()
              .map(c -> training(study, c.model(), schema, share).named(c.name()))
              .toList();
      return new Programme(
          all,
          evaluation(study, choice.label(), schema, total)
              .map(e -> e.ofSeveral(all.size(), choice.criterion())),
          study::learntFrom);
    }
    AnalysisChoice.Model model = (AnalysisChoice.Model) analysis;
    if (study.folds().isPresent()) {
      return crossValidation(study, model, schema, total);
    }
    return new Programme(
        List.of(training(study, model, schema, total)),
        evaluation(study, model.label(), schema, total),
        study::learntFrom);
  }

  /** The ledgers charge every record each of the K trainings and the evaluation: equal shares. */
  private static Programme crossValidation(
      Study study, AnalysisChoice.Model model, Schema schema, Rho total) {
    Folds folds = study.folds().orElseThrow();
    Rho share = new Rho(total.pico() / (folds.count() + 1));
    Training each = training(study, model, schema, share);
    return new Programme(
        IntStream.range(0, folds.count()).mapToObj(f -> each.outside(f, folds)).toList(),
        evaluation(study, model.label(), schema, share),
        study::learntFrom);
  }

  /** With the mean of the models, which is free: they are all of one feature space. */
  private static StudyOutcome mean(List<StudyOutcome> outcomes) {
    Classifier first = outcomes.get(0).model().orElseThrow();
    double[][] mean = new double[first.weightsByScore().size()][first.features().size()];
    for (StudyOutcome outcome : outcomes) {
      List<double[]> weights = outcome.model().orElseThrow().weightsByScore();
      for (int s = 0; s < mean.length; s++) {
        double[] sum = mean[s];
        double[] added = weights.get(s);
        Arrays.setAll(sum, w -> sum[w] + added[w]);
      }
    }
    for (double[] sum : mean) {
      Arrays.setAll(sum, w -> sum[w] / outcomes.size());
    }
    Classifier kept =
        first.label().isBinary()
            ? new LinearModel(first.features(), first.label(), mean[0])
            : new SoftmaxModel(first.features(), first.label(), mean);
    // The errors of a mean over overlapping records are not those of any of its models.
    return StudyOutcome.of(kept, List.of(), WordWeights.NONE);
  }

  private static Programme alone(Training asked) {
    return new Programme(List.of(asked), Optional.empty(), LongUnaryOperator.identity());
  }

  private static Optional<Evaluation> evaluation(
      Study study, AnalysisChoice.Label label, Schema schema, Rho total) {
    return study.holdoutPercent() > 0 || study.folds().isPresent()
        ? Optional.of(
            new Evaluation(
                1,
                less(total, 1),
                label(schema, label),
                study.analysis().groups().map(column -> new Groups(schema, column)),
                Optional.empty(),
                study.folds()))
        : Optional.empty();
  }

  /**
   * How one model is learnt, and how far that is expected to get.
   *
   * @param total what it may cost
   */
  private static Training training(
      Study study, AnalysisChoice.Model model, Schema schema, Rho total) {
    return learning(study, model, schema, total).expecting(model.expectedPositives());
  }

  private static Training learning(
      Study study, AnalysisChoice.Model model, Schema schema, Rho total) {
    Label label = label(schema, model.label());
    int buckets = buckets(study, total);
    OptionalLong records = trained(study);
    Set<String> kept = study.cleaning().cut();
    if (model instanceof AnalysisChoice.NaiveBayes choice) {
      FeatureSpace cells =
          new FeatureSpace(schema, choice.alone(), buckets, choice.normal(), choice.interactions());
      FeatureSpace features = NaiveBayes.read(cells, label.classes(), total, records, kept);
      Rho rho = less(total, 1);
      Training training =
          label.isBinary()
              ? of(new NaiveBayes(features, label, rho))
              : of(new ClassBayes(features, label, rho));
      return training.found(Found.ofNormal(choice, features));
    }
    AnalysisChoice.Linear choice = (AnalysisChoice.Linear) model;
    FeatureSpace features =
        Pace.read(
            new FeatureSpace(schema, choice.features(), buckets, List.of(), choice.interactions()),
            label.classes(),
            total,
            records,
            kept);
    if (!label.isBinary()) {
      int rounds =
          choice
              .rounds()
              .orElseGet(() -> Pace.roundsOfClasses(features, label.classes(), total, records));
      return softmax(rounds, features, label, total).found(Found.ofValues(features));
    }
    Pace own = Pace.of(features, total, records);
    Pace pace = choice.rounds().isPresent() ? own.withRounds(choice.rounds().getAsInt()) : own;
    return linear(choice, pace, features, label, total);
  }

  private static KMeans kMeans(
      AnalysisChoice.Clustering choice, Schema schema, Rho total, OptionalLong people) {
    int rounds = KMeans.rounds(choice.columns().size(), choice.clusters(), total, people);
    return new KMeans(schema, choice.columns(), choice.clusters(), less(total, rounds), rounds);
  }

  private static Training linear(
      AnalysisChoice.Linear choice, Pace pace, FeatureSpace features, Label label, Rho total) {
    int rounds = pace.rounds();
    Objective objective = pace.of(choice.objective());
    if (!FixedHessian.takes(features)) {
      Rho rho = less(total, rounds + 1);
      return of(new CentredDescent(features, label, rho, rounds, objective))
          .found(Found.of(objective, features));
    }
    FixedHessian model =
        new FixedHessian(
            features, label, less(total, rounds), rounds, objective, pace.startOf(objective));
    return of(model, r -> StudyOutcome.of(model.conclude(r), model.weights(r), model.words(r)))
        .found(Found.of(objective, features));
  }

  private static Training softmax(int rounds, FeatureSpace features, Label label, Rho total) {
    return FixedHessian.takes(features)
        ? of(new SoftmaxHessian(features, label, less(total, rounds), rounds))
        : of(new SoftmaxDescent(features, label, less(total, rounds + 1), rounds));
  }

  private static Training of(Trainer<? extends Classifier> trainer) {
    return of(trainer, r -> StudyOutcome.of(trainer.conclude(r), List.of(), trainer.words(r)));
  }

  private static Training of(Trainer<?> trainer, Function<List<Release>, StudyOutcome> reading) {
    return new Training(
        Optional.empty(),
        trainer.read(reading),
        trainer::feasibility,
        trainer.replacementFactor(),
        Found.NOTHING);
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
    return people.isEmpty() ? people : OptionalLong.of(study.learntFrom(people.getAsLong()));
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
    asked.forEach(training -> training.releases().forEach(releases::add));
    evaluation.ifPresent(e -> releases.addAll(e.releases()));
    return List.copyOf(releases);
  }

  /**
   * @param before all releases before {@code index}, in order; more are ignored
   */
  @Override
  public SumQuery query(int index, List<Release> before) {
    int first = 0;
    for (Training training : asked) {
      int end = first + training.rounds();
      if (index < end) {
        return training.procedure().query(index - first, before.subList(first, index));
      }
      first = end;
    }
    return evaluation.orElseThrow().of(learnt(before)).query(0, List.of());
  }

  /** The outcome of all releases, in order; of several candidates that of the best. */
  @Override
  public StudyOutcome conclude(List<Release> releases) {
    List<StudyOutcome> all = evaluated(releases);
    Optional<Criterion> criterion = evaluation.flatMap(Evaluation::criterion);
    return criterion.isPresent() ? Choice.of(criterion.get(), candidates(all)) : all.get(0);
  }

  /**
   * What the releases of training come to, with the figures of another evaluation; of several
   * candidates it is the one that {@code releases} chose.
   *
   * @param releases all, in order
   */
  StudyOutcome concludeElsewhere(List<Release> releases, Release elsewhere) {
    int chosen = conclude(releases).choice().map(Choice::best).orElse(0);
    Release here = releases.get(releases.size() - 1);
    return evaluation.orElseThrow().elsewhere(learnt(releases), here, elsewhere).get(chosen);
  }

  private List<StudyOutcome> learnt(List<Release> releases) {
    List<StudyOutcome> outcomes = new ArrayList<>();
    int first = 0;
    for (Training training : asked) {
      int end = first + training.rounds();
      outcomes.add(training.procedure().conclude(releases.subList(first, end)));
      first = end;
    }
    return outcomes;
  }

  private List<StudyOutcome> evaluated(List<Release> releases) {
    List<StudyOutcome> outcomes = learnt(releases);
    int last = releases().size() - 1;
    return evaluation
        .map(e -> e.of(outcomes).conclude(releases.subList(last, last + 1)))
        .orElse(outcomes);
  }

  private List<Choice.Candidate> candidates(List<StudyOutcome> outcomes) {
    return IntStream.range(0, outcomes.size())
        .mapToObj(
            i ->
                new Choice.Candidate(
                    asked.get(i).candidate().orElseThrow(), asked.get(i).rounds(), outcomes.get(i)))
        .toList();
  }

  /**
   * What was found for the model; nothing where there are several candidates, which tell each for
   * itself. The same in every fold.
   */
  public Found found() {
    Training first = asked.get(0);
    return first.candidate().isEmpty() ? first.found() : Found.NOTHING;
  }

  /** How one of several candidates is to be learnt, as the planner found it. */
  public record Expectation(
      String candidate, int rounds, Found found, Optional<FeasibilityIndex> index) {}

  /**
   * The candidates in the study's order; none where there is only one model.
   *
   * @param people units over all nodes, as declared in public
   */
  public List<Expectation> candidates(Plan plan, long people) {
    return asked.stream()
        .flatMap(
            training ->
                training.candidate().stream()
                    .map(
                        name ->
                            new Expectation(
                                name,
                                training.rounds(),
                                training.found(),
                                index(training, plan, people))))
        .toList();
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
   * an audit or statistics. Of several candidates the furthest.
   *
   * @param people units over all nodes, as declared in public
   */
  public Optional<FeasibilityIndex> feasibility(Plan plan, long people) {
    return asked.stream()
        .flatMap(training -> index(training, plan, people).stream())
        .max(Comparator.comparingDouble(FeasibilityIndex::value));
  }

  private Optional<FeasibilityIndex> index(Training training, Plan plan, long people) {
    int m = plan.releases().get(0).noise().rowsPerUnit();
    double shares = (double) plan.quorum().nodes() / plan.quorum().honestSurvivors();
    long trained = learntFrom.applyAsLong(people);
    return training.foresight().of(trained).map(s -> s.withExcessVariance(shares * m * m));
  }

  /**
   * An upper bound of what the plan costs where a neighbour differs by exchanging one unit for
   * another instead of by having one more: the unit may then change sides of the split too.
   */
  public Rho costOfReplacement(Plan plan) {
    Rho cost = Rho.ZERO;
    int release = 0;
    for (Training training : asked) {
      for (int round = 0; round < training.rounds(); round++, release++) {
        cost = cost.plus(costOf(plan, release).times(training.replacementFactor()));
      }
    }
    return release < plan.releases().size()
        ? cost.plus(costOf(plan, release).times(HoldoutEvaluation.REPLACEMENT_FACTOR))
        : cost;
  }

  private static Rho costOf(Plan plan, int release) {
    return plan.releases().get(release).noise().rho();
  }
}
