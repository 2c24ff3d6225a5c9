package org.althing.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.althing.model.kmeans.Clusters;
import org.althing.study.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudyReportTest {
  static Stream<String> studies() {
    return Stream.of(
        PaperStudy.QUALITY,
        PaperStudy.STATISTICS,
        PaperStudy.NAIVE_BAYES,
        PaperStudy.NORMAL,
        PaperStudy.PAIRS,
        PaperStudy.PAIRED_BAYES,
        PaperStudy.IN_GROUPS,
        PaperStudy.LOGISTIC,
        PaperStudy.BALANCED,
        PaperStudy.SVM,
        PaperStudy.CLASSES,
        PaperStudy.CLASSES_IN_GROUPS,
        PaperStudy.FOLDS,
        PaperStudy.FORETOLD,
        PaperStudy.CANDIDATES,
        PaperStudy.CANDIDATES_OF_CLASSES,
        PaperStudy.CLUSTERS);
  }

  private static final int PEOPLE = 1200;

  private static String html(String study) {
    return new String(
        StudyReport.render(PaperStudy.completed(study, PEOPLE).findings()), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("studies")
  void fetchesNothingAndRunsNothing(String study) {
    String html = html(study);
    assertThat(html).contains("default-src 'none'".replace("'", "&#39;"));
    assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
        .doesNotContain("http:", "https:", "<script", "<link", "<img", "url(", "@import", " style=")
        .doesNotContainPattern(" on[a-z]+=\"");
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyFigureHasATitleADescriptionASentenceAndATable(String study) {
    String html = html(study);
    int figures = html.split("<figure ", -1).length - 1;
    assertThat(figures).isGreaterThanOrEqualTo(4);
    for (String part : html.split("<figure ", -1)) {
      if (part.contains("</figure>")) {
        String figure = part.substring(0, part.indexOf("</figure>"));
        assertThat(figure).contains("<title id=", "<desc id=", "role=\"img\"", "<table>", "<th ");
        assertThat(figure).containsPattern("<figcaption><strong>[^<]+</strong>[^<]{15,}");
      }
    }
  }

  @Test
  void weightsWithoutIntervalsAreShownWithTheReason() {
    String none = "The weights below have no intervals: ";
    assertThat(html(PaperStudy.NAIVE_BAYES)).contains(none + "each count is fitted");
    assertThat(html(PaperStudy.SVM)).contains(none + "the hinge bends");
    assertThat(html(PaperStudy.CLASSES)).contains(none + "the noise in one class");
    assertThat(html(PaperStudy.BALANCED)).contains(none + "records of the two classes");
    assertThat(html(PaperStudy.FOLDS)).contains(none + "they are means of models");
    assertThat(html(PaperStudy.LOGISTIC)).doesNotContain(none);
    assertThat(html(PaperStudy.PAIRS)).doesNotContain(none);
  }

  @Test
  void otherBudgetsAreToldByPublicNumbersAndOnlyThisOneIsMeasured() {
    String html = html(PaperStudy.FORETOLD);
    String figure = html.substring(html.indexOf("<figure id=\"budgets\""));
    figure = figure.substring(0, figure.indexOf("</figure>"));
    assertThat(figure).contains("this study", "not a promise", "accuracy 0.");
    assertThat(figure.split("not run", -1)).hasSize(5);
    assertThat(html(PaperStudy.LOGISTIC)).doesNotContain("<figure id=\"budgets\"");
  }

  @ParameterizedTest
  @MethodSource("studies")
  void sameFindingsGiveTheSameBytes(String study) {
    assertThat(html(study)).isEqualTo(html(study));
  }

  @ParameterizedTest
  @MethodSource("studies")
  void escapesWhatPeopleWrote(String study) {
    assertThat(html(study))
        .doesNotContain("<in>")
        .contains("Heart disease &lt;in&gt; &quot;four&quot; hospitals &amp; more");
  }

  @ParameterizedTest
  @MethodSource("studies")
  void isWellFormed(String study) throws Exception {
    String html =
        html(study).replace("<!DOCTYPE html>", "").replaceAll("<(meta [^>]*[^/])>", "<$1/>");
    javax.xml.parsers.DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void heldOutRecordsAreSpokenOfWhereThereAreSome() {
    String sentence = "training and held-out records are never the same unit&#39;s";
    assertThat(html(PaperStudy.LOGISTIC).replace("'", "&#39;")).contains(sentence);
    assertThat(html(PaperStudy.STATISTICS).replace("'", "&#39;")).doesNotContain(sentence);
  }

  @Test
  void aModelIsJudgedFromEverySide() {
    assertThat(html(PaperStudy.LOGISTIC))
        .contains(
            "id=\"roc\"",
            "id=\"precision-recall\"",
            "id=\"calibration\"",
            "id=\"confusion\"",
            " at 95\u00a0%, on held-out",
            "Accuracy of always saying the commoner class",
            "F1 at probability",
            "Log-loss",
            "Brier score",
            "of which chance alone would show");
  }

  @Test
  void aModelOfClassesIsJudgedClassByClass() {
    assertThat(html(PaperStudy.CLASSES))
        .contains(
            "Logistic regression of age, every value a class",
            "id=\"classes\"",
            "id=\"confusion\"",
            "id=\"weights\"",
            "Accuracy of always saying the commonest class",
            "F1, mean over the classes",
            "AUC of each class against the rest, mean over the classes",
            "Log-loss",
            "Brier score",
            "Records by class and by predicted class",
            "sets classes furthest apart");
  }

  @Test
  void weightsHaveIntervalsWhereTheReleasesTellOfTheirErrors() {
    assertThat(html(PaperStudy.LOGISTIC))
        .contains("The weights furthest from 0, with their 95 % intervals and two errors");
    assertThat(html(PaperStudy.NAIVE_BAYES)).contains("The largest weights");
    assertThat(html(PaperStudy.NORMAL))
        .contains("The largest weights", "taken for normal: age, chol", "age = square less 1");
    assertThat(html(PaperStudy.BALANCED))
        .contains("The largest weights", "in 10 rounds, both classes counting alike");
  }

  @Test
  void columnsThatInteractAreNamedTogether() {
    assertThat(html(PaperStudy.PAIRS))
        .contains(
            "from age, sex, with interactions sex × age, in",
            "sex = male, age = ",
            "The weights furthest from 0");
    assertThat(html(PaperStudy.PAIRED_BAYES))
        .contains("from age, sex, chol; counted as one column each: sex × age");
  }

  @Test
  void marginsAreNotCalledProbabilities() {
    String note = "It was fitted to margins, not to probabilities";
    assertThat(html(PaperStudy.SVM))
        .contains(note, "Linear support vector machine of disease = 1 from age, sex, chol");
    assertThat(html(PaperStudy.LOGISTIC)).doesNotContain(note);
  }

  @Test
  void aModelIsJudgedInEachGroupWhereGroupsAreAsked() throws Exception {
    assertThat(html(PaperStudy.IN_GROUPS))
        .contains(
            "evaluated in each group of sex too",
            "In each group of sex",
            "id=\"groups\"",
            "with 1.73 times the noise",
            "demographic parity",
            "equal opportunity",
            ">not known</th>");
    assertThat(html(PaperStudy.NAIVE_BAYES)).doesNotContain("group of");
    Findings findings = PaperStudy.completed(PaperStudy.IN_GROUPS, 300).findings();
    JsonNode groups = Json.read(ResultFile.render(findings)).get("groups");
    assertThat(groups.get("column").textValue()).isEqualTo("sex");
    assertThat(groups.get("groups").findValuesAsText("group"))
        .containsExactly("female", "male", "not known");
    double records = 0;
    for (JsonNode group : groups.get("groups")) {
      records += group.get("records").get("value").doubleValue();
    }
    assertThat(records)
        .isCloseTo(findings.outcome().evaluation().orElseThrow().records().value(), within(1e-9));
    JsonNode gap = groups.get("demographic_parity_difference");
    assertThat(gap.get("told_from_noise").booleanValue())
        .isEqualTo(gap.get("interval").get(0).doubleValue() > 0);
    JsonNode plain =
        Json.read(ResultFile.render(PaperStudy.completed(PaperStudy.NAIVE_BAYES, 300).findings()));
    assertThat(plain.has("groups")).isFalse();
  }

  @Test
  void everyCandidateIsShownAndTheChoiceIsAllowedFor() throws Exception {
    Findings findings = PaperStudy.completed(PaperStudy.CANDIDATES, PEOPLE).findings();
    Choice choice = findings.outcome().choice().orElseThrow();
    assertThat(html(PaperStudy.CANDIDATES))
        .contains(
            "The best of 3 models of disease = 1 by AUC",
            "each candidate has 1/3 of the budget",
            "Which candidate was kept",
            "id=\"candidates\"",
            "too good on average",
            "linear support vector machine from sex, penalty 0.0001",
            ">of-sex</th>");
    assertThat(html(PaperStudy.NAIVE_BAYES)).doesNotContain("andidate");
    JsonNode result = Json.read(ResultFile.render(findings));
    JsonNode candidates = result.get("candidates");
    assertThat(candidates.get("choose_by").textValue()).isEqualTo("auc");
    assertThat(candidates.get("chosen").textValue()).isEqualTo(choice.chosen().name());
    double best = 0;
    for (JsonNode each : candidates.get("models")) {
      best = Math.max(best, each.get("auc").get("value").doubleValue());
      assertThat(each.has("behind_chosen"))
          .isEqualTo(!each.get("name").textValue().equals(choice.chosen().name()));
    }
    assertThat(result.get("evaluation").get("auc").get("value").doubleValue()).isEqualTo(best);
    assertThat(candidates.get("optimism_at_most").doubleValue()).isPositive();
    // One column says less than three: the noise is small here.
    assertThat(candidates.get("models").get(2).get("behind_chosen").get("told_from_noise"))
        .isEqualTo(com.fasterxml.jackson.databind.node.BooleanNode.TRUE);
  }

  @Test
  void theModelFileIsTheChosenCandidates() {
    Findings findings = PaperStudy.completed(PaperStudy.CANDIDATES, PEOPLE).findings();
    ModelFile file = ModelFile.of(findings).orElseThrow();
    Choice choice = findings.outcome().choice().orElseThrow();
    assertThat(file.model()).isEqualTo(choice.chosen().outcome().model().orElseThrow());
    assertThat(file.method())
        .isEqualTo(
            findings.study().analysis().candidate(choice.chosen().name()).orElseThrow().word());
  }

  @Test
  void clustersHaveSizesAndCentresWithErrorsInTheContractsUnits() throws Exception {
    Findings findings = PaperStudy.completed(PaperStudy.CLUSTERS, 300).findings();
    assertThat(html(PaperStudy.CLUSTERS))
        .contains("id=\"sizes\"", "id=\"centres\"", "3 clusters of the records by age, chol");
    JsonNode clusters = Json.read(ResultFile.render(findings)).get("clusters");
    assertThat(clusters.get("records").get("value").doubleValue())
        .isEqualTo(findings.outcome().clusters().orElseThrow().records().value());
    for (JsonNode cluster : clusters.get("clusters")) {
      for (JsonNode coordinate : cluster.get("centre")) {
        double most = coordinate.get("column").textValue().equals("age") ? 120 : 700;
        assertThat(coordinate.get("value").doubleValue()).isBetween(0.0, most);
        assertThat(coordinate.get("noise_deviation").doubleValue()).isPositive();
      }
    }
  }

  @Test
  void clustersBelowTheNoiseAreNotDrawn() {
    Findings findings = PaperStudy.completed(PaperStudy.CLUSTERS, 1).findings();
    String html = new String(StudyReport.render(findings), StandardCharsets.UTF_8);
    assertThat(findings.outcome().clusters().orElseThrow().clusters())
        .noneMatch(Clusters.Cluster::isDistinct);
    assertThat(html).contains("0 of 3 clusters stand above the noise");
    assertThat(html).doesNotContain("id=\"centres\"");
  }

  @Test
  void aStoppedStudySaysWhy() {
    String html =
        new String(
            StudyReport.render(PaperStudy.stopped(PaperStudy.QUALITY).findings()),
            StandardCharsets.UTF_8);
    assertThat(html).contains("org-c refused", "There is no result", "No node was charged");
  }

  static Stream<String> learntInRounds() {
    return Stream.of(
        PaperStudy.LOGISTIC,
        PaperStudy.SVM,
        PaperStudy.CLASSES,
        // Whichever is kept has rounds.
        PaperStudy.CANDIDATES.replace("naive-bayes: {}", "logistic: { rounds: 2 }"));
  }

  @ParameterizedTest
  @MethodSource("learntInRounds")
  void showsWhatEachRoundLearntFrom(String study) {
    RoundsFigure figure =
        RoundsFigure.of(PaperStudy.completed(study, PEOPLE).findings()).orElseThrow();
    assertThat(html(study)).contains("What each round learnt from");
    assertThat(figure.rounds()).hasSizeGreaterThan(1).extracting("name").doesNotHaveDuplicates();
    assertThat(figure.rounds()).extracting("name").asString().matches("\\[(round \\d+,? ?)+]");
    assertThat(figure.rounds()).allMatch(round -> round.multiple() > 0.3 && round.byChance() < 2);
  }

  @Test
  void whatLearntInOneRoundHasNoCourse() {
    assertThat(RoundsFigure.of(PaperStudy.completed(PaperStudy.NAIVE_BAYES, 300).findings()))
        .isEmpty();
  }
}
