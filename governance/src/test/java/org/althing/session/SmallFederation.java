package org.althing.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.policy.Allowed;
import org.althing.privacy.Rho;
import org.althing.report.StudyFolder;
import org.althing.study.Examples;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;

/**
 * A whole federation in one thread: machines, a log, and a queue of messages in the order they were
 * sent. When nothing is under way any more, the latest timer runs out.
 */
final class SmallFederation {
  private static final int MOST_STEPS = 20_000;

  final Roster roster;
  final Plan plan;
  final SmallLog log;
  final TreeMap<NodeId, SmallNode> nodes = new TreeMap<>();
  Optional<SignedNote> closing = Optional.empty();
  int appends;
  int timersFired;

  /** Breaks the session of a node instead of delivering what it says. */
  BiPredicate<NodeId, ToCoordinator> lost = (node, message) -> false;

  /** Whether a node whose session broke restarts and comes back when nothing else is under way. */
  boolean comeBack;

  /** Whether it comes back at once. */
  boolean comeBackAtOnce;

  /** The coordinator fails right before, or right after, this append; 0 for never. */
  int crashBefore;

  int crashAfter;

  /** The coordinator fails after every append whose number this divides; 0 for never. */
  int crashEvery;

  /** What a node is told instead of a message. */
  Lie tampered = (node, message) -> message;

  @FunctionalInterface
  interface Lie {
    ToNode.OfStudy instead(NodeId node, ToNode.OfStudy message);
  }

  private StudyRun run;
  private int sessions;
  private final TreeMap<NodeId, Integer> attending = new TreeMap<>();
  private final TreeMap<NodeId, Long> witnessed = new TreeMap<>();
  private final List<NodeId> away = new ArrayList<>();
  private final Deque<Delivery> queue = new ArrayDeque<>();
  private long timer;

  private record Delivery(
      NodeId node, int session, ToNode.OfStudy down, ToCoordinator.OfStudy up) {}

  /** The coordinator's process ends in the middle of what it does. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  SmallFederation(int members, StudyTexts texts) {
    this(members, texts, Allowed.of(List.of("*")), Rho.roundedDown(100));
  }

  /** The last node's policy allows {@code lastAllows} alone and holds {@code budget}. */
  SmallFederation(int members, StudyTexts texts, Allowed lastAllows, Rho budget) {
    roster = Examples.roster(members);
    plan =
        ((Planning.Planned)
                StudyPlanner.compile(
                    StudyTexts.study(texts.study()), StudyTexts.contract(texts.contract()), roster))
            .plan();
    log = SmallLog.holding(texts, roster, plan.digest());
    for (int i = 0; i < members; i++) {
      boolean last = i == members - 1;
      SmallNode node =
          new SmallNode(
              i,
              roster,
              Witness.of(log.id()),
              last ? budget : Rho.roundedDown(100),
              last ? lastAllows : Allowed.of(List.of("*")));
      nodes.put(node.id, node);
    }
    startCoordinator();
    List.copyOf(nodes.keySet()).forEach(this::connect);
  }

  private void startCoordinator() {
    run = new StudyRun(plan, log.record(), Patience.DEFAULT, Duration.ofHours(6));
    guarded(() -> execute(run.start()));
  }

  /** The time that the study may take runs out. */
  SmallFederation letTimeRunOut() {
    guarded(() -> execute(run.expired(StudyRun.DEADLINE)));
    return this;
  }

  private void connect(NodeId node) {
    attending.put(node, ++sessions);
    ToCoordinator.Hello hello = nodes.get(node).hello();
    witnessed.put(node, hello.witnessed());
    guarded(
        () -> {
          if (run.over()) {
            hello.open().forEach(study -> dismiss(node, "over"));
          } else {
            execute(run.connected(node));
          }
        });
  }

  private void disconnect(NodeId node) {
    attending.remove(node);
    away.add(node);
    nodes.get(node).disconnected();
    guarded(() -> execute(run.disconnected(node)));
  }

  /** Goes on until the study is over and nothing is under way. */
  SmallFederation play() {
    playUntil((node, message) -> false);
    return this;
  }

  /** Goes on until just before {@code stop} holds of a message to a node; that message. */
  ToNode.OfStudy playUntil(BiPredicate<NodeId, ToNode> stop) {
    for (int step = 0; step < MOST_STEPS; step++) {
      if (!away.isEmpty() && (comeBackAtOnce || (comeBack && queue.isEmpty()))) {
        NodeId node = away.remove(0);
        nodes.get(node).restart();
        connect(node);
      } else if (queue.isEmpty() && run.over()) {
        return null;
      } else if (queue.isEmpty()) {
        timersFired++;
        guarded(() -> execute(run.expired(timer)));
      } else {
        Delivery next = queue.removeFirst();
        if (!Integer.valueOf(next.session()).equals(attending.get(next.node()))) {
          continue;
        }
        if (next.down() != null && stop.test(next.node(), next.down())) {
          return next.down();
        }
        deliver(next);
      }
    }
    throw new AssertionError("the study does not end: " + log.record().entries());
  }

  private void deliver(Delivery next) {
    if (next.down() != null) {
      reply(next.node(), hear(next.node(), next.down()));
    } else if (lost.test(next.node(), next.up())) {
      disconnect(next.node());
    } else {
      if (next.up() instanceof ToCoordinator.Cosigned cosigned) {
        witnessed.merge(next.node(), cosigned.size(), Math::max);
      }
      nodes.get(next.node()).said.add(next.up());
      guarded(() -> execute(run.received(next.node(), next.up())));
    }
  }

  private List<ToCoordinator> hear(NodeId node, ToNode.OfStudy message) {
    return nodes.get(node).hear(tampered.instead(node, message));
  }

  void reply(NodeId from, List<ToCoordinator> messages) {
    int session = attending.get(from);
    messages.forEach(m -> queue.add(new Delivery(from, session, null, (ToCoordinator.OfStudy) m)));
  }

  private void send(NodeId to, ToNode message) {
    if (attending.containsKey(to)) {
      queue.add(new Delivery(to, attending.get(to), (ToNode.OfStudy) message, null));
    }
  }

  private void dismiss(NodeId to, String outcome) {
    if (attending.containsKey(to)) {
      send(to, log.ended(outcome, witnessed.get(to)));
      witnessed.put(to, log.size());
    }
  }

  /** After a crash the coordinator starts from its log, and every node connects again. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (Crash crash) {
      queue.clear();
      List<NodeId> present = List.copyOf(attending.keySet());
      attending.clear();
      present.forEach(node -> nodes.get(node).disconnected());
      startCoordinator();
      present.forEach(this::connect);
    }
  }

  private void execute(List<Command> commands) {
    for (Command command : commands) {
      execute(command);
    }
  }

  private void execute(Command command) {
    if (command instanceof Command.Append append) {
      appends++;
      crashIf(appends == crashBefore);
      log.append(append.event(), append.total());
      crashIf(appends == crashAfter || (crashEvery > 0 && appends % crashEvery == 0));
    } else if (command instanceof Command.Send send) {
      send(send.to(), send.message());
    } else if (command instanceof Command.ShowLog show) {
      if (attending.containsKey(show.to())) {
        send(show.to(), log.shown(witnessed.get(show.to())));
        witnessed.put(show.to(), log.size());
      }
    } else if (command instanceof Command.ShowCharge show) {
      if (attending.containsKey(show.to())) {
        send(show.to(), log.remembered(show, witnessed.get(show.to())));
        witnessed.put(show.to(), log.size());
      }
    } else if (command instanceof Command.Show show) {
      if (attending.containsKey(show.to())) {
        send(show.to(), log.published(show.release(), witnessed.get(show.to())));
        witnessed.put(show.to(), log.size());
      }
    } else if (command instanceof Command.StartTimer start) {
      timer = start.token();
    } else if (command instanceof Command.TakeCheckpoint) {
      execute(run.checkpointed(log.checkpoint()));
    } else if (command instanceof Command.Conclude) {
      execute(run.reported(StudyFolder.digests(log.files())));
    } else if (command instanceof Command.Dismiss dismiss) {
      dismiss(dismiss.to(), dismiss.outcome());
    } else if (command instanceof Command.Finish finish) {
      closing = Optional.of(finish.closing());
    }
  }

  private static void crashIf(boolean now) {
    if (now) {
      throw new Crash();
    }
  }

  SmallNode node(int index) {
    return nodes.get(Examples.node(index));
  }

  <E extends StudyEvent> List<E> events(Class<E> kind) {
    return log.record().events(kind);
  }
}
