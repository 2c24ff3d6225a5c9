package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.althing.cli.CommandFailure;
import org.althing.deploy.lab.CoordinatorClient.Event;
import org.junit.jupiter.api.Test;

final class StudyTimesTest {
  private static final List<Event> SMOOTH =
      List.of(
          event(0, "StudySubmitted"),
          event(250, "Witnessed"),
          event(300, "RoundOpened"),
          event(340, "Charged"),
          event(350, "Charged"),
          event(380, "Released"),
          event(390, "Witnessed"),
          event(395, "StudyCompleted"));

  @Test
  void countsARoundFromItsOpeningToItsCosignature() {
    StudyTimes times = StudyTimes.of(SMOOTH);

    assertThat(times.roundMillis()).isEqualTo(90);
    assertThat(times.studyMillis()).isEqualTo(395);
  }

  @Test
  void refusesAStudyThatNeededASecondAttempt() {
    List<Event> events = new ArrayList<>(SMOOTH);
    events.add(3, event(310, "RoundOpened"));

    assertThatThrownBy(() -> StudyTimes.of(events))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("RoundOpened");
  }

  @Test
  void refusesAStudyThatWasStopped() {
    List<Event> events = List.of(SMOOTH.get(0), event(10, "StudyStopped"));

    assertThatThrownBy(() -> StudyTimes.of(events))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("text of StudyStopped");
  }

  private static Event event(long millis, String kind) {
    return new Event(millis, Instant.ofEpochMilli(millis), kind, "text of " + kind);
  }
}
