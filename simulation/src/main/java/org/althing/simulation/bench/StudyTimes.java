package org.althing.simulation.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.deploy.lab.CoordinatorClient;

/**
 * When a study of one release did what, by its log.
 *
 * @param begun the round opened: keys are agreed, all nodes attend
 * @param witnessed the release is out, and its checkpoint cosigned by all
 */
record StudyTimes(Instant submitted, Instant begun, Instant witnessed, Instant completed) {

  /** Fails, with what happened, unless the first attempt gave the release. */
  static StudyTimes of(List<CoordinatorClient.Event> events) {
    Instant begun = only(events, "RoundOpened");
    // The log is cosigned before keys are made, too.
    List<CoordinatorClient.Event> round =
        events.stream().dropWhile(event -> !event.kind().equals("RoundOpened")).toList();
    return new StudyTimes(
        only(events, "StudySubmitted"),
        begun,
        only(round, "Witnessed"),
        only(events, "StudyCompleted"));
  }

  private static Instant only(List<CoordinatorClient.Event> events, String kind) {
    List<CoordinatorClient.Event> found =
        events.stream().filter(event -> event.kind().equals(kind)).toList();
    if (found.size() != 1) {
      throw new CommandFailure(
          ExitCode.STUDY_UNSUCCESSFUL,
          "expected one event %s in a measured study, got %d among: %s"
              .formatted(
                  kind,
                  found.size(),
                  events.stream().map(CoordinatorClient.Event::text).distinct().toList()));
    }
    return found.get(0).time();
  }

  double roundMillis() {
    return millis(begun, witnessed);
  }

  double studyMillis() {
    return millis(submitted, completed);
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}
