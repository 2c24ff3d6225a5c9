package org.althing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.althing.model.evaluation.Performance;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.junit.jupiter.api.Test;

class EvaluationSectionTest {
  private static String page(double auc) {
    return page(auc, 1);
  }

  private static String page(double auc, double scale) {
    Estimate count = new Estimate(15, 4);
    Performance performance =
        new Performance(
            new Estimate(60, 8),
            new Performance.Confusion(count, count, count, count),
            new Performance.Rates(
                Optional.of(new Measure(0.9, 0.05, 0.04)),
                Optional.of(new Measure(auc, 0.08, 0.045)),
                Optional.of(new Measure(0.4, 0.05, 0.06))),
            new Performance.PositiveClass(Optional.empty(), Optional.empty(), Optional.empty()),
            new Performance.Probabilities(Optional.empty(), Optional.empty(), Optional.empty()),
            List.of(),
            List.of(),
            3,
            List.of(),
            List.of(),
            List.of(),
            scale);
    return new EvaluationSection(performance).body().toString();
  }

  @Test
  void cutsWhatNoiseCarriedBeyondAShareAndSaysSo() {
    assertThat(page(1.077))
        .contains(
            ">AUC</th><td class=\"n\">1.0000</td><td class=\"n\">0.897 \u2013 1.000</td>",
            "The hold-out is too small for the noise")
        .doesNotContain("1.077");
    assertThat(page(0.9)).doesNotContain("too small for the noise", "beyond");
  }

  @Test
  void saysWhatTheCommonerClassWouldReach() {
    assertThat(page(0.9))
        .contains("right about 90.0")
        .contains("says the commoner class of every record is right about 60.0");
  }

  @Test
  void saysWhatTheTrainedLogOddsAreMultipliedBy() {
    assertThat(page(0.9)).contains("log-odds are left as trained");
    assertThat(page(0.9, 0.66))
        .contains("less often right than its probabilities said", "training times 0.660");
    assertThat(page(0.9, 1.5)).contains("more often right than its probabilities said");
  }
}
