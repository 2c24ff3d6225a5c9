package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.althing.model.evaluation.HoldoutEvaluation;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.LinearModel;
import org.althing.model.linear.ClassWeights;
import org.althing.model.linear.FixedHessian;
import org.althing.model.linear.Objective;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.report.Findings;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;

/** The model of a study is the trained one on the scale that its evaluation found. */
final class ScaledModelTest {
  private static final Rho RHO = new Rho(1_000_000_000L);

  private static void assertScaled(Findings findings, LinearModel trained) {
    StudyOutcome outcome = findings.outcome();
    List<Release> evaluation =
        findings.releases().subList(findings.releases().size() - 1, findings.releases().size());
    Performance found = outcome.evaluation().orElseThrow();
    HoldoutEvaluation again = new HoldoutEvaluation(trained, RHO);
    assertThat(found.scale()).isEqualTo(again.scale(evaluation, 0));
    assertThat(found.rates()).isEqualTo(again.conclude(evaluation, 0, 1).rates());
    assertThat(((LinearModel) outcome.model().orElseThrow()).weights())
        .containsExactly(
            Arrays.stream(trained.weights()).map(weight -> found.scale() * weight).toArray());
  }

  private static LinearModel model(Findings findings) {
    return (LinearModel) findings.outcome().model().orElseThrow();
  }

  private static List<Release> training(Findings findings) {
    return findings.releases().subList(0, findings.releases().size() - 1);
  }

  @Test
  void naiveBayesIsScaled() {
    Findings findings = PaperStudy.completed(PaperStudy.NAIVE_BAYES, 600).findings();
    LinearModel model = model(findings);
    assertScaled(
        findings,
        new NaiveBayes(model.features(), model.label(), RHO).conclude(training(findings)));
  }

  @Test
  void marginsAreScaled() {
    Findings findings = PaperStudy.completed(PaperStudy.SVM, 6000).findings();
    LinearModel model = model(findings);
    List<Release> releases = training(findings);
    Objective objective = Objective.svm(AnalysisChoice.LinearSvm.DEFAULT_L2, ClassWeights.EQUAL);
    assertScaled(
        findings,
        new FixedHessian(model.features(), model.label(), RHO, releases.size(), objective)
            .conclude(releases));
    assertThat(findings.outcome().evaluation().orElseThrow().scale()).isNotEqualTo(1);
  }
}
