package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.encoding.Bytes;

/** One study from its submission to its folder on disk, said aloud on the way. */
final class StudyCourse {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);
  private static final Duration CLOSE_WITHIN = Duration.ofMinutes(2);

  private final Runnable requireAlive;
  private final CoordinatorClient client;
  private final Talk talk;

  /**
   * How a study ended.
   *
   * @param code {@link ExitCode#OK} with its result, {@link ExitCode#STUDY_UNSUCCESSFUL} stopped,
   *     any other refused before it was in the log
   * @param text the last event's, or why it was refused, for a person
   * @param folder with its log, report and result; of a refused one there is none
   */
  record End(LabInput.StudyFile study, ExitCode code, String text, Path folder) {
    boolean completed() {
      return code == ExitCode.OK;
    }

    /** In a word, for a table. */
    String state() {
      return switch (code) {
        case OK -> "done";
        case STUDY_UNSUCCESSFUL -> "STOPPED";
        default -> "REFUSED";
      };
    }

    /** Of the first that has no result; done, where all have. */
    static ExitCode first(List<End> ends) {
      return ends.stream()
          .map(End::code)
          .filter(code -> code != ExitCode.OK)
          .findFirst()
          .orElse(ExitCode.OK);
    }
  }

  /**
   * @param requireAlive fails where a process of the laboratory has ended
   */
  StudyCourse(Runnable requireAlive, CoordinatorClient client, Talk talk) {
    this.requireAlive = requireAlive;
    this.client = client;
    this.talk = talk;
  }

  /**
   * Submits, waits for the end, fetches the folder; a study that the coordinator cannot plan has
   * ended before.
   *
   * @param releases how many the plan has, 0 where that is not known here
   * @param folder new, to be filled
   */
  End run(LabInput.StudyFile study, Bytes contract, int releases, Path folder)
      throws InterruptedException, IOException {
    String name = study.study().id();
    String id;
    try {
      id = client.submit(study.text().toArray(), contract.toArray());
    } catch (CommandFailure e) {
      if (e.exitCode() != ExitCode.BAD_INPUT) {
        throw e;
      }
      talk.line("  %s  refused, see below".formatted(name));
      return new End(study, e.exitCode(), "refused: " + e.getMessage(), folder);
    }
    CoordinatorClient.Event last = follow(name, id, releases, study.study().deadline());
    awaitClosed(name, id);
    Archive.unpack(client.bundle(id), folder);
    boolean completed = last.kind().equals("StudyCompleted");
    return new End(
        study, completed ? ExitCode.OK : ExitCode.STUDY_UNSUCCESSFUL, last.text(), folder);
  }

  private CoordinatorClient.Event follow(String name, String id, int releases, Duration deadline)
      throws InterruptedException {
    long next = 0;
    int round = 0;
    // The coordinator ends it at the deadline, and that shall be seen.
    long end = System.nanoTime() + deadline.plus(CLOSE_WITHIN).toNanos();
    while (System.nanoTime() < end) {
      requireAlive.run();
      List<CoordinatorClient.Event> events = client.events(id, next);
      for (CoordinatorClient.Event event : events) {
        next = event.sequence() + 1;
        round += event.kind().equals("RoundOpened") && event.text().contains("attempt 1 ") ? 1 : 0;
        if (event.isLast()) {
          talk.line("  %s  %s".formatted(name, event.text()));
          return event;
        }
        String position =
            releases == 0 ? "round " + round : "round %d of %d".formatted(round, releases);
        talk.progress("  %s  %s  %s".formatted(name, position, event.text()));
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    throw new CommandFailure(
        ExitCode.UNREACHABLE, "study " + name + " did not end within its deadline of " + deadline);
  }

  private void awaitClosed(String name, String id) throws InterruptedException {
    long end = System.nanoTime() + CLOSE_WITHIN.toNanos();
    while (!client.closed(id)) {
      if (System.nanoTime() > end) {
        throw new CommandFailure(
            ExitCode.UNREACHABLE, "study " + name + " ended, but its log was not cosigned in time");
      }
      requireAlive.run();
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }
}
