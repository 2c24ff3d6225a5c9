package org.althing.coordinator.runner;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.althing.coordinator.session.SessionHandler;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.party.CoordinatorOrder;
import org.althing.party.CoordinatorParty;
import org.althing.party.StudyFiles;
import org.althing.party.Submission;
import org.althing.session.Patience;
import org.althing.session.ToCoordinator;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;
import org.althing.wire.SessionCodec;

/**
 * Gives {@link CoordinatorParty} what happens, one thing after the other in a single thread, and
 * carries out its orders: sends, keeps the timers, and works out reports in a thread of their own,
 * so that no node and no other study waits for one. It holds no rule.
 */
public final class StudyRunner implements SessionHandler, AutoCloseable {
  private static final Logger LOG = System.getLogger(StudyRunner.class.getName());

  private final StudyLog log;
  private final Roster federation;
  private final CoordinatorParty party;
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "study-runner"));
  private final ExecutorService reports =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "study-reports"));
  private final Map<Long, Outbox> outboxes = new HashMap<>();
  private final Map<Outbox, Long> sessions = new HashMap<>();
  private long lastSession;

  public StudyRunner(StudyLog log, Roster federation, Patience patience, Clock clock) {
    this.log = log;
    this.federation = federation;
    this.party = new CoordinatorParty(log, federation, patience, clock::instant);
  }

  /** Takes up every study of the log that has not come to its end. */
  public void resume() {
    call(
        () -> {
          perform(party.start());
          return true;
        });
  }

  /**
   * Submits a study; submitting the same one again changes nothing. Read and planned in the
   * caller's thread.
   *
   * @return the submission, or why there can be none
   */
  public Submission submit(String lead, byte[] study, byte[] contract) {
    Submission submission = Submission.of(lead, study, contract, federation);
    if (submission instanceof Submission.Accepted accepted) {
      call(
          () -> {
            perform(party.submit(accepted));
            return true;
          });
    }
    return submission;
  }

  /** Stops a running study. */
  public void cancel(Digest study, String reason) {
    call(
        () -> {
          perform(party.cancel(study, reason));
          return true;
        });
  }

  /** The nodes whose sessions are up. */
  public List<NodeId> attending() {
    return call(party::attending);
  }

  // Sessions.

  @Override
  public void opened(NodeId node, Outbox outbox) {
    post(
        () -> {
          long session = ++lastSession;
          outboxes.put(session, outbox);
          sessions.put(outbox, session);
          perform(party.opened(node, session));
        });
  }

  @Override
  public void closed(NodeId node, Outbox outbox) {
    post(
        () -> {
          Long session = sessions.remove(outbox);
          if (session != null) {
            outboxes.remove(session);
            perform(party.closed(node, session));
          }
        });
  }

  @Override
  public void received(NodeId node, Outbox outbox, ToCoordinator message, Runnable done) {
    post(
        () -> {
          Long session = sessions.get(outbox);
          if (session != null) {
            perform(party.received(node, session, message));
          }
          done.run();
        });
  }

  // Orders.

  private void perform(List<CoordinatorOrder> orders) {
    orders.forEach(this::perform);
  }

  private void perform(CoordinatorOrder order) {
    if (order instanceof CoordinatorOrder.Send send) {
      Optional.ofNullable(outboxes.get(send.session()))
          .ifPresent(outbox -> outbox.send(SessionCodec.write(send.message())));
    } else if (order instanceof CoordinatorOrder.HangUp hangUp) {
      Outbox outbox = outboxes.remove(hangUp.session());
      if (outbox != null) {
        sessions.remove(outbox);
        outbox.close(hangUp.why());
      }
    } else if (order instanceof CoordinatorOrder.StartTimer timer) {
      var ignored =
          loop.schedule(
              guarded(() -> perform(party.expired(timer.study(), timer.token()))),
              timer.delay().toMillis(),
              TimeUnit.MILLISECONDS);
    } else if (order instanceof CoordinatorOrder.Conclude conclude) {
      Digest study = conclude.study();
      reports.execute(
          guarded(
              () -> {
                SortedMap<String, Digest> files = StudyFiles.digests(log, study);
                post(() -> perform(party.reported(study, files)));
              }));
    } else if (order instanceof CoordinatorOrder.Report report) {
      // One event is one line, whatever a peer put into it.
      LOG.log(Level.INFO, "{0}", report.line().replaceAll("\\p{Cntrl}", " "));
    }
  }

  // The loop.

  private void post(Runnable task) {
    loop.execute(guarded(task));
  }

  /**
   * A failure is a defect or a broken disk: stopping is safer than going on half done. What fails
   * because the coordinator is stopping anyway is found in the log at the next start.
   */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        if (loop.isShutdown()) {
          return;
        }
        LOG.log(Level.ERROR, "the coordinator stops: it cannot go on safely", e);
        Runtime.getRuntime().halt(70);
      }
    };
  }

  private <T> T call(Supplier<T> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    post(() -> answer.complete(task.get()));
    return answer.join();
  }

  @Override
  public void close() {
    loop.shutdownNow();
    reports.shutdownNow();
  }

  /** The records of all studies as they now stand. */
  public List<StudyRecord> records() {
    return call(() -> log.records().stream().map(r -> StudyRecord.of(r.entries())).toList());
  }

  /** The record of a study as it now stands. */
  public Optional<StudyRecord> record(Digest study) {
    return call(() -> log.record(study).map(r -> StudyRecord.of(r.entries())));
  }
}
