package org.althing.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.party.CoordinatorOrder;
import org.althing.party.CoordinatorParty;
import org.althing.party.StudyFiles;
import org.althing.party.Submission;
import org.althing.session.Patience;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.LogStore;
import org.althing.study.StudyLog;
import org.jspecify.annotations.Nullable;

/** A coordinator's process: the real machine around the real log. */
final class SimulatedCoordinator extends SimulatedProcess {
  private final int lineage;
  private final Map<Long, Session> sessions = new TreeMap<>();
  private final Map<Digest, TreeSet<Long>> timers = new HashMap<>();
  private final Map<Digest, Long> latest = new HashMap<>();
  private final Set<Digest> concluding = new HashSet<>();
  private int conclusions;
  private @Nullable CoordinatorParty party;
  private @Nullable StudyLog log;

  /**
   * @param lineage tells the histories of several coordinators apart
   */
  SimulatedCoordinator(World world, int lineage) {
    super(world, Fault.COORDINATOR);
    this.lineage = lineage;
  }

  int lineage() {
    return lineage;
  }

  Optional<StudyLog> log() {
    return Optional.ofNullable(log);
  }

  /** Studies of the process that runs; none while none does. */
  List<Digest> running() {
    return party == null ? List.of() : party.running();
  }

  /** Whether a study that runs waits for a timer or a report that will come. */
  boolean awaits(Digest study) {
    Long token = latest.get(study);
    return concluding.contains(study)
        || (token != null && timers.getOrDefault(study, new TreeSet<>()).contains(token));
  }

  /** Drops every timer, as no coordinator does: to see that this is noticed. */
  void forgetTimers() {
    timers.clear();
  }

  @Override
  void begin() {
    LogStore store = disk().log();
    StudyLog opened =
        StudyLog.open(
            new WatchedLog(store, entry -> world().invariants().entered(this, entry)),
            World.ORIGIN,
            world().logSigningKey());
    world().invariants().reopened(this, store.entries());
    log = opened;
    party = new CoordinatorParty(opened, world().roster(), patience(), this::now);
    perform(party.start());
  }

  private static Patience patience() {
    return new Patience(
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        Duration.ofMinutes(5),
        Duration.ofSeconds(30));
  }

  @Override
  void gone(boolean told) {
    party = null;
    log = null;
    timers.clear();
    latest.clear();
    concluding.clear();
    List<Session> open = new ArrayList<>(sessions.values());
    sessions.clear();
    open.forEach(session -> session.coordinatorGone(told));
  }

  /** Puts a study to the federation; false where the process cannot take it now. */
  boolean submit(byte[] study) {
    CoordinatorParty running = party;
    if (!responsive() || running == null) {
      return false;
    }
    boolean[] taken = {false};
    act(
        incarnation(),
        () -> {
          Submission submission =
              Submission.of(Questions.LEAD, study, Questions.contract(), world().roster());
          if (!(submission instanceof Submission.Accepted accepted)) {
            throw new IllegalStateException("the simulated study is sound: " + submission);
          }
          taken[0] = true;
          perform(running.submit(accepted));
        });
    return taken[0];
  }

  // Sessions.

  void opened(Session session) {
    sessions.put(session.number(), session);
    perform(machine().opened(session.node().id(), session.number()));
  }

  void closed(Session session) {
    if (sessions.remove(session.number()) != null) {
      perform(machine().closed(session.node().id(), session.number()));
    }
  }

  void received(Session session, ToCoordinator message) {
    if (sessions.containsKey(session.number())) {
      perform(machine().received(session.node().id(), session.number(), message));
    }
  }

  boolean attends(Session session) {
    return sessions.containsKey(session.number());
  }

  /** The nodes that greeted it and were welcomed. */
  List<NodeId> attending() {
    return party == null ? List.of() : party.attending();
  }

  // Orders.

  private CoordinatorParty machine() {
    CoordinatorParty running = party;
    if (running == null) {
      throw new IllegalStateException("the process does not run");
    }
    return running;
  }

  private void perform(List<CoordinatorOrder> orders) {
    for (CoordinatorOrder order : orders) {
      perform(order);
    }
  }

  private void perform(CoordinatorOrder order) {
    if (order instanceof CoordinatorOrder.Send send) {
      Session session = sessions.get(send.session());
      if (session != null) {
        for (ToNode message : world().deceit().toNode(session.node().id(), send.message())) {
          session.down(message);
        }
      }
    } else if (order instanceof CoordinatorOrder.HangUp hangUp) {
      Session session = sessions.remove(hangUp.session());
      if (session != null) {
        session.hangUp();
      }
    } else if (order instanceof CoordinatorOrder.StartTimer timer) {
      timers.computeIfAbsent(timer.study(), s -> new TreeSet<>()).add(timer.token());
      latest.merge(timer.study(), timer.token(), Math::max);
      later(timer.delay(), () -> expired(timer));
    } else if (order instanceof CoordinatorOrder.Conclude conclude) {
      concluding.add(conclude.study());
      later(
          world().draw().between(1, 2000, "conclude", party(), conclusions++),
          () -> conclude(conclude.study()));
    }
  }

  private void conclude(Digest study) {
    concluding.remove(study);
    perform(machine().reported(study, StudyFiles.digests(log().orElseThrow(), study)));
  }

  private void expired(CoordinatorOrder.StartTimer timer) {
    timers.getOrDefault(timer.study(), new TreeSet<>()).remove(timer.token());
    perform(machine().expired(timer.study(), timer.token()));
  }
}
