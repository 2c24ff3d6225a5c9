package org.althing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StudiesPageTest {
  private static WatchedStudy after(int releases, String outcome) {
    Findings findings = PaperStudy.completed(PaperStudy.LOGISTIC, 300).findings();
    return new WatchedStudy(
        findings.plan().digest(),
        findings.study().id(),
        findings.study().title(),
        findings.study().lead(),
        outcome,
        findings.plan().releases().size(),
        findings.releases().subList(0, releases));
  }

  private static String page(WatchedStudy... studies) {
    return new String(StudiesPage.of(List.of(studies)), StandardCharsets.UTF_8);
  }

  @Test
  void aRunningStudyShowsItsPlaceAndWhatItsGradientsSay() {
    WatchedStudy running = after(3, "running");
    assertThat(running.newest())
        .hasValueSatisfying(
            said ->
                assertThat(said).containsPattern("gradient is \\d+\\.\\d times as long as noise"));
    assertThat(page(running))
        .contains("3 of %d releases".formatted(running.planned()), running.newest().orElseThrow())
        .contains("What each round learnt from", "&lt;in&gt;")
        .doesNotContain("<in>", "<script");
  }

  @Test
  void aStudyThatEndedHasNoFigureHere() {
    assertThat(page(after(3, "stopped: too few nodes")))
        .contains("stopped: too few nodes")
        .doesNotContain("<figure");
  }

  @Test
  void releasesWithoutAGradientSayNothing() {
    Findings counts = PaperStudy.completed(PaperStudy.NAIVE_BAYES, 300).findings();
    assertThat(counts.releases()).allSatisfy(r -> assertThat(WatchedStudy.said(r)).isEmpty());
    assertThat(page()).contains("No study was submitted yet");
  }
}
