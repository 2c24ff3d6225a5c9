package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.Partition;
import org.althing.release.Measure;
import org.althing.report.Findings;
import org.althing.report.PaperStudy;
import org.althing.sheet.OwnModelText;
import org.althing.table.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one organisation would have alone. */
class OwnModelTest {
  private static final int ROWS = 600;

  private static Findings findings(String study) {
    return PaperStudy.completed(study, ROWS).findings();
  }

  private static Planning.Planned planned(Findings of) {
    return (Planning.Planned) StudyPlanner.compile(of.study(), of.contract(), of.plan().roster());
  }

  private static RecordBatch rows(Findings of) {
    return PaperStudy.rows(of.contract().schema(), 0, ROWS);
  }

  private static OwnModel own(Findings findings) {
    RecordBatch rows = rows(findings);
    return OwnModel.of(planned(findings), findings.releases(), consumer -> consumer.accept(rows));
  }

  private static Performance performance(StudyOutcome outcome) {
    return outcome.evaluation().orElseThrow();
  }

  static Stream<String> models() {
    return Stream.of(
        PaperStudy.NAIVE_BAYES,
        PaperStudy.NORMAL,
        PaperStudy.PAIRS,
        PaperStudy.PAIRED_BAYES,
        PaperStudy.LOGISTIC,
        PaperStudy.BALANCED,
        PaperStudy.SVM,
        PaperStudy.CANDIDATES,
        PaperStudy.IN_GROUPS);
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTheStudysModelOverTheOwnRowsWithoutNoise(String study) {
    OwnModel own = own(findings(study));
    LinearModel model = (LinearModel) own.alone().model().orElseThrow();
    assertThat(Arrays.stream(model.weights())).allMatch(Double::isFinite);
    Measure auc = performance(own.alone()).rates().auc().orElseThrow();
    assertThat(auc.noiseDeviation()).isZero();
    assertThat(auc.samplingDeviation()).isPositive();
    assertThat(auc.value()).isGreaterThan(0.7);
  }

  /** Not an estimate: the rows are counted. */
  @ParameterizedTest
  @MethodSource("models")
  void countsHowTheFederationsModelDoesOnTheOwnHeldOutRows(String study) {
    Findings findings = findings(study);
    LinearModel model = (LinearModel) findings.outcome().model().orElseThrow();
    RecordBatch rows = rows(findings);
    LinearModel.Scorer scorer = model.scorer();
    Label.Reader label = model.label().reader();
    int heldOut = 0;
    int right = 0;
    for (int r = 0; r < rows.rows(); r++) {
      if (Partition.HOLDOUT.takes(rows.hundredth(r), findings.plan().holdoutPercent())) {
        heldOut++;
        right += (scorer.logit(rows, r) >= 0) == (label.outcome(rows, r) == 1) ? 1 : 0;
      }
    }
    OwnModel own = own(findings);
    assertThat(((LinearModel) own.federation().model().orElseThrow()).weights())
        .containsExactly(model.weights());
    Performance found = performance(own.federation());
    assertThat(found.scale()).isEqualTo(performance(findings.outcome()).scale());
    assertThat(found.records().value()).isCloseTo(heldOut, within(1e-6));
    assertThat(found.rates().accuracy().orElseThrow().value())
        .isCloseTo((double) right / heldOut, within(1e-6));
  }

  @Test
  void saysBesideTheFederationsFiguresWhichIsAhead() {
    Findings findings = findings(PaperStudy.LOGISTIC);
    String text = OwnModelText.of(own(findings), findings.outcome());
    assertThat(text)
        .contains("own model,", "everybody's held-out rows", "commoner class")
        .containsPattern(
            "AUC +0\\.\\d{3} \u00b1 0\\.\\d{3} +0\\.\\d{3} \u00b1 0\\.\\d{3} +0\\.\\d{3}")
        .contains("do not tell the two models apart");
  }

  @Test
  void refusesAStudyThatDidNotComeToItsEnd() {
    Findings findings = findings(PaperStudy.LOGISTIC);
    RecordBatch rows = rows(findings);
    assertThatThrownBy(
            () ->
                OwnModel.of(
                    planned(findings),
                    List.of(findings.releases().get(0)),
                    consumer -> consumer.accept(rows)))
        .hasMessageContaining("came to its end");
  }
}
