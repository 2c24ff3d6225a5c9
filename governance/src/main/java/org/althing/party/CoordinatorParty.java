package org.althing.party;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.althing.audit.ConsistencyProof;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.report.StudyFolder;
import org.althing.secagg.NoisyTotal;
import org.althing.session.Command;
import org.althing.session.Patience;
import org.althing.session.StudyRun;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.LogEntry;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;

/**
 * The coordinator's whole part in a federation: who attends, which studies run, what is in the log
 * and what each node has witnessed of it.
 *
 * <p>An entry is durable before anything that follows from it is ordered. Made anew from the log
 * after a crash. A failure of the log leaves the machine unusable: the shell ends the process. Not
 * safe for concurrent use.
 */
public final class CoordinatorParty {
  /** One at the beginning of a session, and one for each study that is offered meanwhile. */
  private static final int MOST_INQUIRIES = 100;

  /** In one session; the log is for everybody. */
  private static final int MOST_DECLARATIONS = 200;

  private final StudyLog log;
  private final Roster federation;
  private final Patience patience;
  private final Supplier<Instant> now;
  private final Map<NodeId, Attendance> attendances = new TreeMap<>();
  private final Map<Digest, StudyRun> runs = new LinkedHashMap<>();
  private final List<CoordinatorOrder> out = new ArrayList<>();

  /** One node's session, and the size of the log that was last shown in it. */
  private static final class Attendance {
    private final long session;
    private boolean greeted;
    private long shown;
    private Optional<Digest> inquiry = Optional.empty();
    private int inquiries;
    private int declarations;

    /** Whose answers to the inquiry were passed on. */
    private final Set<NodeId> recalledBy = new HashSet<>();

    private Attendance(long session) {
      this.session = session;
    }
  }

  /**
   * @param now the time that entries state and deadlines of studies are counted from
   */
  public CoordinatorParty(
      StudyLog log, Roster federation, Patience patience, Supplier<Instant> now) {
    this.log = log;
    this.federation = federation;
    this.patience = patience;
    this.now = now;
  }

  /** Takes up every study of the log that has not come to its end; to be called once, first. */
  public List<CoordinatorOrder> start() {
    for (StudyRecord record : log.records()) {
      if (log.note(record.study()).isEmpty()) {
        report("study %s goes on after a restart".formatted(record.study().brief()));
        begin(Submission.ofRecord(record), record);
      }
    }
    return flush();
  }

  // Studies.

  /** Submits a study; submitting the same one again changes nothing. */
  public List<CoordinatorOrder> submit(Submission.Accepted accepted) {
    Digest digest = accepted.plan().digest();
    if (log.record(digest).isEmpty()) {
      append(
          new LogEntry(digest, 0, LogEntry.NONE, now.get().toEpochMilli(), accepted.submitted()));
      begin(accepted, log.record(digest).orElseThrow());
    }
    return flush();
  }

  /** What {@link CoordinatorOrder.Conclude} asked for; a study that is over takes no notice. */
  public List<CoordinatorOrder> reported(Digest study, SortedMap<String, Digest> files) {
    return tell(study, run -> run.reported(files));
  }

  /** Stops a running study; what was released stays released, what was charged stays charged. */
  public List<CoordinatorOrder> cancel(Digest study, String reason) {
    return tell(study, run -> run.cancel(reason));
  }

  /** A timer ran out; one that nobody waits for any more changes nothing. */
  public List<CoordinatorOrder> expired(Digest study, long token) {
    return tell(study, run -> run.expired(token));
  }

  /** Tells a study that runs; one that does not takes no notice. */
  private List<CoordinatorOrder> tell(Digest study, Function<StudyRun, List<Command>> what) {
    StudyRun run = runs.get(study);
    if (run != null) {
      execute(run, what.apply(run));
    }
    return flush();
  }

  /** Studies that have not come to their end. */
  public List<Digest> running() {
    return List.copyOf(runs.keySet());
  }

  private void begin(Submission.Accepted accepted, StudyRecord record) {
    StudyRun run =
        new StudyRun(
            accepted.plan(), record, patience, remaining(record, accepted.study().deadline()));
    runs.put(run.study(), run);
    execute(run, run.start());
    for (Map.Entry<NodeId, Attendance> each : List.copyOf(attendances.entrySet())) {
      if (each.getValue().greeted) {
        execute(run, run.connected(each.getKey()));
      }
    }
  }

  /** Whatever the clock did meanwhile, no study gets more time than it asked for. */
  private Duration remaining(StudyRecord record, Duration deadline) {
    Instant submitted = Instant.ofEpochMilli(record.entries().get(0).timeMillis());
    Duration passed = Duration.between(submitted, now.get());
    if (passed.isNegative()) {
      return deadline;
    }
    return passed.compareTo(deadline) > 0 ? Duration.ZERO : deadline.minus(passed);
  }

  // Sessions.

  /** The nodes whose sessions are up. */
  public List<NodeId> attending() {
    return attendances.entrySet().stream()
        .filter(each -> each.getValue().greeted)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * A node that proved its identity opened a session; an older one of the same node is over.
   *
   * @param session a number that no other session has
   */
  public List<CoordinatorOrder> opened(NodeId node, long session) {
    if (!federation.contains(node)) {
      hangUp(session, "ALT-CERT-003 " + node + " is not in this federation's roster");
      return flush();
    }
    Attendance former = attendances.put(node, new Attendance(session));
    if (former != null) {
      hangUp(former.session, "ALT-NODE-002 a newer session of this node took over");
      leave(node);
    }
    return flush();
  }

  /** A session ended; one that was taken over already changes nothing. */
  public List<CoordinatorOrder> closed(NodeId node, long session) {
    if (attends(node, session)) {
      attendances.remove(node);
      leave(node);
    }
    return flush();
  }

  private void leave(NodeId node) {
    report("node %s is away".formatted(node));
    for (StudyRun run : List.copyOf(runs.values())) {
      execute(run, run.disconnected(node));
    }
  }

  private boolean attends(NodeId node, long session) {
    Attendance attendance = attendances.get(node);
    return attendance != null && attendance.session == session;
  }

  /** Takes what a node says in the session that is its latest. */
  public List<CoordinatorOrder> received(NodeId node, long session, ToCoordinator message) {
    Attendance attendance = attendances.get(node);
    if (attendance == null || attendance.session != session) {
      return flush();
    }
    if (message instanceof ToCoordinator.Hello hello) {
      greet(node, attendance, hello);
    } else if (!attendance.greeted) {
      return flush();
    } else if (message instanceof ToCoordinator.Inquire inquire) {
      inquire(node, attendance, inquire);
    } else if (message instanceof ToCoordinator.Recalled recalled) {
      Optional.ofNullable(attendances.get(recalled.to()))
          .filter(asker -> asker.inquiry.isPresent() && asker.recalledBy.add(node))
          .ifPresent(asker -> send(asker, new ToNode.Recalled(recalled.recollection())));
    } else if (message instanceof ToCoordinator.Declare declare) {
      declare(node, attendance, declare);
    } else if (message instanceof ToCoordinator.OfStudy about) {
      pass(node, about);
    }
    return flush();
  }

  /** Takes a node's own word about itself into the log, once, and shows where it is. */
  private void declare(NodeId node, Attendance attendance, ToCoordinator.Declare message) {
    Signed<Declaration> signed;
    try {
      signed = Signed.ofBytes(message.declaration().toArray(), Declaration::ofBytes);
    } catch (MalformedEncoding e) {
      report("node %s declares what cannot be read: %s".formatted(node, e.getMessage()));
      return;
    }
    if (!signed.statement().node().equals(node)
        || !signed.verifies(federation)
        || ++attendance.declarations > MOST_DECLARATIONS) {
      report("ignored: a declaration that %s did not sign, or one too many".formatted(node));
      return;
    }
    DeclarationRecord known = log.declarations();
    Optional<LogEntry> entry = known.entryOf(Digest.of(signed.statement().toBytes()));
    if (entry.isEmpty()
        && known.lastOf(node).filter(l -> l.number() >= signed.statement().number()).isPresent()) {
      // Its count was put back: it is shown what it declared last.
      entry = known.lastEntryOf(node);
    }
    if (entry.isEmpty()) {
      append(
          known.next(new StudyEvent.NodeDeclared(message.declaration()), now.get().toEpochMilli()));
      entry = known.lastEntryOf(node);
    }
    long size = log.checkpoint().size();
    send(
        attendance,
        new ToNode.Declared(
            log.signedCheckpoint(),
            consistency(attendance, size),
            logged(entry.orElseThrow(), size)));
  }

  private ToNode.Logged logged(LogEntry entry, long size) {
    long place = log.places(entry.study()).get(entry.sequence());
    return new ToNode.Logged(Bytes.of(entry.toBytes()), log.inclusion(place, size));
  }

  private void greet(NodeId node, Attendance attendance, ToCoordinator.Hello hello) {
    if (hello.protocol() != ToCoordinator.PROTOCOL) {
      turnAway(
          node,
          "ALT-WIRE-003 the node speaks protocol %d, this coordinator %d: upgrade the older one"
              .formatted(hello.protocol(), ToCoordinator.PROTOCOL));
      return;
    }
    if (attendance.greeted) {
      return;
    }
    long size = log.checkpoint().size();
    if (hello.witnessed() > size) {
      turnAway(
          node,
          "ALT-LOG-001 the node has witnessed %d entries, this log has %d: it was restored from an older copy"
              .formatted(hello.witnessed(), size));
      return;
    }
    report("node %s is here".formatted(node));
    attendance.greeted = true;
    send(
        attendance,
        new ToNode.Welcome(log.signedCheckpoint(), log.consistency(hello.witnessed(), size)));
    attendance.shown = size;
    attendances.forEach((asker, each) -> passInquiry(asker, each, node, attendance));
    for (StudyRun run : List.copyOf(runs.values())) {
      execute(run, run.connected(node));
    }
    for (Digest open : hello.open()) {
      if (!runs.containsKey(open)) {
        tellItIsOver(node, open);
      }
    }
  }

  /** An inquiry makes everybody answer: nobody may ask without end. */
  private void inquire(NodeId by, Attendance asker, ToCoordinator.Inquire inquire) {
    if (++asker.inquiries <= MOST_INQUIRIES) {
      asker.inquiry = Optional.of(inquire.nonce());
      asker.recalledBy.clear();
      attendances.forEach((other, each) -> passInquiry(by, asker, other, each));
    }
  }

  /** Whoever comes later is asked too. */
  private void passInquiry(NodeId by, Attendance asker, NodeId to, Attendance asked) {
    if (!by.equals(to) && asked.greeted) {
      asker.inquiry.ifPresent(nonce -> send(asked, new ToNode.Inquired(by, nonce)));
    }
  }

  private static String outcome(StudyRecord record) {
    return record.completed()
        ? "completed"
        : record.stopped().map(s -> "stopped: " + s.reason()).orElse("unfinished");
  }

  private void pass(NodeId node, ToCoordinator.OfStudy message) {
    if (message instanceof ToCoordinator.Complaint complaint) {
      report(
          "node %s, study %s complains: %s"
              .formatted(node, complaint.plan().brief(), complaint.text()));
    }
    if (message instanceof ToCoordinator.OfAttempt said) {
      Class<?> kind =
          said instanceof ToCoordinator.Round round ? round.message().getClass() : said.getClass();
      report(
          "study %s: %s of %s for release %d, attempt %d"
              .formatted(
                  said.plan().brief(),
                  kind.getSimpleName(),
                  node,
                  said.release() + 1,
                  said.attempt()));
    }
    StudyRun run = runs.get(message.plan());
    if (run != null) {
      execute(run, run.received(node, message));
    } else if (message instanceof ToCoordinator.Admitted late) {
      // Its offer came to it after the study's end: it would keep what it has reserved.
      tellItIsOver(node, late.plan());
    }
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
      append(record.next(append.event(), now.get().toEpochMilli()));
    } else if (command instanceof Command.Send send) {
      send(send.to(), send.message());
    } else if (command instanceof Command.ShowLog show) {
      showLog(show.to(), run.study());
    } else if (command instanceof Command.ShowCharge show) {
      showCharge(show, run.study());
    } else if (command instanceof Command.Show show) {
      show(show.to(), run.study(), show.release());
    } else if (command instanceof Command.StartTimer timer) {
      out.add(new CoordinatorOrder.StartTimer(run.study(), timer.token(), timer.delay()));
    } else if (command instanceof Command.TakeCheckpoint) {
      return run.checkpointed(log.signedCheckpoint());
    } else if (command instanceof Command.Conclude) {
      out.add(new CoordinatorOrder.Conclude(run.study()));
    } else if (command instanceof Command.Dismiss dismiss) {
      dismiss(dismiss.to(), run.study(), dismiss.outcome());
    } else if (command instanceof Command.Finish finish) {
      log.putNote(run.study(), finish.closing());
    }
    return List.of();
  }

  private void append(LogEntry entry) {
    log.append(entry);
    report(
        "study %s: %s".formatted(entry.study().brief(), entry.event().getClass().getSimpleName()));
  }

  /** Leads from what was shown last in a session to the log of this size, shown now. */
  private ConsistencyProof consistency(Attendance attendance, long size) {
    ConsistencyProof proof = log.consistency(attendance.shown, size);
    attendance.shown = size;
    return proof;
  }

  private void showLog(NodeId to, Digest study) {
    Attendance attendance = attendances.get(to);
    if (attendance != null) {
      long size = log.checkpoint().size();
      send(
          attendance,
          new ToNode.LogShown(
              study,
              log.signedCheckpoint(),
              consistency(attendance, size),
              logged(log.record(study).orElseThrow().entries().get(0), size)));
    }
  }

  private void showCharge(Command.ShowCharge show, Digest study) {
    Attendance attendance = attendances.get(show.to());
    if (attendance == null) {
      return;
    }
    List<LogEntry> entries = log.record(study).orElseThrow().entries();
    StudyEvent charged = new StudyEvent.Charged(show.charge());
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).event().equals(charged)) {
        long size = log.checkpoint().size();
        send(
            attendance,
            new ToNode.ChargesRemembered(
                study,
                show.release(),
                show.attempt(),
                log.signedCheckpoint(),
                consistency(attendance, size),
                logged(entries.get(i), size),
                show.remembrances()));
        return;
      }
    }
    throw new IllegalStateException("a charge is shown that was not logged");
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
        long size = log.checkpoint().size();
        send(
            attendance,
            new ToNode.Published(
                study,
                Bytes.of(entries.get(i).toBytes()),
                Bytes.of(StudyFolder.sum(log.total(released.total()))),
                log.signedCheckpoint(),
                log.inclusion(log.places(study).get(i), size),
                consistency(attendance, size)));
      }
    }
  }

  private void tellItIsOver(NodeId to, Digest study) {
    dismiss(to, study, log.record(study).map(CoordinatorParty::outcome).orElse("unknown here"));
  }

  private void dismiss(NodeId to, Digest study, String outcome) {
    Attendance attendance = attendances.get(to);
    if (attendance != null) {
      long size = log.checkpoint().size();
      send(
          attendance,
          new ToNode.Ended(
              study,
              outcome,
              log.signedCheckpoint(),
              consistency(attendance, size),
              own(to, study, size)));
    }
  }

  /** What the log has of a node's words about a study. */
  private List<ToNode.Logged> own(NodeId node, Digest study, long size) {
    return log.record(study).stream()
        .flatMap(record -> record.entriesOf(node).stream())
        .limit(ToNode.Ended.MOST_OWN)
        .map(entry -> logged(entry, size))
        .toList();
  }

  private void send(NodeId to, ToNode message) {
    Optional.ofNullable(attendances.get(to)).ifPresent(attendance -> send(attendance, message));
  }

  private void send(Attendance attendance, ToNode message) {
    out.add(new CoordinatorOrder.Send(attendance.session, message));
  }

  private void turnAway(NodeId node, String why) {
    Optional.ofNullable(attendances.remove(node)).ifPresent(each -> hangUp(each.session, why));
  }

  private void hangUp(long session, String why) {
    out.add(new CoordinatorOrder.HangUp(session, why));
  }

  private void report(String line) {
    out.add(new CoordinatorOrder.Report(line));
  }

  private List<CoordinatorOrder> flush() {
    List<CoordinatorOrder> orders = List.copyOf(out);
    out.clear();
    return orders;
  }
}
