package org.althing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.althing.cleaning.Recipe;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.model.evaluation.Criterion;
import org.althing.model.features.Interaction;
import org.althing.model.linear.ClassWeights;
import org.althing.model.linear.Objective;
import org.althing.release.Folds;
import org.althing.statistics.Request;
import org.althing.study.AnalysisChoice;
import org.althing.study.Participation;
import org.althing.study.PrivacyTerms;
import org.althing.study.QuorumChoice;
import org.althing.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyDocumentTest {
  private static final String FULL =
      """
      althing: study/v1
      id: heart-lr
      title: 心脏病 logistic regression
      purpose: heart-research
      lead: lead-one
      contract: heart
      analysis:
        logistic:
          label: { column: num, positive: ["1", "2"] }
          features: [age, sex]
          rounds: 3
      privacy: { epsilon: 0.5, delta: 1.0e-6, spare_attempts: 0 }
      holdout_percent: 25
      participants:
        nodes: [east, north, south]
        people: 900
        quorum: { threshold: 3, colluders: 1, least_cohort: 3, least_survivors: 3 }
      deadline: 30m
      """;

  private static final String SHORT =
      """
      althing: study/v1
      id: audit
      title: Audit
      purpose: data-quality
      lead: lead-one
      contract: heart
      analysis: { quality: {} }
      privacy: { epsilon: 1, delta: 1e-5 }
      """;

  private static Study read(String text) throws DocumentError {
    return StudyDocument.read("s.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsEveryKey() throws DocumentError {
    Study study = read(FULL);
    assertThat(study)
        .isEqualTo(
            new Study(
                "heart-lr",
                "心脏病 logistic regression",
                "heart-research",
                "lead-one",
                "heart",
                Recipe.NONE,
                new AnalysisChoice.Logistic(
                    new AnalysisChoice.Label("num", List.of("1", "2")), List.of("age", "sex"), 3),
                new PrivacyTerms(0.5, 1e-6, 0),
                25,
                Optional.empty(),
                new Participation(
                    List.of(new NodeId("east"), new NodeId("north"), new NodeId("south")),
                    new QuorumChoice(
                        OptionalInt.of(3), OptionalInt.of(1), OptionalInt.of(3), OptionalInt.of(3)),
                    OptionalLong.of(900)),
                Duration.ofMinutes(30),
                Digest.of(FULL.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void whatIsLeftOutHasAUsualValue() throws DocumentError {
    Study audit = read(SHORT);
    assertThat(audit.analysis()).isEqualTo(new AnalysisChoice.Quality(List.of(), Optional.empty()));
    assertThat(audit.privacy().spareAttempts()).isEqualTo(1);
    assertThat(audit.holdoutPercent()).isZero();
    assertThat(audit.participation()).isEqualTo(Participation.EVERYBODY);
    assertThat(audit.deadline()).isEqualTo(Duration.ofHours(6));
    Study model =
        read(
            SHORT.replace(
                "{ quality: {} }",
                "{ naive-bayes: { label: { column: num, positive: [yes] }, features: [age] } }"));
    assertThat(model.holdoutPercent()).isEqualTo(20);
  }

  @Test
  void readsHowMuchAPositiveRecordCounts() throws DocumentError {
    AnalysisChoice.Logistic equal = (AnalysisChoice.Logistic) read(FULL).analysis();
    assertThat(equal.weights()).isEqualTo(ClassWeights.EQUAL);
    assertThat(equal.weighing()).isEmpty();
    AnalysisChoice.Logistic balanced = weighing("balanced");
    assertThat(balanced.weights()).isEqualTo(new ClassWeights.Balanced());
    assertThat(balanced.weighing()).isEqualTo(", both classes counting alike");
    AnalysisChoice.Logistic declared = weighing("2.5");
    assertThat(declared.weights()).isEqualTo(new ClassWeights.Declared(2.5));
    assertThat(declared.weighing()).isEqualTo(", a positive record counting for 2.5 negative ones");
    assertThatThrownBy(() -> weighing("much")).hasMessageContaining("expected a decimal number");
    assertThatThrownBy(() -> weighing("0")).hasMessageContaining("from 0.01 to 100");
  }

  private static AnalysisChoice.Logistic weighing(String weight) throws DocumentError {
    String text = FULL.replace("rounds: 3", "rounds: 3\n    positive_weight: " + weight);
    return (AnalysisChoice.Logistic) read(text).analysis();
  }

  @ParameterizedTest
  @ValueSource(strings = {"naive-bayes", "logistic"})
  void aLabelWithoutPositiveValuesHasAClassForEachOfItsValues(String word) throws DocumentError {
    String text =
        SHORT.replace(
            "{ quality: {} }",
            "{ %s: { label: { column: num }, features: [age] } }".formatted(word));
    assertThat(read(text).analysis().columns()).containsExactly("age", "num");
    assertThat(read(text.replace("[age]", "[age], groups: sex")).analysis().groups())
        .hasValue("sex");
    assertThatThrownBy(() -> read(text.replace("[age]", "[age], groups: num")))
        .hasMessageContaining("the label num is also the groups");
    assertThatThrownBy(() -> read(text.replace(word, "linear-svm")))
        .hasMessageContainingAll("tells two classes apart", "logistic or naive-bayes");
  }

  @Test
  void noWeightOfAPositiveRecordWithoutAPositiveValue() {
    String text =
        FULL.replace("positive: [\"1\", \"2\"] }", "}")
            .replace("column: num, }", "column: num }")
            .replace("rounds: 3", "rounds: 3\n    positive_weight: balanced");
    assertThatThrownBy(() -> read(text)).hasMessageContaining("or leave the weight out");
  }

  @Test
  void readsTheExpectedShareOfPositiveRecords() throws DocumentError {
    assertThat(read(FULL).analysis().expectedPositives()).isEmpty();
    String text = FULL.replace("column: num,", "column: num, expected: 0.01,");
    assertThat(read(text).analysis().expectedPositives()).hasValue(0.01);
    for (String share : List.of("0", "1", "0.0000001")) {
      assertThatThrownBy(() -> read(text.replace("0.01", share)))
          .hasMessageContaining("label.expected: expected a number from 0.000001 to 0.999999");
    }
    assertThatThrownBy(() -> read(text.replace("positive: [\"1\", \"2\"]", "positive: []")))
        .hasMessageContaining("num has no positive values");
  }

  @Test
  void readsALinearSupportVectorMachineWithItsPenalty() throws DocumentError {
    String text = FULL.replace("logistic:", "linear-svm:");
    AnalysisChoice.LinearSvm svm = (AnalysisChoice.LinearSvm) read(text).analysis();
    assertThat(svm.rounds()).hasValue(3);
    assertThat(svm.l2()).isEqualTo(AnalysisChoice.LinearSvm.DEFAULT_L2);
    assertThat(svm.objective()).isEqualTo(Objective.svm(svm.l2(), ClassWeights.EQUAL));
    String penalised = text.replace("rounds: 3", "rounds: 3\n    l2: 0.5");
    assertThat(((AnalysisChoice.LinearSvm) read(penalised).analysis()).l2()).isEqualTo(0.5);
    assertThatThrownBy(() -> read(penalised.replace("l2: 0.5", "l2: 11")))
        .hasMessageContaining("from 0 to 10");
    assertThatThrownBy(() -> read(penalised.replace("linear-svm:", "logistic:")))
        .hasMessageContaining("l2");
  }

  @Test
  void readsClustersWhichHoldNothingOut() throws DocumentError {
    String text =
        SHORT.replace("{ quality: {} }", "{ k-means: { columns: [age, chol], clusters: 4 } }");
    Study study = read(text);
    assertThat(study.analysis())
        .isEqualTo(new AnalysisChoice.Clustering(List.of("age", "chol"), 4));
    assertThat(study.holdoutPercent()).isZero();
    assertThatThrownBy(() -> read(text.replace("clusters: 4", "clusters: 1")))
        .hasMessageContaining("a whole number from 2 to 16");
    assertThatThrownBy(() -> read(text.replace("[age, chol]", "[age, age]")))
        .hasMessageContaining("name something twice");
    assertThatThrownBy(() -> read(text.replace("[age, chol]", "[]")))
        .hasMessageContaining("1 to 16 columns");
    assertThatThrownBy(() -> read(text.replace(", clusters: 4", "")))
        .hasMessageContaining("clusters");
    assertThatThrownBy(() -> read(text + "holdout_percent: 10\n"))
        .hasMessageContaining("leave the hold-out out");
  }

  @Test
  void readsWhichNumbersAreTakenForNormal() throws DocumentError {
    String text =
        SHORT.replace(
            "{ quality: {} }",
            "{ naive-bayes: { label: { column: num, positive: [yes] }, features: [age, sex], normal: [age] } }");
    assertThat(read(text).analysis())
        .isEqualTo(
            new AnalysisChoice.NaiveBayes(
                new AnalysisChoice.Label("num", List.of("yes")),
                List.of("age", "sex"),
                List.of("age"),
                List.of(),
                Optional.empty()));
    assertThat(read(text.replace("normal: [age]", "interactions: [[sex, age]]")).analysis())
        .isEqualTo(
            new AnalysisChoice.NaiveBayes(
                new AnalysisChoice.Label("num", List.of("yes")),
                List.of("age", "sex"),
                List.of(),
                List.of(new Interaction("sex", "age")),
                Optional.empty()));
    assertThatThrownBy(() -> read(text.replace("normal: [age]", "interactions: [[sex]]")))
        .hasMessageContaining(
            "analysis.naive-bayes.interactions: expected two columns in interaction 1, got 1 → write an interaction as [first, second]");
    assertThatThrownBy(() -> read(text.replace("normal: [age]", "interactions: [[sex, sex]]")))
        .hasMessageContaining("cannot interact with itself");
    assertThatThrownBy(() -> read(text.replace("normal: [age]", "interactions: [[sex, cp]]")))
        .hasMessageContaining("column cp of the interaction sex × cp is none of the features");
    assertThatThrownBy(() -> read(text.replace("normal: [age]", "normal: [chol]")))
        .hasMessageContaining("some of the features");
  }

  @ParameterizedTest
  @ValueSource(strings = {"naive-bayes", "logistic", "linear-svm"})
  void readsInWhichGroupsAModelIsEvaluated(String word) throws DocumentError {
    String text =
        SHORT.replace(
            "{ quality: {} }",
            "{ %s: { label: { column: num, positive: [yes] }, features: [age], groups: sex } }"
                .formatted(word));
    assertThat(read(text).analysis().groups()).hasValue("sex");
    assertThat(read(text).analysis().columns()).containsExactly("age", "num", "sex");
    assertThat(read(text.replace("groups: sex", "groups: age")).analysis().columns())
        .containsExactly("age", "num");
    assertThat(read(text.replace(", groups: sex", "")).analysis().groups()).isEmpty();
    assertThatThrownBy(() -> read(text.replace("groups: sex", "groups: num")))
        .hasMessageContaining("the label num is also the groups: name another column there");
    assertThatThrownBy(() -> read(text.replace("groups: sex", "groups: [sex, age]")))
        .hasMessageContaining("groups: expected");
    assertThatThrownBy(() -> read(text + "holdout_percent: 0\n"))
        .hasMessageContaining("hold some out, or leave the groups out");
  }

  @Test
  void readsFoldsInPlaceOfAHoldOutForOneModelOnly() throws DocumentError {
    String text =
        SHORT.replace(
            "{ quality: {} }",
            "{ naive-bayes: { label: { column: num, positive: [yes] }, features: [age] } }");
    Study study = read(text + "folds: 5\n");
    assertThat(study.folds()).hasValue(new Folds(5));
    assertThat(study.holdoutPercent()).isZero();
    assertThat(read(text).folds()).isEmpty();
    for (String other : List.of("2", "11", "5.5", "many")) {
      assertThatThrownBy(() -> read(text + "folds: " + other + "\n"))
          .hasMessageContaining("a whole number from 3 to 10");
    }
    assertThatThrownBy(() -> read(text + "folds: 5\nholdout_percent: 20\n"))
        .hasMessageContaining("expected folds or holdout_percent, got both → keep one");
    assertThatThrownBy(() -> read(text + "folds: 5\nholdout_percent: 0\n"))
        .hasMessageContaining("expected folds or holdout_percent, got both");
    for (String analysis :
        List.of(
            "{ quality: {} }",
            "{ statistics: {} }",
            "{ k-means: { columns: [age, chol], clusters: 4 } }")) {
      assertThatThrownBy(() -> read(SHORT.replace("{ quality: {} }", analysis) + "folds: 5\n"))
          .hasMessageContaining("folds are for one model, not for")
          .hasMessageContaining("leave the folds out");
    }
    assertThatThrownBy(() -> read(CANDIDATES + "folds: 5\n"))
        .hasMessageContaining("folds are for one model, not for candidates");
  }

  private static final String CANDIDATES =
      SHORT.replace(
          "{ quality: {} }",
          """

            candidates:
              label: { column: num, positive: ["1"] }
              choose_by: auc
              features: [age, sex]
              models:
                plain: { logistic: {} }
                old-only: { naive-bayes: { features: [age], normal: [age] } }
                margin: { linear-svm: { l2: 0.5, rounds: 2 } }
          """);

  @Test
  void readsCandidatesThatShareALabelAndUsualFeatures() throws DocumentError {
    AnalysisChoice.Label label = new AnalysisChoice.Label("num", List.of("1"));
    Study study = read(CANDIDATES);
    assertThat(study.holdoutPercent()).isEqualTo(20);
    AnalysisChoice.Candidates asked = (AnalysisChoice.Candidates) study.analysis();
    assertThat(asked.label()).isEqualTo(label);
    assertThat(asked.criterion()).isEqualTo(Criterion.AUC);
    assertThat(asked.candidates())
        .containsExactly(
            new AnalysisChoice.Candidate(
                "plain",
                new AnalysisChoice.Logistic(
                    label,
                    List.of("age", "sex"),
                    List.of(),
                    OptionalInt.empty(),
                    ClassWeights.EQUAL,
                    Optional.empty())),
            new AnalysisChoice.Candidate(
                "old-only",
                new AnalysisChoice.NaiveBayes(
                    label, List.of("age"), List.of("age"), List.of(), Optional.empty())),
            new AnalysisChoice.Candidate(
                "margin",
                new AnalysisChoice.LinearSvm(
                    label,
                    List.of("age", "sex"),
                    List.of(),
                    OptionalInt.of(2),
                    ClassWeights.EQUAL,
                    0.5,
                    Optional.empty())));
    assertThat(asked.columns()).containsExactly("age", "sex", "num");
    assertThat(asked.words())
        .containsExactly("candidates", "logistic", "naive-bayes", "linear-svm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auc | f1 | choose_by: expected auc | accuracy | log-loss, got \"f1\"",
        "choose_by: auc | choose_bye: auc | choose_bye → did you mean \"choose_by\"?",
      })
  void wrongCandidatesAreToldByPlace(String from, String to, String error) {
    assertThatThrownBy(() -> read(CANDIDATES.replace(from, to))).hasMessageContaining(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "auc; log-loss; a support vector machine, gives margins: choose by auc or accuracy",
        "plain: { logistic: {} }; plain: { logistic: {}, naive-bayes: {} }; expected one kind of model, got logistic and naive-bayes → keep one",
        "plain: { logistic: {} }; plain: { k-means: {} }; models.plain.k-means → allowed here: linear-svm, logistic, naive-bayes",
        "plain: { logistic: {} }; Plain: { logistic: {} }; models.Plain: a candidate's name is 1 to 32 lower-case letters",
        "plain: { logistic: {} }; plain: { logistic: { groups: sex } }; models.plain.logistic.groups",
        "plain: { logistic: {} }; plain: { logistic: { label: { column: age } } }; models.plain.logistic.label",
        "plain: { logistic: {} }; plain: { linear-svm: { l2: 0.5, rounds: 2 } }; candidates plain and margin are the same model: keep one",
        "features: [age, sex]; groups: age; models.plain.logistic.features → add \"features:\" here",
        "[age], normal; [num], normal; the label num is also among the features",
      })
  void candidatesThatCannotBeComparedAreRefused(String from, String to, String error) {
    assertThatThrownBy(() -> read(CANDIDATES.replace(from, to))).hasMessageContaining(error);
  }

  @Test
  void twoToFiveCandidatesAreComparedAndOnlyOnHeldOutRecords() {
    String one =
        CANDIDATES
            .replace("      margin: { linear-svm: { l2: 0.5, rounds: 2 } }\n", "")
            .replace("      old-only: { naive-bayes: { features: [age], normal: [age] } }\n", "");
    assertThatThrownBy(() -> read(one))
        .hasMessageContaining("2 to 5 candidates are compared, got 1");
    StringBuilder more = new StringBuilder();
    for (int rounds = 4; rounds <= 6; rounds++) {
      more.append("      more-%d: { logistic: { rounds: %d } }\n".formatted(rounds, rounds));
    }
    String tooMany = CANDIDATES.replace("      margin:", more + "      margin:");
    assertThatThrownBy(() -> read(tooMany)).hasMessageContaining("got 6");
    assertThatThrownBy(() -> read(CANDIDATES + "holdout_percent: 0\n"))
        .hasMessageContaining("candidates are compared on held-out records: hold some out");
  }

  @Test
  void noOtherAnalysisHasGroups() {
    assertThatThrownBy(() -> read(SHORT.replace("quality: {}", "quality: { groups: sex }")))
        .hasMessageContaining("unknown key");
  }

  @ParameterizedTest
  @CsvSource({"45s,45", "90m,5400", "2h,7200", "14d,1209600"})
  void readsDeadlines(String text, long seconds) throws DocumentError {
    assertThat(read(SHORT + "deadline: " + text + "\n").deadline().toSeconds()).isEqualTo(seconds);
  }

  /** Error texts are pinned: line, column, path, what is wrong and what to do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features: [age, sex] | feature: [age, sex] | ALT-DOC-012 unknown key  s.yaml:10:5  analysis.logistic.feature → did you mean \"features\"?",
        "deadline: 30m | dedline: 30m | ALT-DOC-012 unknown key  s.yaml:18:1  dedline → did you mean \"deadline\"?",
        "logistic: | logistik: | ALT-DOC-012 unknown key  s.yaml:8:3  analysis.logistik → did you mean \"logistic\"?",
        "epsilon: 0.5 | epsilon: half | ALT-DOC-013 wrong type  s.yaml:12:21  privacy.epsilon: expected a decimal number, got \"half\"",
        "rounds: 3 | rounds: 11 | ALT-DOC-014 out of range  s.yaml:11:13  analysis.logistic.rounds: expected a whole number from 1 to 10, got \"11\"",
        "deadline: 30m | deadline: soon | ALT-DOC-017 not acceptable  s.yaml:18:11  deadline: expected a whole number and a unit, got \"soon\" → write for example 90s, 30m, 6h or 14d",
        "purpose: heart-research | id: other | ALT-DOC-009 duplicate key  s.yaml:4:1  id: already given in line 2 → keep one",
        "study/v1 | policy/v1 | ALT-DOC-016 wrong kind of document  s.yaml:1:10  althing: expected study/v1, got \"policy/v1\" → give a study file here, or correct this line",
        "[east, north, south] | [East] | ALT-DOC-017 not acceptable  s.yaml:15:10  participants.nodes: a node id is 1 to 63 lower-case letters, digits and inner hyphens, a letter first",
        "[age, sex] | [age, num] | ALT-DOC-017 not acceptable  s.yaml:9:5  analysis.logistic: the label num is also among the features: take it out",
        "id: heart-lr | id: Heart | ALT-DOC-017 not acceptable  s.yaml:1:10  althing: a study id is 1 to 63 lower-case letters, digits and inner hyphens, a letter first",
      })
  void everyErrorSaysWhereAndWhatToDo(String from, String to, String error) {
    assertThatThrownBy(() -> read(FULL.replace(from, to)))
        .isInstanceOf(DocumentError.class)
        .hasMessage(error);
  }

  private static final String STATISTICS =
      SHORT.replace(
          "{ quality: {} }",
          """

            statistics:
              columns: [age, sex, num]
              quantiles: [age]
              correlations: [age, num]
              tables: [[sex, num], [age, num]]
          """);

  @Test
  void readsStatistics() throws DocumentError {
    Study study = read(STATISTICS);
    assertThat(study.holdoutPercent()).isZero();
    assertThat(study.analysis())
        .isEqualTo(
            new AnalysisChoice.Statistics(
                new Request(
                    List.of("age", "sex", "num"),
                    List.of("age"),
                    List.of("age", "num"),
                    List.of(new Request.Pair("sex", "num"), new Request.Pair("age", "num")))));
    assertThat(read(SHORT.replace("{ quality: {} }", "{ statistics: {} }")).analysis())
        .isEqualTo(
            new AnalysisChoice.Statistics(new Request(List.of(), List.of(), List.of(), List.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "correlations: [age, num]|correlations: [age]|analysis.statistics: correlations are asked of 2 to 50 columns, got 1",
        "[[sex, num],|[[sex],|analysis.statistics.tables: expected two columns in table 1, got 1 → write a table as [rows, columns], for example [sex, age]",
        "[[sex, num],|[[sex, sex],|analysis.statistics.tables: a table crosses two columns, got sex twice",
        "[[sex, num],|[sex,|analysis.statistics.tables[0]: expected a list, got \"sex\"",
        "[[sex, num],|[[age, num],|analysis.statistics: tables name something twice",
        "quantiles: [age]|quantiles: [chol]|analysis.statistics: column chol is not among the columns: name it there too",
        "quantiles:|quantile:|analysis.statistics.quantile → did you mean \"quantiles\"?",
      })
  void everyErrorInStatisticsSaysWhereAndWhatToDo(String from, String to, String error) {
    String text = STATISTICS.replace(from, to);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DocumentError.class)
        .hasMessageMatching("(?s).* s\\.yaml:[0-9]+:[0-9]+  " + Pattern.quote(error));
  }

  @Test
  void exactlyOneAnalysisIsAsked() {
    assertThatThrownBy(() -> read(SHORT.replace("{ quality: {} }", "{}")))
        .hasMessageContaining("analysis.quality");
    assertThatThrownBy(
            () -> read(SHORT.replace("{ quality: {} }", "{ quality: {}, logistic: {} }")))
        .hasMessageContaining("expected one analysis, got quality and logistic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdout_percent: 20",
        "holdout_percent: 51",
        "deadline: 5s",
        "participants: [a]",
        "id2: x"
      })
  void refusesWhatDoesNotFitAnAudit(String line) {
    assertThatThrownBy(() -> read(SHORT + line + "\n")).isInstanceOf(DocumentError.class);
  }

  @Test
  void anotherTextIsAnotherStudy() throws DocumentError {
    assertThat(read(SHORT + "# remark\n").digest()).isNotEqualTo(read(SHORT).digest());
  }
}
