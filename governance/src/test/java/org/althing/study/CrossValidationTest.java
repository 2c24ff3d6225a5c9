package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.federation.Roster;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.Trainer;
import org.althing.model.linear.FixedHessian;
import org.althing.model.linear.Objective;
import org.althing.model.linear.Pace;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.Accountant;
import org.althing.privacy.LedgerEntry.StudyReserved;
import org.althing.privacy.Partition;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.Rho;
import org.althing.release.Folds;
import org.althing.release.PaperFederation;
import org.althing.release.ReleaseSpec;
import org.althing.report.Findings;
import org.althing.report.PaperStudy;
import org.althing.report.StudyReport;
import org.althing.sheet.PlanSheet;
import org.althing.sheet.PlanText;
import org.althing.study.Planning.Planned;
import org.althing.table.Batches;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A study's folds in place of a hold-out. */
class CrossValidationTest {
  private static final Rho AGREED = Accountant.rhoFor(1, 1e-5);
  private static final Schema SCHEMA = Examples.contract().schema();

  private static Planning compiled(AnalysisChoice analysis, int folds) {
    Roster four = Examples.roster(4);
    return StudyPlanner.compile(
        Examples.crossValidated(analysis, folds), Examples.contract(), four);
  }

  private static Planned planned(AnalysisChoice analysis, int folds) {
    return (Planned) compiled(analysis, folds);
  }

  static Stream<Arguments> studies() {
    AnalysisChoice classes =
        new AnalysisChoice.NaiveBayes(
            new AnalysisChoice.Label("disease", List.of()), List.of("age", "sex"));
    return Stream.of(
            Arguments.of(Examples.naiveBayes(), 1),
            Arguments.of(Examples.logistic(), 6),
            Arguments.of(classes, 1))
        .flatMap(
            each ->
                IntStream.of(3, 5, 10)
                    .mapToObj(k -> Arguments.of(each.get()[0], each.get()[1], k)));
  }

  @ParameterizedTest
  @MethodSource("studies")
  void costsWhatTheLedgersSetAsideForAllTrainingsAndTheEvaluation(
      AnalysisChoice analysis, int rounds, int folds) {
    Plan plan = planned(analysis, folds).plan();
    assertThat(plan.releases()).hasSize(folds * rounds + 1);
    assertThat(plan.releases()).extracting(ReleaseSpec::partition).containsOnly(Partition.ALL);
    Rho training = Rho.ZERO;
    for (ReleaseSpec round : plan.releases().subList(0, rounds)) {
      training = training.plus(round.noise().rho());
    }
    Rho evaluation = plan.releases().get(folds * rounds).noise().rho();
    assertThat(plan.cost()).isEqualTo(training.times(folds).plus(evaluation));
    assertThat(plan.cost()).isLessThanOrEqualTo(AGREED);
    assertThat(plan.cost().toDouble()).isGreaterThan(0.7 * AGREED.toDouble());
    // In truth a record is in all trainings but one.
    assertThat(training.times(folds - 1).plus(evaluation)).isLessThan(plan.cost());
    List<PlannedRelease> releases =
        plan.releases().stream()
            .map(r -> new PlannedRelease(r.partition(), r.noise().rho()))
            .toList();
    assertThat(new StudyReserved(plan.digest(), "all", releases, plan.spareAttempts()).cost())
        .isEqualTo(plan.reservation());
    assertThat(Examples.crossValidated(analysis, folds).trainingRounds(plan)).isEqualTo(rounds);
  }

  @Test
  void refusesMorePlansThanThereMayBeReleases() {
    AnalysisChoice.Logistic six = Examples.logistic();
    AnalysisChoice ten = new AnalysisChoice.Logistic(six.label(), six.features(), 10);
    assertThat(((Planning.Unplannable) compiled(ten, 10)).reasons())
        .singleElement()
        .asString()
        .contains("1 to 100 releases, got 101");
  }

  private static final Label LABEL = new Label(SCHEMA, "disease", Set.of("1", "2"));

  private static Rho shareLess(int folds, int releases) {
    return new Rho(AGREED.pico() / (folds + 1)).minus(new Rho(releases));
  }

  private static Trainer<LinearModel> plainBayes(int folds) {
    FeatureSpace features =
        new FeatureSpace(SCHEMA, List.of("age", "sex"), FeatureSpace.DEFAULT_BUCKETS, List.of());
    return new NaiveBayes(features, LABEL, shareLess(folds, 1));
  }

  private static Trainer<LinearModel> plainLogistic(int folds) {
    OptionalLong learntFrom = OptionalLong.of(900L * (folds - 1) / folds);
    FeatureSpace cells = new FeatureSpace(SCHEMA, List.of("age", "sex", "weight"));
    FeatureSpace features = Pace.read(cells, 2, shareLess(folds, 0), learntFrom, Set.of());
    Pace pace = Pace.of(features, shareLess(folds, 0), learntFrom).withRounds(6);
    Objective objective = pace.of(Objective.LOGISTIC);
    return new FixedHessian(
        features, LABEL, shareLess(folds, 6), 6, objective, pace.startOf(objective));
  }

  private static RecordBatch where(RecordBatch records, Folds folds, int fold, boolean inside) {
    return records.select(
        IntStream.range(0, records.rows())
            .filter(r -> (folds.of(records.hundredth(r)) == fold) == inside)
            .toArray());
  }

  private static List<Arguments> counts() {
    List<Arguments> counts = new ArrayList<>();
    for (int folds : new int[] {3, 5, 8}) {
      counts.add(Arguments.of(Examples.naiveBayes(), plainBayes(folds), folds));
      counts.add(Arguments.of(Examples.logistic(), plainLogistic(folds), folds));
    }
    return counts;
  }

  /**
   * Records chosen first, models learnt by their trainers alone, and records counted one by one.
   */
  @ParameterizedTest
  @MethodSource("counts")
  void withoutNoiseItIsPlainCrossValidationToTheLastBit(
      AnalysisChoice analysis, Trainer<LinearModel> trainer, int count) {
    Folds folds = new Folds(count);
    RecordBatch all = Batches.hostile(SCHEMA, 5, 400);
    PaperFederation federation = new PaperFederation(2, 1, 0, Optional.empty());
    double[] mean = new double[0];
    int labelled = 0;
    int right = 0;
    for (int f = 0; f < count; f++) {
      LinearModel model = federation.run(trainer, List.of(where(all, folds, f, false)));
      double[] weights = model.weights();
      double[] sum = f == 0 ? new double[weights.length] : mean;
      mean = sum;
      Arrays.setAll(mean, w -> sum[w] + weights[w]);
      RecordBatch own = where(all, folds, f, true);
      Label.Reader label = LABEL.reader();
      LinearModel.Scorer scorer = model.scorer();
      for (int r = 0; r < own.rows(); r++) {
        if (label.isLabelled(own, r)) {
          labelled++;
          right += (scorer.logit(own, r) >= 0) == (label.outcome(own, r) == 1) ? 1 : 0;
        }
      }
    }
    double[] sum = mean;
    Arrays.setAll(mean, w -> sum[w] / count);
    StudyOutcome outcome = federation.run(planned(analysis, count).programme(), List.of(all));
    assertThat(((LinearModel) outcome.model().orElseThrow()).weights()).containsExactly(mean);
    assertThat(outcome.weights()).isEmpty();
    Performance found = outcome.evaluation().orElseThrow();
    assertThat(found.records().value()).isCloseTo(labelled, within(1e-6));
    assertThat(found.rates().accuracy().orElseThrow().value())
        .isCloseTo((double) right / labelled, within(1e-6));
  }

  @Test
  void tellsClassesApartInFoldsToo() {
    AnalysisChoice classes =
        new AnalysisChoice.NaiveBayes(
            new AnalysisChoice.Label("disease", List.of()), List.of("age", "sex"));
    StudyOutcome outcome =
        PaperFederation.exact()
            .run(planned(classes, 4).programme(), List.of(Batches.hostile(SCHEMA, 5, 400)));
    assertThat(outcome.model().orElseThrow().weightsByScore()).hasSize(3);
    assertThat(outcome.classEvaluation()).isPresent();
  }

  @Test
  void itsPlanStatesThePriceInWords() {
    Study study = Examples.crossValidated(Examples.logistic(), 5);
    Planned planned = planned(Examples.logistic(), 5);
    String text = PlanText.of(new PlanSheet(study, Examples.contract(), planned, List.of(), 900));
    assertThat(text)
        .contains(
            "logistic regression, 6 rounds",
            "5 folds of the units by a public hash, and 5 models",
            "each record is learnt from 4 times, and evaluated once",
            "charge it 5 trainings and the evaluation: each has 1/6 of the budget",
            "the accuracy measured over the folds is known to")
        .doesNotContain("hold-out is known", "keeps no hold-out");
    assertThat(
            PlanText.of(
                new PlanSheet(
                    Examples.study(Examples.logistic(), 20),
                    Examples.contract(),
                    (Planned)
                        StudyPlanner.compile(
                            Examples.study(Examples.logistic(), 20),
                            Examples.contract(),
                            Examples.roster(4)),
                    List.of(),
                    900)))
        .doesNotContain("fold");
  }

  static Stream<String> papers() {
    return Stream.of(PaperStudy.NAIVE_BAYES, PaperStudy.LOGISTIC, PaperStudy.IN_GROUPS);
  }

  @ParameterizedTest
  @MethodSource("papers")
  void itsReportSaysWhoseTheFiguresAreAndWhatTheyCost(String study) {
    Findings findings = PaperStudy.completed(study + "folds: 4\n", 400).findings();
    assertThat(findings.outcome().evaluation()).isPresent();
    assertThat(findings.plan().cost())
        .isLessThanOrEqualTo(
            Accountant.rhoFor(
                findings.study().privacy().epsilon(), findings.study().privacy().delta()));
    assertThat(new String(StudyReport.render(findings), StandardCharsets.UTF_8))
        .contains(
            "the mean of 4 models",
            "learnt from 3 times",
            "every unit once: 4 folds",
            "also where a fold is left out")
        .doesNotContain("never the same unit");
    if (findings.study().analysis() instanceof AnalysisChoice.Logistic) {
      assertThat(OptionalInt.of(findings.rounds()))
          .hasValue((findings.plan().releases().size() - 1) / 4);
    }
  }
}
