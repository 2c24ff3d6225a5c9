package org.althing.coordinator.runner;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.althing.audit.SignedNote;
import org.althing.coordinator.session.SessionHandler;
import org.althing.coordinator.store.StudyLog;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.secagg.NoisyTotal;
import org.althing.session.Command;
import org.althing.session.Patience;
import org.althing.session.StudyRun;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;

/**
 * Carries out the commands of all study runs, one after the other in a single thread: appends to
 * the log, sends, keeps the timers. It holds no rule of a study; what it remembers of a node is
 * where to send and what the node has witnessed.
 */
public final class StudyRunner implements SessionHandler, AutoCloseable {
  private static final Logger LOG = System.getLogger(StudyRunner.class.getName());

  private final StudyLog log;
  private final Roster federation;
  private final Patience patience;
  private final Clock clock;
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "study-runner"));
  private final Map<NodeId, Attendance> attendances = new TreeMap<>();
  private final Map<Digest, StudyRun> runs = new LinkedHashMap<>();

  /** One node's session. */
  private static final class Attendance {
    final Outbox outbox;
    boolean greeted;
    long witnessed;

    Attendance(Outbox outbox) {
      this.outbox = outbox;
    }
  }

  public StudyRunner(StudyLog log, Roster federation, Patience patience, Clock clock) {
    this.log = log;
    this.federation = federation;
    this.patience = patience;
    this.clock = clock;
  }

  /** Takes up every study of the log that has not come to its end. */
  public void resume() {
    call(
        () -> {
          for (StudyRecord record : log.records()) {
            if (log.note(record.study()).isEmpty()) {
              LOG.log(Level.INFO, "study {0} goes on after a restart", record.study().brief());
              begin(record);
            }
          }
          return true;
        });
  }

  /**
   * Submits a study; submitting the same one again changes nothing.
   *
   * @return the submission, or why there can be none
   */
  public Submission submit(String lead, byte[] study, byte[] contract) {
    return call(
        () -> {
          Submission submission = Submission.of(lead, study, contract, federation);
          if (submission instanceof Submission.Accepted accepted
              && log.record(accepted.plan().digest()).isEmpty()) {
            Digest digest = accepted.plan().digest();
            append(
                new LogEntry(
                    digest,
                    0,
                    LogEntry.NONE,
                    clock.millis(),
                    new StudyEvent.StudySubmitted(
                        lead,
                        Bytes.of(study),
                        Bytes.of(contract),
                        Bytes.of(accepted.plan().roster().toBytes()),
                        digest)));
            begin(log.record(digest).orElseThrow());
          }
          return submission;
        });
  }

  /** Stops a running study. */
  public void cancel(Digest study, String reason) {
    call(
        () -> {
          StudyRun run = runs.get(study);
          if (run != null) {
            execute(run, run.cancel(reason));
          }
          return true;
        });
  }

  /** The nodes whose sessions are up. */
  public List<NodeId> attending() {
    return call(
        () ->
            attendances.entrySet().stream()
                .filter(a -> a.getValue().greeted)
                .map(Map.Entry::getKey)
                .toList());
  }

  private void begin(StudyRecord record) {
    Submission.Accepted accepted = Submission.ofRecord(record);
    Instant until =
        Instant.ofEpochMilli(record.entries().get(0).timeMillis())
            .plus(accepted.study().deadline());
    Duration remaining = Duration.between(clock.instant(), until);
    StudyRun run =
        new StudyRun(
            accepted.plan(), record, patience, remaining.isNegative() ? Duration.ZERO : remaining);
    runs.put(run.study(), run);
    execute(run, run.start());
    for (Map.Entry<NodeId, Attendance> each : List.copyOf(attendances.entrySet())) {
      if (each.getValue().greeted) {
        execute(run, run.connected(each.getKey()));
      }
    }
  }

  // Sessions.

  @Override
  public void opened(NodeId node, Outbox outbox) {
    post(
        () -> {
          if (!federation.contains(node)) {
            outbox.close("ALT-CERT-003 " + node + " is not in this federation's roster");
            return;
          }
          Attendance former = attendances.put(node, new Attendance(outbox));
          if (former != null) {
            former.outbox.close("ALT-NODE-002 a newer session of this node took over");
            leave(node);
          }
        });
  }

  @Override
  public void closed(NodeId node, Outbox outbox) {
    post(
        () -> {
          Attendance attendance = attendances.get(node);
          if (attendance != null && attendance.outbox == outbox) {
            attendances.remove(node);
            leave(node);
          }
        });
  }

  private void leave(NodeId node) {
    LOG.log(Level.INFO, "node {0} is away", node);
    for (StudyRun run : List.copyOf(runs.values())) {
      execute(run, run.disconnected(node));
    }
  }

  @Override
  public void received(NodeId node, Outbox outbox, byte[] bytes) {
    post(
        () -> {
          Attendance attendance = attendances.get(node);
          if (attendance == null || attendance.outbox != outbox) {
            return;
          }
          ToCoordinator message;
          try {
            message = SessionCodec.readToCoordinator(bytes);
          } catch (MalformedMessage e) {
            LOG.log(Level.WARNING, "node {0}: malformed message: {1}", node, e.getMessage());
            outbox.close("ALT-WIRE-002 " + e.getMessage());
            return;
          }
          if (message instanceof ToCoordinator.Hello hello) {
            greet(node, attendance, hello);
          } else if (attendance.greeted) {
            pass(node, attendance, message);
          }
        });
  }

  private void greet(NodeId node, Attendance attendance, ToCoordinator.Hello hello) {
    if (hello.protocol() != ToCoordinator.PROTOCOL) {
      attendance.outbox.close(
          "ALT-WIRE-003 the node speaks protocol %d, this coordinator %d: upgrade the older one"
              .formatted(hello.protocol(), ToCoordinator.PROTOCOL));
      return;
    }
    if (attendance.greeted) {
      return;
    }
    LOG.log(Level.INFO, "node {0} is here", node);
    attendance.greeted = true;
    attendance.witnessed = hello.witnessed();
    if (hello.witnessed() > log.checkpoint().size()) {
      attendance.outbox.close(
          "ALT-LOG-001 the node has witnessed %d entries, this log has %d: it was restored from an older copy"
              .formatted(hello.witnessed(), log.checkpoint().size()));
      return;
    }
    for (StudyRun run : List.copyOf(runs.values())) {
      execute(run, run.connected(node));
    }
    for (Digest open : hello.open()) {
      if (!runs.containsKey(open)) {
        dismiss(node, open, log.record(open).map(StudyRunner::outcome).orElse("unknown here"));
      }
    }
  }

  private void pass(NodeId node, Attendance attendance, ToCoordinator message) {
    if (message instanceof ToCoordinator.Complaint complaint) {
      LOG.log(
          Level.WARNING,
          "node {0}, study {1}: {2}",
          node,
          complaint.plan().brief(),
          complaint.text().replaceAll("\\p{Cntrl}", " "));
    }
    if (message instanceof ToCoordinator.Round round) {
      LOG.log(
          Level.INFO,
          "study {0}: {1} of {2} for release {3}, attempt {4}",
          round.plan().brief(),
          round.message().getClass().getSimpleName(),
          node,
          round.release() + 1,
          round.attempt());
    }
    if (message instanceof ToCoordinator.Cosigned cosigned) {
      attendance.witnessed = Math.max(attendance.witnessed, cosigned.size());
    }
    SessionCodec.studyOf(message)
        .map(runs::get)
        .ifPresent(run -> execute(run, run.received(node, message)));
  }

  private static String outcome(StudyRecord record) {
    return record.completed()
        ? "completed"
        : record.stopped().map(s -> "stopped: " + s.reason()).orElse("unfinished");
  }

  // Commands.

  private void execute(StudyRun run, List<Command> commands) {
    Deque<Command> queue = new ArrayDeque<>(commands);
    while (!queue.isEmpty()) {
      List<Command> more = execute(run, queue.removeFirst());
      for (int i = more.size() - 1; i >= 0; i--) {
        queue.addFirst(more.get(i));
      }
    }
    if (run.over()) {
      runs.remove(run.study());
    }
  }

  private List<Command> execute(StudyRun run, Command command) {
    if (command instanceof Command.Append append) {
      append.total().map(NoisyTotal::steps).ifPresent(log::putTotal);
      StudyRecord record = log.record(run.study()).orElseThrow();
      append(record.next(append.event(), clock.millis()));
    } else if (command instanceof Command.Send send) {
      send(send.to(), send.message());
    } else if (command instanceof Command.Show show) {
      show(show.to(), run.study(), show.release());
    } else if (command instanceof Command.StartTimer timer) {
      var ignored =
          loop.schedule(
              guarded(() -> execute(run, run.expired(timer.token()))),
              timer.delay().toMillis(),
              TimeUnit.MILLISECONDS);
    } else if (command instanceof Command.TakeCheckpoint) {
      return run.checkpointed(log.signedCheckpoint());
    } else if (command instanceof Command.Conclude) {
      return run.reported(StudyFiles.digests(log, run.study()));
    } else if (command instanceof Command.Dismiss dismiss) {
      dismiss(dismiss.to(), run.study(), dismiss.outcome());
    } else if (command instanceof Command.Finish finish) {
      log.putNote(run.study(), finish.closing());
    }
    return List.of();
  }

  private void append(LogEntry entry) {
    log.append(entry);
    LOG.log(
        Level.INFO,
        "study {0}: {1}",
        entry.study().brief(),
        entry.event().getClass().getSimpleName());
  }

  private void send(NodeId to, ToNode message) {
    Attendance attendance = attendances.get(to);
    if (attendance != null) {
      attendance.outbox.send(SessionCodec.write(message));
    }
  }

  private void show(NodeId to, Digest study, int release) {
    Attendance attendance = attendances.get(to);
    if (attendance == null) {
      return;
    }
    List<LogEntry> entries = log.record(study).orElseThrow().entries();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).event() instanceof StudyEvent.Released released
          && released.release() == release) {
        SignedNote checkpoint = log.signedCheckpoint();
        long size = log.checkpoint().size();
        long index = log.places(study).get(i);
        send(
            to,
            new ToNode.Published(
                study,
                Bytes.of(entries.get(i).toBytes()),
                Bytes.of(bytes(log.total(released.total()))),
                checkpoint,
                log.inclusion(index, size),
                log.consistency(attendance.witnessed, size)));
        attendance.witnessed = size;
      }
    }
  }

  private void dismiss(NodeId to, Digest study, String outcome) {
    Attendance attendance = attendances.get(to);
    if (attendance != null) {
      long size = log.checkpoint().size();
      send(
          to,
          new ToNode.Ended(
              study, outcome, log.signedCheckpoint(), log.consistency(attendance.witnessed, size)));
      attendance.witnessed = size;
    }
  }

  private static byte[] bytes(long[] total) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * total.length);
    bytes.asLongBuffer().put(total);
    return bytes.array();
  }

  // The loop.

  private void post(Runnable task) {
    loop.execute(guarded(task));
  }

  /**
   * A failure in the loop is a defect or a broken disk: stopping is safer than going on half done.
   */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "the coordinator stops: it cannot go on safely", e);
        Runtime.getRuntime().halt(70);
      }
    };
  }

  private <T> T call(Callable<T> task) {
    try {
      return loop.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the runner", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the runner failed", e.getCause());
    }
  }

  @Override
  public void close() {
    loop.shutdownNow();
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
