package org.althing.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.althing.audit.NoteKey;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.privacy.Rho;
import org.jspecify.annotations.Nullable;

/** A whole federation in one thread: plays one scenario from its beginning to its end. */
final class World {
  static final String ORIGIN = "log.simulated/althing";

  /** A study asks for six hours at most; by then everything has come to its end. */
  private static final Duration LONGEST = Duration.ofHours(8);

  private static final Duration SETTLING = Duration.ofSeconds(60);
  private static final int MOST_STEPS = 200_000;

  private final Scenario scenario;
  private final Draw draw;
  private final Agenda agenda = new Agenda();
  private final Network network = new Network(this);
  private final Invariants invariants = new Invariants(this);
  private final Roster roster;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final SimulatedCoordinator coordinator;
  private final Deceit deceit;
  private final Map<String, Integer> messages = new HashMap<>();
  private @Nullable SimulatedCoordinator twin;

  /** How many there were: each has a history of its own. */
  private int twins;

  private Duration quietFrom = Duration.ZERO;
  private int submitted;

  World(Scenario scenario, Deceit deceit) {
    this.scenario = scenario;
    this.draw = new Draw(scenario.seed());
    this.deceit = deceit;
    List<Roster.Member> members = new ArrayList<>();
    for (int i = 0; i < scenario.nodes(); i++) {
      members.add(new Roster.Member(id(i), key(i).verifyingKey()));
    }
    this.roster = new Roster(members, Quorum.defaultFor(scenario.nodes()));
    for (int i = 0; i < scenario.nodes(); i++) {
      nodes.add(new SimulatedNode(this, i, id(i), Rho.roundedDown(1000)));
    }
    this.coordinator = new SimulatedCoordinator(this, 0);
    deceit.enter(this);
  }

  private static NodeId id(int index) {
    return new NodeId("org-" + (char) ('a' + index));
  }

  // Who and what there is.

  Agenda agenda() {
    return agenda;
  }

  Draw draw() {
    return draw;
  }

  Network network() {
    return network;
  }

  Invariants invariants() {
    return invariants;
  }

  Roster roster() {
    return roster;
  }

  Scenario scenario() {
    return scenario;
  }

  Deceit deceit() {
    return deceit;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  SimulatedCoordinator coordinator() {
    return coordinator;
  }

  Optional<SimulatedCoordinator> twin() {
    return Optional.ofNullable(twin);
  }

  SigningKey key(int party) {
    return SigningKey.ofSeed(new Draw(7).seedBytes("identity", party));
  }

  SigningKey logSigningKey() {
    return key(1000);
  }

  NoteKey logKey() {
    return new NoteKey(ORIGIN, NoteKey.Type.ED25519, logSigningKey().verifyingKey());
  }

  // The play.

  /** Plays to the end; a rule that does not hold ends it with a {@link Violation}. */
  Outcome play() {
    playThrough();
    invariants.checkEnd();
    return Outcome.of(this);
  }

  /** The same without asking how it ended: where somebody lies, nobody promises that. */
  void playThrough() {
    scenario.script().faults().forEach(this::schedule);
    coordinator.start();
    nodes.forEach(SimulatedNode::start);
    for (int i = 0; i < scenario.studies().size(); i++) {
      int number = i;
      agenda.at(Duration.ofMillis(500 + 700L * i), () -> submit(number));
    }
    Duration settled = LONGEST;
    while (agenda.now().compareTo(settled) < 0 && agenda.step()) {
      invariants.check();
      if (agenda.steps() > MOST_STEPS) {
        throw new Violation("LIVENESS", "the play does not end within " + MOST_STEPS + " steps");
      }
      if (settled.equals(LONGEST) && finished()) {
        settled = agenda.now().plus(SETTLING);
      }
    }
  }

  private boolean finished() {
    return submitted == scenario.studies().size()
        && agenda.now().compareTo(quietFrom) > 0
        && twin == null
        && coordinator.responsive()
        && coordinator.running().isEmpty();
  }

  private void submit(int number) {
    byte[] study =
        Questions.study(number, scenario.studies().get(number), scenario.spareAttempts());
    if (coordinator.submit(study)) {
      submitted++;
    } else {
      agenda.after(Duration.ofSeconds(5), () -> submit(number));
    }
  }

  // What goes wrong.

  private SimulatedProcess process(int party) {
    return party == Fault.COORDINATOR ? coordinator : nodes.get(party);
  }

  private void quietAfter(Duration end) {
    quietFrom = quietFrom.compareTo(end) > 0 ? quietFrom : end;
  }

  private void schedule(Fault fault) {
    if (fault instanceof Fault.Kill kill) {
      quietAfter(kill.at());
      agenda.at(kill.at(), () -> process(kill.party()).kill(kill.down(), true));
    } else if (fault instanceof Fault.PowerCut cut) {
      quietAfter(cut.at());
      agenda.at(cut.at(), () -> cutPower(cut));
    } else if (fault instanceof Fault.DiskFull full) {
      quietAfter(full.at().plus(full.span()));
    } else if (fault instanceof Fault.Break broken) {
      quietAfter(broken.at());
      agenda.at(broken.at(), () -> nodes.get(broken.node()).session().ifPresent(Session::breakUp));
    } else if (fault instanceof Fault.HalfOpen open) {
      quietAfter(open.at());
      agenda.at(open.at(), () -> nodes.get(open.node()).session().ifPresent(Session::fallSilent));
    } else if (fault instanceof Fault.Partition partition) {
      quietAfter(partition.at().plus(partition.span()));
      agenda.at(
          partition.at(), () -> nodes.get(partition.node()).session().ifPresent(Session::suspect));
    } else if (fault instanceof Fault.Pause pause) {
      quietAfter(pause.at().plus(pause.span()));
      agenda.at(pause.at(), () -> pause(pause));
    } else if (fault instanceof Fault.ClockJump jump) {
      quietAfter(jump.at());
      agenda.at(jump.at(), () -> process(jump.party()).jump(jump.by()));
    } else if (fault instanceof Fault.Restore restore) {
      quietAfter(restore.at());
      agenda.at(restore.at(), () -> restore(restore));
    } else if (fault instanceof Fault.Twin born) {
      quietAfter(born.at().plus(born.span()));
      agenda.at(born.at(), () -> beget(born));
    }
    // Slow, Write, Line, Message, Unreadable, Denial and Silence are asked for where they bite.
  }

  private void cutPower(Fault.PowerCut cut) {
    SimulatedProcess process = process(cut.party());
    process.kill(cut.down(), false);
    process.disk().losePower(draw.of("unsynced", cut.party()).nextInt(10));
  }

  private void pause(Fault.Pause pause) {
    process(pause.party()).pause(pause.span());
    for (SimulatedNode node : nodes) {
      if (pause.party() == Fault.COORDINATOR || pause.party() == node.party()) {
        node.session().ifPresent(Session::suspect);
      }
    }
  }

  private void restore(Fault.Restore restore) {
    SimulatedProcess process = process(restore.party());
    process.kill(Duration.ofSeconds(5), true);
    process.disk().forget(restore.writes());
    invariants.restored(process);
  }

  private void beget(Fault.Twin born) {
    if (twin != null) {
      return;
    }
    SimulatedCoordinator second = new SimulatedCoordinator(this, ++twins);
    second.mount(
        coordinator
            .disk()
            .copy(
                new Disk.Weather() {
                  @Override
                  public Optional<Fault.Write> at(int nth) {
                    return Optional.empty();
                  }

                  @Override
                  public Optional<Fault.Line> atLine(int nth) {
                    return Optional.empty();
                  }

                  @Override
                  public boolean full() {
                    return false;
                  }
                }));
    invariants.copied(coordinator, second);
    twin = second;
    second.start();
    nodes.stream().filter(node -> node.party() % 2 == 1).forEach(n -> network.route(n, second));
    agenda.after(born.span(), this::endTwin);
  }

  private void endTwin() {
    SimulatedCoordinator second = twin;
    if (second != null) {
      twin = null;
      nodes.forEach(node -> network.route(node, coordinator));
      second.end();
    }
  }

  private <F extends Fault> List<F> faults(Class<F> kind) {
    return scenario.script().faults().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private boolean during(Duration from, Duration span) {
    return agenda.now().compareTo(from) >= 0 && agenda.now().compareTo(from.plus(span)) < 0;
  }

  Optional<Fault.Write> writeFault(int party, int nth) {
    return faults(Fault.Write.class).stream()
        .filter(fault -> fault.party() == party && fault.nth() == nth)
        .findFirst();
  }

  Optional<Fault.Line> lineFault(int node, int nth) {
    return faults(Fault.Line.class).stream()
        .filter(fault -> fault.node() == node && fault.nth() == nth)
        .findFirst();
  }

  boolean diskFull(int party) {
    return faults(Fault.DiskFull.class).stream()
        .anyMatch(fault -> fault.party() == party && during(fault.at(), fault.span()));
  }

  /** Whether packets pass between a node and the coordinators. */
  boolean reaches(int node) {
    return faults(Fault.Partition.class).stream()
        .noneMatch(fault -> fault.node() == node && during(fault.at(), fault.span()));
  }

  /**
   * When a message that is sent now arrives; behind a partition it waits for the partition's end.
   */
  Duration transit(int node, boolean toNode) {
    Duration sent = agenda.now();
    for (Fault.Partition partition : faults(Fault.Partition.class)) {
      if (partition.node() == node && during(partition.at(), partition.span())) {
        sent = partition.at().plus(partition.span());
      }
    }
    Duration slow = Duration.ZERO;
    for (Fault.Slow fault : faults(Fault.Slow.class)) {
      if (fault.node() == node && during(fault.at(), fault.span())) {
        slow = fault.extra();
      }
    }
    int nth = messages.merge(node + (toNode ? " down" : " up"), 1, Integer::sum);
    return sent.plus(slow).plus(draw.between(1, 60, toNode ? "down" : "up", node, nth));
  }

  /** What becomes of the message that {@link #transit} was asked for last in this direction. */
  Optional<Fault.MessageEffect> messageFault(int node, boolean toNode) {
    int nth = messages.getOrDefault(node + (toNode ? " down" : " up"), 0);
    return faults(Fault.Message.class).stream()
        .filter(fault -> fault.node() == node && fault.toNode() == toNode && fault.nth() == nth)
        .map(Fault.Message::effect)
        .findFirst();
  }

  /** Whether no message to the node is lost in a session that lives on: it cannot know then. */
  boolean hearsAll(int node) {
    return faults(Fault.Message.class).stream()
        .noneMatch(
            fault ->
                fault.node() == node
                    && fault.toNode()
                    && fault.effect() == Fault.MessageEffect.LOST);
  }

  List<Fault.Denial> denials(int node) {
    return faults(Fault.Denial.class).stream().filter(fault -> fault.node() == node).toList();
  }

  /** Whether a node's officer says nothing. */
  boolean silent(int node) {
    return faults(Fault.Silence.class).stream().anyMatch(fault -> fault.node() == node);
  }

  boolean unreadable(int node, int nth) {
    return faults(Fault.Unreadable.class).stream()
        .anyMatch(fault -> fault.node() == node && fault.nth() == nth);
  }

  /** The kinds of fault in the script. */
  Set<String> kinds() {
    Set<String> kinds = new HashSet<>();
    scenario.script().faults().forEach(fault -> kinds.add(fault.getClass().getSimpleName()));
    return kinds;
  }
}
