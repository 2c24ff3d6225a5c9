package org.althing.model.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.althing.model.features.LinearModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectiveTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.6, 0.8, 1})
  void noRecordPullsHarderThanTheSlopeAtWhichTheLossIsCut(double most) {
    for (Objective objective :
        new Objective[] {Objective.LOGISTIC, Objective.svm(0, ClassWeights.EQUAL)}) {
      Objective cut = objective.withMostSlope(most);
      for (double score = -40; score <= 40; score += 0.01) {
        for (int outcome : new int[] {0, 1}) {
          double whole = objective.slope(score, outcome);
          assertThat(Math.abs(cut.slope(score, outcome))).isLessThanOrEqualTo(most);
          assertThat(cut.slope(score, outcome))
              .isEqualTo(Math.abs(whole) <= most ? whole : Math.copySign(most, whole));
        }
      }
    }
  }

  /** Where the mean slope is zero, by the odds that make it so. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.6, 0.8, 1})
  void bendAndSpreadAreTheMeanDerivativeAndTheVarianceOfTheSlope(double most) {
    Objective cut = Objective.LOGISTIC.withMostSlope(most);
    double step = 1e-6;
    for (double score = -8.005; score <= 8; score += 0.01) {
      double up = cut.slope(score, 0);
      double down = -cut.slope(score, 1);
      double share = up / (up + down);
      double bend =
          (1 - share) * (cut.slope(score + step, 0) - cut.slope(score - step, 0))
              + share * (cut.slope(score + step, 1) - cut.slope(score - step, 1));
      assertThat(cut.bend(score)).isCloseTo(bend / (2 * step), within(1e-6));
      assertThat(cut.spread(score))
          .isCloseTo((1 - share) * up * up + share * down * down, within(1e-12));
      double p = LinearModel.probabilityOf(score);
      assertThat(Objective.LOGISTIC.bend(score)).isCloseTo(p * (1 - p), within(1e-12));
      assertThat(Objective.LOGISTIC.spread(score)).isCloseTo(p * (1 - p), within(1e-12));
    }
  }

  @Test
  void slopesAreNotCutBelowWhatEveryRecordHasAtWeightsZero() {
    assertThatThrownBy(() -> Objective.LOGISTIC.withMostSlope(0.49))
        .hasMessageContaining("0.5 to 1");
  }
}
