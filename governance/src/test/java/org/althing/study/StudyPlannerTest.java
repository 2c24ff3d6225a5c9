package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.althing.cleaning.Recipe;
import org.althing.cleaning.Step;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.Repair;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.model.evaluation.Criterion;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.kmeans.Clusters;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.Accountant;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.quality.QualityFindings;
import org.althing.release.PaperFederation;
import org.althing.release.ReleaseSpec;
import org.althing.statistics.Request;
import org.althing.study.Planning.Planned;
import org.althing.study.Planning.Unplannable;
import org.althing.table.Batches;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.TextPattern;
import org.althing.vector.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StudyPlannerTest {
  private static final Rho AGREED = Accountant.rhoFor(1, 1e-5);

  private static Planned planned(Study study) {
    Planning planning = StudyPlanner.compile(study, Examples.contract(), Examples.roster(4));
    assertThat(planning).isInstanceOf(Planned.class);
    return (Planned) planning;
  }

  private static List<String> reasons(Study study) {
    Planning planning = StudyPlanner.compile(study, Examples.contract(), Examples.roster(4));
    assertThat(planning).isInstanceOf(Unplannable.class);
    return ((Unplannable) planning).reasons();
  }

  static Stream<Arguments> studies() {
    return Stream.of(
        Arguments.of(Examples.study(Examples.quality(), 0), 1),
        Arguments.of(Examples.study(Examples.statistics(), 0), 1),
        Arguments.of(Examples.study(Examples.naiveBayes(), 20), 2),
        Arguments.of(Examples.study(Examples.naiveBayes(), 0), 1),
        Arguments.of(Examples.study(Examples.logistic(), 20), 7),
        Arguments.of(Examples.study(Examples.candidates(), 20), 6 + 1 + 1 + 1));
  }

  @ParameterizedTest
  @MethodSource("studies")
  void neverCostsMoreThanWasAgreedAndUsesMostOfIt(Study study, int releases) {
    Plan plan = planned(study).plan();
    assertThat(plan.releases()).hasSize(releases);
    assertThat(plan.cost()).isLessThanOrEqualTo(AGREED);
    assertThat(plan.cost().toDouble()).isGreaterThan(0.7 * AGREED.toDouble());
  }

  /** ρ of one release by hand from the integers of its plan: Σ Δ²·10¹² / (2·h·σ²), up, and one. */
  @ParameterizedTest
  @MethodSource("studies")
  void costsWhatTheFormulaSays(Study study, int releases) {
    Plan plan = planned(study).plan();
    Map<Partition, Double> side = new java.util.EnumMap<>(Partition.class);
    for (ReleaseSpec release : plan.releases()) {
      double rho = 0;
      for (int b = 0; b < release.noise().sigmas().size(); b++) {
        double sigma = release.noise().sigmas().get(b);
        double bound = release.noise().shape().blocks().get(b).recordL2Squared();
        rho += bound / (2 * 2 * sigma * sigma);
      }
      side.merge(release.partition(), rho, Double::sum);
    }
    double expected =
        side.getOrDefault(Partition.ALL, 0.0)
            + Math.max(
                side.getOrDefault(Partition.TRAIN, 0.0), side.getOrDefault(Partition.HOLDOUT, 0.0));
    assertThat(plan.cost().toDouble()).isBetween(expected, expected + 2e-12 * releases + 1e-15);
    assertThat(plan.costIfAllOthersCollude().toDouble())
        .isBetween(2 * expected, 2 * expected + 4e-12 * releases);
  }

  @Test
  void trainingAndEvaluationMayEachCostTheWhole() {
    Plan plan = planned(Examples.study(Examples.naiveBayes(), 20)).plan();
    assertThat(plan.releases())
        .extracting(ReleaseSpec::partition)
        .containsExactly(Partition.TRAIN, Partition.HOLDOUT);
    Rho training = plan.releases().get(0).noise().rho();
    Rho evaluation = plan.releases().get(1).noise().rho();
    assertThat(plan.cost()).isEqualTo(training.max(evaluation));
    assertThat(plan.reservation()).isEqualTo(plan.cost().times(2));
  }

  @Test
  void candidatesShareTheBudgetEquallyAndAreEvaluatedInOneRelease() {
    Plan plan = planned(Examples.study(Examples.candidates(), 20)).plan();
    for (String name : List.of("plain", "bayes", "wide")) {
      double own =
          plan.releases().stream()
              .filter(r -> r.name().startsWith(name + ": "))
              .peek(r -> assertThat(r.partition()).isEqualTo(Partition.TRAIN))
              .mapToDouble(r -> r.noise().rho().toDouble())
              .sum();
      // Whole steps of noise may take less than the share, never more.
      assertThat(own).isBetween(0.7 * AGREED.toDouble() / 3, AGREED.toDouble() / 3 + 1e-12);
    }
    ReleaseSpec evaluation = plan.releases().get(plan.releases().size() - 1);
    assertThat(evaluation.name()).isEqualTo("evaluation");
    assertThat(evaluation.partition()).isEqualTo(Partition.HOLDOUT);
    for (Block block : evaluation.noise().shape().blocks()) {
      assertThat(block.recordL2Squared()).isEqualTo(3 * block.scale() * block.scale());
    }
    ReleaseSpec alone = planned(Examples.study(Examples.naiveBayes(), 20)).plan().releases().get(1);
    assertThat(noise(evaluation)).isCloseTo(Math.sqrt(3) * noise(alone), withinPercentage(10));
  }

  private static double noise(ReleaseSpec release) {
    return (double) release.noise().sigmas().get(0)
        / release.noise().shape().blocks().get(0).scale();
  }

  @Test
  void whatDoesNotFitIsToldOfTheCandidateThatAsksForIt() {
    AnalysisChoice.Label label = Examples.naiveBayes().label();
    AnalysisChoice.Candidates asked =
        new AnalysisChoice.Candidates(
            label,
            Criterion.ACCURACY,
            List.of(
                new AnalysisChoice.Candidate(
                    "fits", new AnalysisChoice.Logistic(label, List.of("weight"), 1)),
                new AnalysisChoice.Candidate(
                    "counts", new AnalysisChoice.NaiveBayes(label, List.of("weight")))),
            Optional.empty());
    assertThat(reasons(Examples.study(asked, 20)))
        .containsExactly(
            "candidate counts: column weight is a number without bins, which naive Bayes needs: declare them in the contract");
  }

  @Test
  void tellsOfEachCandidateHowItWouldBeLearntAndOfAllTheBestPromise() {
    Planned planned = planned(Examples.study(Examples.candidates(), 20));
    List<Programme.Expectation> all = planned.programme().candidates(planned.plan(), 900);
    assertThat(all)
        .extracting(Programme.Expectation::candidate)
        .containsExactly("plain", "bayes", "wide");
    assertThat(all).extracting(Programme.Expectation::rounds).containsExactly(6, 1, 1);
    double most =
        all.stream().mapToDouble(e -> e.index().orElseThrow().value()).max().orElseThrow();
    assertThat(planned.programme().feasibility(planned.plan(), 900).orElseThrow().value())
        .isEqualTo(most);
    Planned alone = planned(Examples.study(Examples.logistic(), 20));
    assertThat(alone.programme().candidates(alone.plan(), 900)).isEmpty();
  }

  @Test
  void theSameDocumentsGiveTheSameBytes() {
    Study study = Examples.study(Examples.logistic(), 20);
    assertThat(planned(study).plan().toBytes()).isEqualTo(planned(study).plan().toBytes());
  }

  @Test
  void aParticipantListNarrowsTheRosterAndItsQuorum() {
    Study some =
        asking(
            new Participation(
                List.of(Examples.node(2), Examples.node(0), Examples.node(3)),
                QuorumChoice.NONE,
                OptionalLong.empty()));
    Plan plan = planned(some).plan();
    assertThat(plan.roster().ids())
        .containsExactly(Examples.node(0), Examples.node(2), Examples.node(3));
    assertThat(plan.quorum().nodes()).isEqualTo(3);
    assertThat(planned(asking(Participation.EVERYBODY)).plan().roster())
        .isEqualTo(Examples.roster(4));
  }

  @Test
  void aStudyMayChooseItsQuorum() {
    QuorumChoice everyone =
        new QuorumChoice(
            OptionalInt.of(4), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty());
    Plan plan =
        planned(asking(new Participation(List.of(), everyone, OptionalLong.empty()))).plan();
    assertThat(plan.quorum().honestSurvivors()).isEqualTo(4);
    assertThat(plan.releases().get(0).noise().honestSurvivors()).isEqualTo(4);
    QuorumChoice unsafe =
        new QuorumChoice(
            OptionalInt.of(2), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    assertThat(reasons(asking(new Participation(List.of(), unsafe, OptionalLong.empty()))))
        .singleElement()
        .asString()
        .contains("two survivor sets");
  }

  @Test
  void namesEveryColumnThatDoesNotFit() {
    AnalysisChoice.Label label = new AnalysisChoice.Label("disease", List.of("1"));
    assertThat(
            reasons(
                Examples.study(
                    new AnalysisChoice.Logistic(label, List.of("age", "hieght", "name"), 6), 20)))
        .containsExactly(
            "column hieght is not in contract heart, which has age, sex, disease, weight",
            "column name may not leave its node, not even in a sum: the contract says so");
    assertThat(reasons(Examples.study(new AnalysisChoice.NaiveBayes(label, List.of("weight")), 20)))
        .singleElement()
        .asString()
        .contains("column weight is a number without bins");
    assertThat(
            reasons(
                Examples.study(
                    new AnalysisChoice.NaiveBayes(
                        label,
                        List.of("weight", "sex"),
                        List.of("weight", "sex"),
                        List.of(),
                        Optional.empty()),
                    20)))
        .containsExactly(
            "column sex is no number with a declared range, which normal numbers need: take it out there");
  }

  private static AnalysisChoice.NaiveBayes pairing(Interaction... pairs) {
    return new AnalysisChoice.NaiveBayes(
        Examples.naiveBayes().label(),
        List.of("age", "sex", "weight"),
        List.of("weight"),
        List.of(pairs),
        Optional.empty());
  }

  /** Of naive Bayes a pair stands for both its columns, of a linear model beside them. */
  @Test
  void interactionsAreBlocksOfTheirCells() {
    Interaction pair = new Interaction("age", "sex");
    Plan bayes = planned(Examples.study(pairing(pair), 20)).plan();
    assertThat(bayes.releases().get(0).noise().shape().blocks().get(0).length())
        .isEqualTo(2 * (3 + 4 * 2 + 1));
    AnalysisChoice.Logistic alone = Examples.logistic();
    AnalysisChoice.Logistic paired =
        new AnalysisChoice.Logistic(
            alone.label(),
            List.of("age", "sex"),
            List.of(pair),
            OptionalInt.of(3),
            alone.weights(),
            Optional.empty());
    Plan linear = planned(Examples.study(paired, 20)).plan();
    assertThat(linear.releases().get(1).noise().shape().blocks().get(0).length())
        .isEqualTo(5 + 3 + 9 + 1);
  }

  @Test
  void refusesInteractionsThatNoModelCanCount() {
    assertThatThrownBy(() -> pairing(new Interaction("age", "weight")))
        .hasMessageContaining("column weight is taken for normal");
    assertThatThrownBy(() -> pairing(new Interaction("age", "disease")))
        .hasMessageContaining("is none of the features");
    AnalysisChoice.Logistic linear = Examples.logistic();
    AnalysisChoice.Logistic unbinned =
        new AnalysisChoice.Logistic(
            linear.label(),
            linear.features(),
            List.of(new Interaction("age", "weight")),
            linear.rounds(),
            linear.weights(),
            Optional.empty());
    assertThat(reasons(Examples.study(unbinned, 20)))
        .containsExactly(
            "column weight has no cells, which the interaction age × weight needs: declare bins in the contract, or leave the interaction out");
  }

  @Test
  void naiveBayesCountsNoColumnInTwoInteractions() {
    assertThatThrownBy(
            () ->
                new AnalysisChoice.NaiveBayes(
                    Examples.naiveBayes().label(),
                    List.of("age", "sex", "stage"),
                    List.of(),
                    List.of(new Interaction("age", "sex"), new Interaction("stage", "age")),
                    Optional.empty()))
        .hasMessageContaining("column age is in 2 interactions");
  }

  @Test
  void statisticsNameEveryColumnThatIsNotOfTheirKind() {
    Request request =
        new Request(
            List.of(),
            List.of("sex"),
            List.of("age", "disease"),
            List.of(new Request.Pair("sex", "weight")));
    assertThat(reasons(Examples.study(new AnalysisChoice.Statistics(request), 0)))
        .containsExactly(
            "column sex is no number with a declared range, which quantiles need: take it out there",
            "column disease is no number with a declared range, which correlations need: take it out there",
            "column weight is a number without bins, which a cross table needs: declare them in the contract");
    Request secret = new Request(List.of(), List.of("name"), List.of(), List.of());
    assertThat(reasons(Examples.study(new AnalysisChoice.Statistics(secret), 0)))
        .containsExactly(
            "column name may not leave its node, not even in a sum: the contract says so");
  }

  @Test
  void statisticsCountEveryRecordAndItsColumns() {
    StudyOutcome outcome =
        new PaperFederation(2, 1, 0, Optional.empty())
            .run(
                planned(Examples.study(Examples.statistics(), 0)).programme(),
                nodes(Examples.contract().schema()));
    assertThat(outcome.statistics().orElseThrow().rows().value()).isEqualTo(300);
    assertThat(outcome.statistics().orElseThrow().columns()).hasSize(4);
    assertThat(outcome.quality()).isEmpty();
    assertThat(outcome.model()).isEmpty();
  }

  private static AnalysisChoice.NaiveBayes inGroups(String column) {
    AnalysisChoice.NaiveBayes bayes = Examples.naiveBayes();
    return new AnalysisChoice.NaiveBayes(
        bayes.label(), List.of("sex"), List.of(), List.of(), Optional.of(column));
  }

  /** The four cells of age and those whose age is not known, at the same noise and cost. */
  @Test
  void groupsMultiplyTheNumbersOfTheEvaluationAndNothingElse() {
    Study study = Examples.study(inGroups("age"), 20);
    Study without =
        Examples.study(new AnalysisChoice.NaiveBayes(inGroups("age").label(), List.of("sex")), 20);
    Plan plan = planned(study).plan();
    Plan plain = planned(without).plan();
    assertThat(plan.cost()).isEqualTo(plain.cost());
    assertThat(plan.releases().get(0)).isEqualTo(plain.releases().get(0));
    ReleaseSpec evaluation = plan.releases().get(1);
    assertThat(evaluation.noise().sigmas()).isEqualTo(plain.releases().get(1).noise().sigmas());
    assertThat(evaluation.noise().rho()).isEqualTo(plain.releases().get(1).noise().rho());
    assertThat(evaluation.noise().shape().blocks())
        .extracting(Block::length)
        .containsExactly(5 * 4, 5 * 64);
    assertThat(study.columnsRead(Examples.contract())).containsExactly("sex", "disease", "age");
    assertThat(without.columnsRead(Examples.contract())).containsExactly("sex", "disease");
    StudyOutcome outcome =
        PaperFederation.exact()
            .run(planned(study).programme(), nodes(Examples.contract().schema()));
    assertThat(outcome.groups().orElseThrow().groups()).hasSize(5);
    assertThat(planned(without).programme().groups()).isEmpty();
  }

  /** Study files come from anybody; reasons are shown on terminals and in logs. */
  @Test
  void aColumnsNameDoesNothingToATerminal() {
    assertThat(reasons(Examples.study(inGroups("a\u0085\u001b[31m\n"), 20)))
        .singleElement()
        .asString()
        .contains("column a??[31m? is not in contract heart");
  }

  @Test
  void refusesGroupsThatAreNoFewCells() {
    assertThat(reasons(Examples.study(inGroups("weight"), 20)))
        .containsExactly(
            "groups are 2 to 12 declared values or bins, column weight has 0: name another, or declare fewer and wider bins");
    assertThat(reasons(Examples.study(inGroups("name"), 20)))
        .singleElement()
        .asString()
        .contains("column name may not leave its node");
    assertThat(reasons(Examples.study(inGroups("aeg"), 20)))
        .singleElement()
        .asString()
        .contains("column aeg is not in contract heart");
  }

  @Test
  void refusesALabelThatTellsNothingApart() {
    assertThat(
            reasons(
                Examples.study(
                    new AnalysisChoice.NaiveBayes(
                        new AnalysisChoice.Label("disease", List.of("yes")), List.of("age")),
                    20)))
        .containsExactly("label disease has no value yes; declared are 0, 1, 2");
    assertThat(
            reasons(
                Examples.study(
                    new AnalysisChoice.NaiveBayes(
                        new AnalysisChoice.Label("sex", List.of("male", "female")), List.of("age")),
                    20)))
        .singleElement()
        .asString()
        .contains("nothing to tell apart");
  }

  @Test
  void refusesAnotherContractAndStrangers() {
    Study study =
        new Study(
            "s",
            "t",
            "p",
            "l",
            "lungs",
            Recipe.NONE,
            Examples.quality(),
            new PrivacyTerms(1, 1e-5, 1),
            0,
            Optional.empty(),
            new Participation(
                List.of(new NodeId("stranger")), QuorumChoice.NONE, OptionalLong.empty()),
            Study.DEFAULT_DEADLINE,
            Digest.of(new byte[] {1}));
    assertThat(reasons(study))
        .satisfiesExactly(
            r -> assertThat(r).contains("speaks of contract lungs, this is contract heart"),
            r -> assertThat(r).contains("participant stranger is not in the roster"));
  }

  /**
   * privacy §5 on Adult at ε = 0.1 gives S = 17 for N = 22 621, d = 104, R² = 14; here d = 5 + 3 +
   * 2 + 1 = 11, R² = 4, N = 900·0.8 = 720, ρ = 0.0305566, and n/h = 2 halves the variance that
   * counts: S = 720·√0.0611132 / (2·√11) / √2 = 18.97.
   */
  @Test
  void foretellsHowFarAModelGets() {
    Planned planned = planned(Examples.study(Examples.logistic(), 20));
    assertThat(planned.programme().feasibility(planned.plan(), 900))
        .hasValueSatisfying(s -> assertThat(s.value()).isBetween(18.9, 19.0));
    Planned audit = planned(Examples.study(Examples.quality(), 0));
    assertThat(audit.programme().feasibility(audit.plan(), 900)).isEmpty();
  }

  @Test
  void exchangingAUnitCostsTwiceForCountsAndFourTimesForGradientsOnBothSides() {
    Planned bayes = planned(Examples.study(Examples.naiveBayes(), 20));
    Rho both =
        bayes
            .plan()
            .releases()
            .get(0)
            .noise()
            .rho()
            .plus(bayes.plan().releases().get(1).noise().rho());
    assertThat(bayes.programme().costOfReplacement(bayes.plan())).isEqualTo(both.times(2));
    Planned logistic = planned(Examples.study(Examples.logistic(), 0));
    assertThat(logistic.programme().costOfReplacement(logistic.plan()))
        .isEqualTo(logistic.plan().cost().times(4));
    Planned statistics = planned(Examples.study(Examples.statistics(), 0));
    assertThat(statistics.programme().costOfReplacement(statistics.plan()))
        .isEqualTo(statistics.plan().cost().times(4));
  }

  /** The programme is its parts, run one after the other. */
  @Test
  void programmeConcludesWhatItsPartsConclude() {
    Schema schema = Examples.contract().schema();
    List<RecordBatch> nodes = nodes(schema);
    Programme programme = planned(Examples.study(Examples.naiveBayes(), 20)).programme();
    PaperFederation exact = new PaperFederation(2, 1, 20, Optional.empty());
    StudyOutcome outcome = exact.run(programme, nodes);
    NaiveBayes alone =
        new NaiveBayes(
            new FeatureSpace(schema, List.of("age", "sex")),
            new Label(schema, "disease", java.util.Set.of("1", "2")),
            AGREED.minus(new Rho(1)));
    assertThat(outcome.model()).hasValue(exact.run(alone, nodes));
    assertThat(outcome.evaluation()).isPresent();
    assertThat(outcome.quality()).isEmpty();
  }

  @Test
  void auditCountsEveryRecordAndItsColumns() {
    Study study =
        Examples.study(
            new AnalysisChoice.Quality(List.of("sex", "disease"), Optional.of("sex")), 0);
    StudyOutcome outcome =
        new PaperFederation(2, 1, 0, Optional.empty())
            .run(planned(study).programme(), nodes(Examples.contract().schema()));
    assertThat(outcome.quality().map(QualityFindings::rowCount).orElseThrow().value())
        .isEqualTo(300);
    assertThat(outcome.quality().orElseThrow().columns()).hasSize(2);
  }

  @Test
  void aLogisticProgrammeEvaluatesTheModelOfItsLastRound() {
    Planned planned = planned(Examples.study(Examples.logistic(), 20));
    StudyOutcome outcome =
        PaperFederation.exact().run(planned.programme(), nodes(Examples.contract().schema()));
    assertThat(outcome.model()).isPresent();
    assertThat(outcome.evaluation()).isPresent();
  }

  /** Three values of disease: nothing but the missing positive values says so. */
  @Test
  void aLabelOfSeveralClassesIsPlannedRunAndEvaluatedAsSuch() {
    AnalysisChoice.Label classes = new AnalysisChoice.Label("disease", List.of());
    List<RecordBatch> nodes = nodes(Examples.contract().schema());
    for (AnalysisChoice choice :
        List.of(
            new AnalysisChoice.Logistic(classes, List.of("age", "sex"), 3),
            new AnalysisChoice.NaiveBayes(classes, List.of("age", "sex")))) {
      Planned planned = planned(Examples.study(choice, 20));
      assertThat(planned.plan().cost().compareTo(AGREED)).isLessThanOrEqualTo(0);
      assertThat(planned.programme().feasibility(planned.plan(), 900)).isPresent();
      PaperFederation exact = new PaperFederation(2, 1, 20, Optional.empty());
      StudyOutcome outcome = exact.run(planned.programme(), nodes);
      assertThat(outcome.model().orElseThrow()).isInstanceOf(SoftmaxModel.class);
      assertThat(outcome.classEvaluation().orElseThrow().classes()).hasSize(3);
      assertThat(outcome.evaluation()).isEmpty();
    }
  }

  @Test
  void textsOfAFormAreAuditedAndEnterNoModelAndNoComparison() {
    Contract plain = Examples.contract();
    List<ContractColumn> columns = new ArrayList<>(plain.columns());
    columns.set(
        3,
        columns
            .get(3)
            .with(new Domain.Formed(1, 5, Optional.of(TextPattern.of("[0-9]"))), Repair.NONE));
    Contract formed =
        new Contract(
            plain.id(),
            plain.version(),
            plain.name(),
            plain.table(),
            columns,
            plain.unit(),
            List.of(),
            plain.digest());
    AnalysisChoice.Label label = new AnalysisChoice.Label("disease", List.of("1"));
    assertThat(
            StudyPlanner.misfits(
                Examples.study(new AnalysisChoice.Logistic(label, List.of("age", "weight"), 3), 20),
                formed))
        .containsExactly("column weight holds texts of a form, which no model reads: leave it out");
    assertThat(StudyPlanner.misfits(Examples.study(Examples.quality(), 0), formed)).isEmpty();
    assertThat(new Recipe(List.of(new Step.Distinct(List.of("weight")))).misfits(formed))
        .singleElement()
        .asString()
        .contains("rows are not compared by them");
  }

  @Test
  void ofTwoValuesOneHasToBeNamedPositive() {
    AnalysisChoice.Label sex = new AnalysisChoice.Label("sex", List.of());
    assertThat(
            StudyPlanner.misfits(
                Examples.study(new AnalysisChoice.Logistic(sex, List.of("age"), 3), 20),
                Examples.contract()))
        .singleElement()
        .asString()
        .contains("classes are 3 to 32 declared values, it has 2", "positive");
  }

  /** 720 records to learn from, ε = 1: S ≈ 25. */
  @Test
  void aStudyThatNamesNoRoundsGetsThemByThePeopleItDeclares() {
    AnalysisChoice.Logistic six = Examples.logistic();
    AnalysisChoice.Logistic any =
        new AnalysisChoice.Logistic(
            six.label(),
            List.of("age", "sex"),
            List.of(),
            OptionalInt.empty(),
            six.weights(),
            six.groups());
    Planned planned = planned(Examples.study(any, 20));
    assertThat(planned.plan().trainingRounds()).isEqualTo(10);
    assertThat(planned.programme().found().slopesCutAt()).hasValue(0.6);
    assertThat(planned.plan().releases().get(0).noise().shape().blocks().get(1).name())
        .isEqualTo("class by cell");
    assertThat(planned(Examples.study(six, 20)).plan().trainingRounds()).isEqualTo(6);
  }

  @Test
  void aSupportVectorMachineCostsWhatLogisticRegressionDoes() {
    AnalysisChoice.Logistic logistic = Examples.logistic();
    AnalysisChoice.LinearSvm svm =
        new AnalysisChoice.LinearSvm(
            logistic.label(),
            logistic.features(),
            List.of(),
            logistic.rounds(),
            logistic.weights(),
            0.01,
            Optional.empty());
    Planned planned = planned(Examples.study(svm, 20));
    Planned other = planned(Examples.study(logistic, 20));
    // Slopes are cut for one alone, so that whole shares of noise round otherwise.
    assertThat(planned.plan().cost().toDouble())
        .isCloseTo(other.plan().cost().toDouble(), withinPercentage(0.1));
    assertThat(planned.programme().costOfReplacement(planned.plan()).toDouble())
        .isCloseTo(
            other.programme().costOfReplacement(other.plan()).toDouble(), withinPercentage(0.1));
    StudyOutcome outcome =
        PaperFederation.exact().run(planned.programme(), nodes(Examples.contract().schema()));
    assertThat(outcome.model()).isPresent();
    assertThat(outcome.evaluation()).isPresent();
    assertThat(outcome.weights()).isEmpty();
  }

  @Test
  void clustersCountEveryRecordAndTheirRoundsFollowFromTheDeclaredPeople() {
    Planned planned =
        planned(Examples.study(new AnalysisChoice.Clustering(List.of("age", "weight"), 3), 0));
    assertThat(planned.plan().releases()).hasSize(4);
    assertThat(planned.plan().cost().compareTo(AGREED)).isLessThanOrEqualTo(0);
    assertThat(planned.programme().costOfReplacement(planned.plan()))
        .isEqualTo(planned.plan().cost().times(4));
    assertThat(planned.programme().feasibility(planned.plan(), 900)).isEmpty();
    Clusters found =
        new PaperFederation(2, 1, 0, Optional.empty())
            .run(planned.programme(), nodes(Examples.contract().schema()))
            .clusters()
            .orElseThrow();
    assertThat(found.records().value()).isEqualTo(300);
    assertThat(found.clusters()).hasSize(3);
    assertThat(reasons(Examples.study(new AnalysisChoice.Clustering(List.of("sex"), 3), 0)))
        .containsExactly(
            "column sex is no number with a declared range, which clusters need: take it out there");
  }

  private static List<RecordBatch> nodes(Schema schema) {
    List<RecordBatch> nodes = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        rows.add(
            List.of(
                String.valueOf(20 + (i * 7 + node) % 60),
                i % 2 == 0 ? "male" : "female",
                String.valueOf((i / 3 + node) % 3),
                String.valueOf(50 + i)));
      }
      nodes.add(Batches.of(schema, 1000L * node, rows));
    }
    return nodes;
  }

  private static Study asking(Participation participation) {
    Study study = Examples.study(Examples.naiveBayes(), 20);
    return new Study(
        study.id(),
        study.title(),
        study.purpose(),
        study.lead(),
        study.contract(),
        study.cleaning(),
        study.analysis(),
        study.privacy(),
        study.holdoutPercent(),
        study.folds(),
        participation,
        study.deadline(),
        study.digest());
  }
}
