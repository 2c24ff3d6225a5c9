package org.althing.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.althing.contract.QualityRule;
import org.althing.contract.RowPredicate;
import org.althing.contract.RuleMeasure;
import org.althing.model.evaluation.ClassEvaluation;
import org.althing.model.evaluation.Groups;
import org.althing.model.evaluation.HoldoutEvaluation;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.kmeans.KMeans;
import org.althing.model.linear.CentredDescent;
import org.althing.model.linear.ClassWeights;
import org.althing.model.linear.FixedHessian;
import org.althing.model.linear.Objective;
import org.althing.model.linear.SoftmaxDescent;
import org.althing.model.linear.SoftmaxHessian;
import org.althing.model.linear.Start;
import org.althing.model.naivebayes.ClassBayes;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.quality.QualityAudit;
import org.althing.statistics.Request;
import org.althing.statistics.Statistics;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.vector.Block;
import org.althing.vector.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every procedure owes the privacy argument, whatever it learns. */
final class ProcedureClaimsTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0, 60.0))),
              new Column("bp", new Domain.Numbers(-1e-3, 300, false, List.of())),
              new Column("vast", new Domain.Numbers(-1.7e308, 1.7e308, false, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes", "very")))));
  private static final Label LABEL = new Label(SCHEMA, "ill", Set.of("yes", "very"));
  private static final Label CLASSES = new Label(SCHEMA, "ill", Set.of());
  private static final FeatureSpace CELLS = new FeatureSpace(SCHEMA, List.of("sex", "age"));
  private static final FeatureSpace MIXED =
      new FeatureSpace(SCHEMA, List.of("sex", "bp", "age", "vast"));
  private static final FeatureSpace NORMAL =
      new FeatureSpace(
          SCHEMA, List.of("sex", "bp", "age", "vast"), 0, List.of("bp", "age", "vast"));
  private static final List<Interaction> PAIRS = List.of(new Interaction("sex", "age"));
  private static final FeatureSpace PAIRED =
      new FeatureSpace(SCHEMA, List.of("sex", "age"), 0, List.of(), PAIRS);
  private static final FeatureSpace MIXED_PAIRED =
      new FeatureSpace(SCHEMA, List.of("sex", "bp", "age", "vast"), 0, List.of(), PAIRS);
  private static final FeatureSpace ONLY_PAIRS =
      new FeatureSpace(SCHEMA, List.of("bp"), 0, List.of("bp"), PAIRS);
  private static final FeatureSpace ONLY_NORMAL =
      new FeatureSpace(SCHEMA, List.of("bp", "vast"), 0, List.of("bp", "vast"));
  private static final QualityRule RULE =
      new QualityRule(
          "r",
          new RuleMeasure.Faults("age", RuleMeasure.Faults.Kind.MISSING_VALUES),
          QualityRule.Operator.MUST_BE_LESS_THAN,
          5,
          QualityRule.Unit.PERCENT,
          "completeness",
          "error");

  private static final QualityRule ROWS =
      about(
          "rows",
          new RuleMeasure.Matching(
              new RowPredicate.Compared("bp", RowPredicate.Comparison.LESS, 100), Optional.empty()),
          QualityRule.Unit.ROWS);
  private static final QualityRule AMONG =
      about(
          "among",
          new RuleMeasure.Matching(
              new RowPredicate.IsNull("bp"),
              Optional.of(new RowPredicate.OneOf("sex", List.of("m")))),
          QualityRule.Unit.PERCENT);
  private static final QualityRule DRIFT =
      about(
          "drift",
          new RuleMeasure.Drift(
              "age", RuleMeasure.Drift.Distance.KOLMOGOROV_SMIRNOV, List.of(0.25, 0.25, 0.5)),
          QualityRule.Unit.DISTANCE);

  private static final Request EVERY_STATISTIC =
      new Request(
          List.of(),
          List.of("age", "bp", "vast"),
          List.of("bp", "age", "vast"),
          List.of(new Request.Pair("sex", "age"), new Request.Pair("age", "ill")));

  private static QualityRule about(String id, RuleMeasure measure, QualityRule.Unit unit) {
    return new QualityRule(
        id, measure, QualityRule.Operator.MUST_BE_LESS_OR_EQUAL_TO, 0.5, unit, "", "error");
  }

  private static List<Procedure<?>> procedures(double rho) {
    Rho cost = Rho.roundedUp(rho);
    double[] weights = IntStream.range(0, MIXED.size()).mapToDouble(i -> i / 3.0 - 1).toArray();
    HoldoutEvaluation inGroups =
        new HoldoutEvaluation(
            new LinearModel(MIXED, LABEL, weights), cost, Optional.of(new Groups(SCHEMA, "age")));
    List<Procedure<Performance>> ofFolds =
        IntStream.range(0, 3)
            .<Procedure<Performance>>mapToObj(
                f -> {
                  double[] own = weights.clone();
                  own[f] = f;
                  return new HoldoutEvaluation(new LinearModel(MIXED, LABEL, own), cost);
                })
            .toList();
    LinearModel another = new LinearModel(CELLS, LABEL, new double[CELLS.size()]);
    HoldoutEvaluation ofSeveral =
        new HoldoutEvaluation(
            List.of(new LinearModel(MIXED, LABEL, weights), another, another),
            cost,
            Optional.of(new Groups(SCHEMA, "age")));
    double[][] byClass = {weights, new double[MIXED.size()], weights.clone()};
    byClass[2][0] = 1e300;
    SoftmaxModel classes = new SoftmaxModel(MIXED, CLASSES, byClass);
    ClassEvaluation ofSeveralClasses =
        new ClassEvaluation(List.of(classes, classes), cost, Optional.empty());
    ClassEvaluation classesInGroups =
        new ClassEvaluation(
            List.of(classes, classes), cost, Optional.of(new Groups(SCHEMA, "age")));
    return List.of(
        ofSeveral.read(r -> ofSeveral.conclude(r, 2)),
        ofSeveralClasses.read(r -> ofSeveralClasses.conclude(r, 1)),
        classesInGroups.read(r -> classesInGroups.byGroup(r, 1)),
        new Folds(3).outside(1, new NaiveBayes(CELLS, LABEL, cost)),
        new Folds(3).outside(2, new FixedHessian(MIXED, LABEL, cost, 4)),
        new Folds(3).joined(ofFolds),
        new ClassBayes(CELLS, CLASSES, cost),
        new ClassBayes(NORMAL, CLASSES, cost),
        new SoftmaxHessian(CELLS, CLASSES, cost, 3),
        new SoftmaxHessian(MIXED, CLASSES, cost, 4),
        new SoftmaxDescent(MIXED, CLASSES, cost, 3),
        new ClassEvaluation(classes, cost),
        new ClassBayes(ONLY_PAIRS, CLASSES, cost),
        new SoftmaxHessian(PAIRED, CLASSES, cost, 3),
        new SoftmaxDescent(MIXED_PAIRED, CLASSES, cost, 3),
        new NaiveBayes(ONLY_PAIRS, LABEL, cost),
        new FixedHessian(PAIRED, LABEL, cost, 3),
        new FixedHessian(
            PAIRED, LABEL, cost, 3, Objective.LOGISTIC.withMostSlope(0.6), Start.TABLES),
        new FixedHessian(MIXED_PAIRED, LABEL, cost, 3, Objective.svm(0.01, ClassWeights.EQUAL)),
        new CentredDescent(MIXED_PAIRED, LABEL, cost, 3),
        new NaiveBayes(CELLS, LABEL, cost),
        new NaiveBayes(NORMAL, LABEL, cost),
        new NaiveBayes(ONLY_NORMAL, LABEL, cost),
        new FixedHessian(CELLS, LABEL, cost, 3),
        new FixedHessian(MIXED, LABEL, cost, 4),
        new FixedHessian(CELLS, LABEL, cost, 3, Objective.logistic(new ClassWeights.Declared(0.2))),
        new FixedHessian(MIXED, LABEL, cost, 4, Objective.svm(0.01, ClassWeights.EQUAL)),
        new FixedHessian(MIXED, LABEL, cost, 3, Objective.LOGISTIC.withMostSlope(0.6)),
        new FixedHessian(
            CELLS, LABEL, cost, 4, Objective.LOGISTIC.withMostSlope(0.6), Start.TABLES),
        new FixedHessian(
            CELLS, LABEL, cost, 2, Objective.logistic(new ClassWeights.Balanced()), Start.TABLES),
        new CentredDescent(MIXED, LABEL, cost, 3, Objective.LOGISTIC.withMostSlope(0.5)),
        new CentredDescent(
            CELLS, LABEL, cost, 3, Objective.svm(0.01, new ClassWeights.Declared(3))),
        new CentredDescent(MIXED, LABEL, cost, 3, Objective.logistic(new ClassWeights.Balanced())),
        new KMeans(SCHEMA, List.of("age", "bp"), 3, cost, 4),
        new KMeans(SCHEMA, List.of("bp"), 8, cost, 6),
        new HoldoutEvaluation(new LinearModel(MIXED, LABEL, weights), cost),
        inGroups,
        inGroups.read(r -> inGroups.byGroup(r, 0)),
        new QualityAudit(SCHEMA, List.of(), List.of(RULE, ROWS, AMONG, DRIFT), cost),
        new Statistics(SCHEMA, EVERY_STATISTIC, cost));
  }

  static Stream<Arguments> cases() {
    return LongStream.rangeClosed(1, 5)
        .boxed()
        .flatMap(
            seed ->
                Stream.of(1e-4, 0.05, 900.0)
                    .flatMap(rho -> procedures(rho).stream().map(p -> Arguments.of(p, seed))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resultOfAnySplitOverNodesEqualsThePooledOneToTheLastBit(Procedure<?> procedure, long seed) {
    RecordBatch pooled = Batches.hostile(SCHEMA, seed, 90);
    List<RecordBatch> nodes =
        IntStream.range(0, 4).mapToObj(part -> Batches.part(pooled, part, 4)).toList();
    List<RecordBatch> withEmpty =
        List.of(pooled, Batches.empty(SCHEMA), Batches.empty(SCHEMA), Batches.empty(SCHEMA));
    Object split = PaperFederation.exact().run(procedure, nodes);
    assertThat(split).isEqualTo(PaperFederation.exact().run(procedure, withEmpty));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anyOneRecordMovesEachBlockByAtMostItsBound(Procedure<?> procedure, long seed) {
    RecordBatch rows = Batches.hostile(SCHEMA, seed, 60);
    List<Release> releases = PaperFederation.exact().releases(procedure, List.of(rows));
    for (int index = 0; index < releases.size(); index++) {
      SumQuery.Contributions contributions =
          procedure.query(index, releases.subList(0, index)).over(rows);
      NoisePlan plan = releases.get(index).spec().noise();
      for (int row = 0; row < rows.rows(); row++) {
        ContributionSum one = new ContributionSum(plan);
        contributions.add(row, one);
        assertWithinBounds(plan.shape(), OpenedSums.exact(one));
      }
    }
  }

  static Stream<Procedure<?>> cheapProcedures() {
    return procedures(0.05).stream();
  }

  /** Privacy §9, item 1: 10⁵ pairs of neighbours for each procedure, over all its releases. */
  @ParameterizedTest
  @MethodSource("cheapProcedures")
  @Tag("nightly")
  void noneOfManyNeighboursDifferByMoreThanIsCharged(Procedure<?> procedure) {
    int pairs = 0;
    for (long seed = 1; pairs < 100_000; seed++) {
      RecordBatch rows = Batches.hostile(SCHEMA, seed, 500);
      List<Release> releases = PaperFederation.exact().releases(procedure, List.of(rows));
      for (int index = 0; index < releases.size(); index++) {
        SumQuery query = procedure.query(index, releases.subList(0, index));
        NoisePlan plan = releases.get(index).spec().noise();
        for (int row = 0; row + 3 < rows.rows(); row++, pairs++) {
          long[] with = exact(query, plan, rows, row, row + 1 + row % 4);
          long[] without = exact(query, plan, rows, row + 1, row + 1 + row % 4);
          assertCharged(plan, IntStream.range(0, with.length).mapToLong(i -> with[i] - without[i]));
        }
      }
    }
  }

  private static long[] exact(SumQuery query, NoisePlan plan, RecordBatch rows, int from, int to) {
    ContributionSum sum = new ContributionSum(plan);
    SumQuery.Contributions contributions = query.over(rows);
    for (int row = from; row < to; row++) {
      contributions.add(row, sum);
    }
    return OpenedSums.exact(sum);
  }

  /** Within each block's bound, and Σ ‖Δ‖² / 2hσ² over the blocks within the whole charge. */
  private static void assertCharged(NoisePlan plan, LongStream difference) {
    long[] moved = difference.toArray();
    assertWithinBounds(plan.shape(), moved);
    double rho = 0;
    for (int b = 0; b < plan.shape().blocks().size(); b++) {
      double sigma = plan.sigmas().get(b);
      for (int i = plan.shape().offset(b); i < plan.shape().offset(b + 1); i++) {
        double steps = moved[i];
        rho += steps * steps / (2 * plan.honestSurvivors() * sigma * sigma);
      }
    }
    assertThat(rho).isLessThanOrEqualTo(plan.rho().toDouble() * (1 + 1e-12));
  }

  private static void assertWithinBounds(Shape shape, long[] contribution) {
    for (int b = 0; b < shape.blocks().size(); b++) {
      Block block = shape.blocks().get(b);
      long l2Squared = 0;
      for (int i = shape.offset(b); i < shape.offset(b + 1); i++) {
        l2Squared = Math.addExact(l2Squared, contribution[i] * contribution[i]);
      }
      assertThat(l2Squared).as(block.name()).isLessThanOrEqualTo(block.recordL2Squared());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noisyRunRepeatsToTheLastBitUnderTheSameWords(Procedure<?> procedure, long seed) {
    List<RecordBatch> nodes =
        List.of(Batches.hostile(SCHEMA, seed, 40), Batches.hostile(SCHEMA, seed + 100, 30));
    Object first = PaperFederation.noisy(2, seed).run(procedure, nodes);
    assertThat(PaperFederation.noisy(2, seed).run(procedure, nodes)).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasAResultWithoutAnyRowWithAndWithoutNoise(Procedure<?> procedure, long seed) {
    List<RecordBatch> nobody = List.of(Batches.empty(SCHEMA), Batches.empty(SCHEMA));
    // Every result refuses what is not finite when it is made, so having one is the claim.
    assertThat((Object) PaperFederation.exact().run(procedure, nobody)).isNotNull();
    assertThat((Object) PaperFederation.noisy(1, seed).run(procedure, nobody)).isNotNull();
  }

  static Stream<Arguments> poorData() {
    List<String> allMissing = List.of("", "", "", "", "");
    List<String> labelOnly = List.of("", "?", "x", "1e999", "yes");
    List<String> healthy = List.of("f", "50", "120", "0", "no");
    return Stream.of(allMissing, labelOnly, healthy)
        .flatMap(
            row ->
                Stream.of(1, 50)
                    .flatMap(
                        times ->
                            procedures(0.5).stream()
                                .map(
                                    p ->
                                        Arguments.of(
                                            p, java.util.Collections.nCopies(times, row)))));
  }

  @ParameterizedTest
  @MethodSource("poorData")
  void hasAResultForOneClassConstantFeaturesAndMissingEverything(
      Procedure<?> procedure, List<List<String>> rows) {
    List<RecordBatch> nodes = List.of(Batches.of(SCHEMA, 0, rows));
    assertThat((Object) PaperFederation.exact().run(procedure, nodes)).isNotNull();
    assertThat((Object) PaperFederation.noisy(1, 7).run(procedure, nodes)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void costsAtMostWhatWasGrantedButForOneUnitOfRounding(Procedure<?> procedure, long seed) {
    Rho total = Rho.ZERO;
    Rho granted = Rho.ZERO;
    for (ReleaseTemplate template : procedure.releases()) {
      total = total.plus(NoisePlan.calibrate(template.blocks(), 1, 2).rho());
      for (var block : template.blocks()) {
        granted = granted.plus(block.rho());
      }
      assertThat(template.partition()).isIn((Object[]) Partition.values());
    }
    assertThat(total.pico()).isLessThanOrEqualTo(granted.pico() + procedure.releases().size());
  }
}
