package org.althing.simulation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ForkEvidence;
import org.althing.audit.MerkleTree;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.Partition;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.privacy.StudyAccount;
import org.althing.secagg.Input;
import org.althing.secagg.InputHeader;
import org.althing.session.Contradiction;
import org.althing.session.ToCoordinator;
import org.althing.study.ChargeStatement;
import org.althing.study.LogEntry;
import org.althing.study.Plan;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.wire.SessionCodec;

/**
 * The rules that hold whatever goes wrong (reliability §4.1, I1 to I10), checked while a play goes
 * on.
 *
 * <p>A node whose whole disk was put back is held to what was released of it (I2), as long as no
 * more than c others were put back too: they are who remembers. What it sent and nobody confirmed
 * is worth nothing to anybody, and forgotten by all.
 */
final class Invariants {
  /** One vector that left a node. */
  private static final class Sent {
    private final InputHeader header;
    private final SimulatedNode.Summed summed;

    private Sent(InputHeader header, SimulatedNode.Summed summed) {
      this.header = header;
      this.summed = summed;
    }
  }

  /** One node's vector for one attempt. */
  private record Attempt(NodeId node, ReleaseId id) {}

  /** A coordinator's history as far as it is known to be durable. */
  private static final class Lineage {
    private final List<byte[]> entries = new ArrayList<>();
    private final MerkleTree tree;

    private Lineage(MerkleTree tree) {
      this.tree = tree;
    }

    private final Map<Digest, StudyEvent> ends = new HashMap<>();

    private void add(byte[] entry) {
      entries.add(entry);
      tree.append(entry);
    }
  }

  private static final int FORK = 99;

  private final World world;
  private final Map<Digest, Plan> plans = new HashMap<>();
  private final Map<Attempt, Sent> sent = new HashMap<>();
  private final Map<NodeId, DataTokens> tokens = new HashMap<>();

  /** The first coordinate of every mask, and what it hid. */
  private final Map<Long, Attempt> masks = new HashMap<>();

  /** The vectors in released sums. */
  private final Set<Attempt> counted = new HashSet<>();

  /** The charges that stand in a log. */
  private final Set<Attempt> logged = new HashSet<>();

  private final Map<NodeId, Rho> spent = new HashMap<>();
  private final Map<NodeId, Witness> witnesses = new HashMap<>();
  private final Set<String> admissions = new HashSet<>();
  private final Set<NodeId> putBack = new HashSet<>();
  private final Set<NodeId> frozen = new HashSet<>();
  private final Map<Integer, Lineage> lineages = new TreeMap<>();
  private final Map<String, Integer> unseen = new TreeMap<>();

  Invariants(World world) {
    this.world = world;
  }

  Map<String, Integer> unseen() {
    return unseen;
  }

  int frozen() {
    return frozen.size();
  }

  private void hold(boolean rule, String name, String what) {
    if (!rule) {
      throw new Violation(name, what);
    }
  }

  private void holdOf(NodeId node, boolean rule, String name, String what) {
    if (!rule && putBack.contains(node)) {
      unseen.merge(name, 1, Integer::sum);
      return;
    }
    hold(rule, name, what);
  }

  // What nodes do.

  void planned(Plan plan) {
    plans.put(plan.digest(), plan);
  }

  void said(SimulatedNode node, ToCoordinator message) {
    if (lies(node)) {
      return;
    }
    if (message instanceof ToCoordinator.Admitted admitted) {
      hold(
          node.agreed(admitted.plan()),
          "I9",
          node.id() + " admitted a study that its officer has not agreed to");
      admissions.add(node.id() + " " + admitted.plan().hex());
    }
    if (message instanceof ToCoordinator.Round round && round.message() instanceof Input input) {
      left(node, round, input);
    }
  }

  private boolean lies(SimulatedNode node) {
    return world.deceit().lyingNodes().contains(node.party());
  }

  private void left(SimulatedNode node, ToCoordinator.Round round, Input input) {
    ReleaseId id = new ReleaseId(round.plan(), round.release(), round.attempt());
    BudgetLedger durable = BudgetLedger.open(node.disk().ledger());
    StudyAccount account =
        durable
            .study(round.plan())
            .orElseThrow(
                () -> new Violation("I9", node.id() + " sent for a study it never reserved"));
    hold(
        account.charges().stream().anyMatch(charge -> charge.release().equals(id)),
        "I1",
        "%s sent a vector for %s before its charge was durable".formatted(node.id(), name(id)));
    hold(
        admissions.contains(node.id() + " " + round.plan().hex()),
        "I9",
        node.id() + " sent for a plan it has not admitted");
    hold(
        node.agreed(round.plan()),
        "I9",
        node.id() + " sent for a study that its officer has said no to");
    SimulatedNode.Summed summed =
        node.lastSummed(round.plan())
            .orElseThrow(() -> new Violation("I1", node.id() + " sent a vector it never summed"));
    Attempt attempt = new Attempt(node.id(), id);
    hidden(attempt, input, summed.noised());
    Sent before = sent.putIfAbsent(attempt, new Sent(input.header(), summed));
    holdOf(
        node.id(),
        before == null || before.header.equals(input.header()),
        "I3",
        "%s sent two vectors for %s".formatted(node.id(), name(id)));
    if (!putBack.contains(node.id())) {
      hold(
          account.spent().compareTo(lost(node.id(), round.plan(), sent.keySet())) >= 0,
          "I2",
          "%s has sent more for study %s than its ledger knows"
              .formatted(node.id(), round.plan().brief()));
    } else if (putBack.size() - 1 <= world.roster().quorum().colluders()) {
      Rho released = Rho.ZERO;
      for (Digest study : plans.keySet()) {
        released = released.plus(lost(node.id(), study, counted));
      }
      hold(
          durable.balance(Questions.POPULATION).spent().compareTo(released) >= 0,
          "I2",
          node.id() + " was put back, and sends although its ledger has forgotten a release");
    }
  }

  /** I10: every coordinate has a mask, and no two vectors have one: their difference would show. */
  private void hidden(Attempt attempt, Input input, long[] noised) {
    ByteBuffer vector =
        ByteBuffer.wrap(input.vector().toLittleEndian()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < noised.length; i++) {
      hold(
          vector.getLong(8 * i) != noised[i],
          "I10",
          "%s sent a coordinate in the clear for %s".formatted(attempt.node(), name(attempt.id())));
    }
    Attempt before = masks.putIfAbsent(vector.getLong(0) - noised[0], attempt);
    hold(
        before == null || before.equals(attempt),
        "I10",
        "%s used a mask for %s that hid another vector before"
            .formatted(attempt.node(), name(attempt.id())));
  }

  /** A node has summed its rows, or drawn noise for it: what it must not say from now on. */
  void summed(SimulatedNode node, long[] sum) {
    tokens.computeIfAbsent(node.id(), id -> new DataTokens()).add(sum);
  }

  /**
   * I1, before noise is drawn: the charge is durable, in a log, and on the disks of t − 1 others,
   * of whom a liar may have forgotten it.
   */
  void noising(SimulatedNode node, ChargeReceipt receipt) {
    if (lies(node)) {
      return;
    }
    String what = "%s draws noise for %s, and ".formatted(node.id(), name(receipt.release()));
    hold(
        BudgetLedger.open(node.disk().ledger()).study(receipt.release().study()).stream()
            .flatMap(account -> account.charges().stream())
            .anyMatch(charge -> charge.release().equals(receipt.release())),
        "I1",
        what + "its charge is not durable");
    hold(
        logged.contains(new Attempt(node.id(), receipt.release())),
        "I1",
        what + "its charge is in no log");
    long remembering =
        world.nodes().stream()
            .filter(other -> other != node && (lies(other) || remembers(other, node, receipt)))
            .count();
    // A disk that was put back since may have held it.
    hold(
        remembering + putBack.size() >= world.roster().quorum().threshold() - 1,
        "I1",
        what + remembering + " others remember its charge");
  }

  private static boolean remembers(SimulatedNode who, SimulatedNode of, ChargeReceipt receipt) {
    return who.disk()
        .memory()
        .of(of.id())
        .map(newest -> newest.statement().receipt().ledger())
        .filter(known -> !receipt.ledger().isNewerThan(known))
        .isPresent();
  }

  /** I10: what goes to the connection was written to the outbox before, and tells of no row. */
  void leaves(SimulatedNode node, ToCoordinator message) {
    if (lies(node)) {
      return;
    }
    Bytes bytes = Bytes.of(SessionCodec.write(message));
    hold(
        node.disk().lastRecorded().equals(Optional.of(bytes)),
        "I10",
        node.id() + " sent a message that is not in its outbox");
    DataTokens known = tokens.get(node.id());
    hold(
        known == null || !known.in(bytes.toArray()),
        "I10",
        "%s sent a sum over its rows in a %s"
            .formatted(node.id(), message.getClass().getSimpleName()));
  }

  private static String name(ReleaseId id) {
    return "release %d, attempt %d of study %s"
        .formatted(id.release(), id.attempt(), id.study().brief());
  }

  private Plan planOf(Digest study) {
    return Optional.ofNullable(plans.get(study)).orElseThrow();
  }

  /** What a node's vectors have cost its people: the sum over these attempts. */
  private Rho lost(NodeId node, Digest study, Set<Attempt> attempts) {
    Plan plan = planOf(study);
    Map<Partition, Rho> cost = new HashMap<>();
    for (Attempt attempt : attempts) {
      if (attempt.node().equals(node) && attempt.id().study().equals(study)) {
        var spec = plan.releases().get(attempt.id().release());
        cost.merge(spec.partition(), spec.noise().rho(), Rho::plus);
      }
    }
    Rho trained = cost.getOrDefault(Partition.TRAIN, Rho.ZERO);
    Rho heldOut = cost.getOrDefault(Partition.HOLDOUT, Rho.ZERO);
    return cost.getOrDefault(Partition.ALL, Rho.ZERO).plus(trained.max(heldOut));
  }

  /** Proofs are found against copies alone. */
  void accused(Contradiction proof) {
    boolean liar =
        world.nodes().stream().anyMatch(node -> node.id().equals(proof.node()) && lies(node));
    hold(
        liar || putBack.contains(proof.node()),
        "FALSE_ALARM",
        "the ledger of %s is said to contradict itself: %s"
            .formatted(proof.node(), proof.why().orElse("it does not")));
  }

  /** What is kept against a log was signed by it, and no history has both. */
  void accusedLog(ForkEvidence evidence) {
    hold(
        evidence.isSigned(world.logKey())
            && lineages.values().stream()
                .noneMatch(
                    lineage ->
                        holds(lineage, evidence.seen()) && holds(lineage, evidence.refused())),
        "FALSE_ALARM",
        "the log is said to have forked: " + evidence.toText());
  }

  private static boolean holds(Lineage lineage, SignedNote note) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      return holds(lineage, checkpoint.size(), checkpoint.root());
    } catch (MalformedEncoding e) {
      return false;
    }
  }

  void witnessed(SimulatedNode node, Witness next) {
    Witness before = witnesses.put(node.id(), next);
    List<Lineage> holding =
        lineages.values().stream()
            .filter(lineage -> holds(lineage, next.seen().size(), next.seen().root()))
            .toList();
    hold(!holding.isEmpty(), "I8", node.id() + " witnessed a log that no coordinator holds");
    if (before != null && before.seen().size() > 0) {
      holdOf(
          node.id(),
          holding.stream()
              .anyMatch(
                  lineage ->
                      before.seen().size() <= next.seen().size()
                          && holds(lineage, before.seen().size(), before.seen().root())),
          "I8",
          node.id() + " witnessed two histories");
    }
  }

  private static boolean holds(Lineage lineage, long size, Digest root) {
    return size <= lineage.tree.size() && lineage.tree.root(size).equals(root);
  }

  // What coordinators do.

  private Lineage lineage(SimulatedCoordinator of) {
    return lineages.computeIfAbsent(of.lineage(), number -> new Lineage(new MerkleTree()));
  }

  void reopened(SimulatedCoordinator coordinator, List<byte[]> entries) {
    Lineage lineage = lineage(coordinator);
    hold(
        entries.size() >= lineage.entries.size(),
        "DURABLE",
        "the log lost entries that were written");
    for (int i = 0; i < entries.size(); i++) {
      if (i < lineage.entries.size()) {
        hold(
            Arrays.equals(entries.get(i), lineage.entries.get(i)),
            "DURABLE",
            "entry " + i + " of the log is not what was written");
      } else {
        entered(coordinator, entries.get(i));
      }
    }
  }

  /** The second coordinator's history begins as the first one's. */
  void copied(SimulatedCoordinator from, SimulatedCoordinator to) {
    Lineage copy = lineage(to);
    lineage(from).entries.forEach(entry -> track(copy, entry));
  }

  /** A lying coordinator tells this history too. */
  void forked(MerkleTree tree) {
    lineages.put(FORK, new Lineage(tree));
  }

  private void track(Lineage lineage, byte[] bytes) {
    lineage.add(bytes);
    LogEntry entry = read(bytes);
    if (ends(entry.event())) {
      lineage.ends.put(entry.study(), entry.event());
    }
    if (entry.event() instanceof StudyEvent.Charged charged) {
      ChargeStatement said = charge(charged);
      logged.add(new Attempt(said.node(), said.receipt().release()));
    }
  }

  private static boolean ends(StudyEvent event) {
    return event instanceof StudyEvent.StudyCompleted || event instanceof StudyEvent.StudyStopped;
  }

  static ChargeStatement charge(StudyEvent.Charged charged) {
    try {
      return Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes).statement();
    } catch (MalformedEncoding e) {
      throw new Violation("DURABLE", e);
    }
  }

  private static LogEntry read(byte[] bytes) {
    try {
      return LogEntry.ofBytes(bytes);
    } catch (MalformedEncoding e) {
      throw new Violation("DURABLE", e);
    }
  }

  void entered(SimulatedCoordinator coordinator, byte[] bytes) {
    Lineage lineage = lineage(coordinator);
    LogEntry entry = read(bytes);
    hold(
        !lineage.ends.containsKey(entry.study())
            || entry.event() instanceof StudyEvent.ReportIssued,
        "I4",
        "%s follows the end of study %s"
            .formatted(entry.event().getClass().getSimpleName(), entry.study().brief()));
    track(lineage, bytes);
    if (entry.event() instanceof StudyEvent.Released released) {
      released(coordinator, entry.study(), released);
    }
  }

  /** I6 and I7: the total is the sum of what its survivors sent, each once, all under one model. */
  private void released(
      SimulatedCoordinator coordinator, Digest study, StudyEvent.Released released) {
    ReleaseId id = new ReleaseId(study, released.release(), released.attempt());
    long[] total = coordinator.disk().log().total(released.total()).orElseThrow();
    long[] sum = new long[total.length];
    Set<Digest> contexts = new HashSet<>();
    Set<Digest> cohorts = new HashSet<>();
    List<Sent> parts = new ArrayList<>();
    for (NodeId survivor : released.survivors()) {
      counted.add(new Attempt(survivor, id));
      if (world.nodes().stream().anyMatch(node -> node.id().equals(survivor) && lies(node))) {
        // What a liar put in is bounded by nothing but its own word.
        continue;
      }
      Sent part = sent.get(new Attempt(survivor, id));
      if (part == null) {
        throw new Violation("I6", survivor + " is counted in " + name(id) + " and sent nothing");
      }
      parts.add(part);
      contexts.add(part.header.ctx());
      cohorts.add(part.header.cohort());
      long[] noised = part.summed.noised();
      Arrays.setAll(sum, i -> sum[i] + noised[i]);
    }
    hold(contexts.size() == 1, "I7", name(id) + " mixes models");
    hold(cohorts.size() == 1, "I7", name(id) + " mixes cohorts");
    if (parts.size() == released.survivors().size()) {
      hold(
          Arrays.equals(sum, total), "I6", name(id) + " is not the sum of what its survivors sent");
      counted(id, parts, total);
    }
  }

  /**
   * Node k counts 2ᵏ times what node 0 does, so a count tells who is in it; the noise is a
   * hundredth of the smallest count.
   */
  private void counted(ReleaseId id, List<Sent> parts, long[] total) {
    Plan plan = planOf(id.study());
    var shape = plan.releases().get(id.release()).noise().shape();
    boolean counts =
        shape.blocks().stream().allMatch(block -> block.recordL2Squared() == square(block.scale()));
    // So few are held out that the noise would hide the smallest node.
    if (!counts || plan.releases().get(id.release()).partition() == Partition.HOLDOUT) {
      return;
    }
    int length = shape.blocks().get(0).length();
    long expected = parts.stream().mapToLong(part -> counted(part.summed.exact(), length)).sum();
    long least =
        parts.stream()
            .mapToLong(part -> counted(part.summed.exact(), length) >> place(part.header.sender()))
            .min()
            .orElseThrow();
    hold(
        Math.abs(counted(total, length) - expected) < least / 2,
        "I6",
        "%s counts %d steps, its survivors hold %d, and the smallest node %d"
            .formatted(name(id), counted(total, length), expected, least));
  }

  private static long counted(long[] vector, int length) {
    return Arrays.stream(vector, 0, length).sum();
  }

  private int place(NodeId node) {
    return world.nodes().stream().map(SimulatedNode::id).toList().indexOf(node);
  }

  private static long square(long value) {
    return value * value;
  }

  /** A disk was put back to an older state. */
  void restored(SimulatedProcess process) {
    if (process instanceof SimulatedNode node) {
      putBack.add(node.id());
      spent.remove(node.id());
      witnesses.remove(node.id());
    } else if (process instanceof SimulatedCoordinator coordinator) {
      // Its history begins anew; what nodes have witnessed stays with the one before.
      lineages.put(-lineages.size() - 1, lineage(coordinator));
      Lineage shorter = new Lineage(new MerkleTree());
      lineages.put(coordinator.lineage(), shorter);
      coordinator.disk().log().entries().forEach(entry -> track(shorter, entry));
    }
  }

  // At every step, and at the end.

  void check() {
    for (SimulatedNode node : world.nodes()) {
      node.ledger().ifPresent(ledger -> neverLess(node, ledger));
      if (node.frozen()) {
        frozen.add(node.id());
      }
      hold(
          !node.frozen() || putBack.contains(node.id()) || lies(node),
          "FALSE_ALARM",
          node.id() + " is frozen, and its disk was never put back");
    }
    owned(world.coordinator());
    world.twin().ifPresent(this::owned);
  }

  private void neverLess(SimulatedNode node, BudgetLedger ledger) {
    Rho now;
    try {
      now = ledger.balance(Questions.POPULATION).spent();
    } catch (IllegalStateException e) {
      // A ledger whose last write failed says nothing before it is opened anew.
      return;
    }
    Rho before = spent.put(node.id(), now);
    hold(
        before == null || now.compareTo(before) >= 0,
        "I2",
        node.id() + " has spent less than it had");
  }

  private void owned(SimulatedCoordinator coordinator) {
    for (Digest study : coordinator.running()) {
      hold(
          coordinator.awaits(study),
          "I5",
          "study " + study.brief() + " waits for nothing that will come");
    }
  }

  void checkEnd() {
    SimulatedCoordinator coordinator = world.coordinator();
    hold(
        coordinator.up() && coordinator.running().isEmpty(),
        "LIVENESS",
        "not every study came to its end");
    StudyLog log = coordinator.log().orElseThrow();
    log.records()
        .forEach(
            record ->
                hold(
                    record.ended() && log.note(record.study()).isPresent(),
                    "LIVENESS",
                    "study %s is not closed".formatted(record.study().brief())));
    for (SimulatedNode node : world.nodes()) {
      boolean attends = coordinator.attending().contains(node.id()) && !node.turnedAway();
      if (attends && node.responsive() && !node.frozen() && world.hearsAll(node.party())) {
        Rho reserved = node.ledger().orElseThrow().balance(Questions.POPULATION).reserved();
        hold(
            reserved.equals(Rho.ZERO),
            "LIVENESS",
            "%s still holds %s for studies that are over".formatted(node.id(), reserved));
        hold(
            node.disk().requests().isEmpty(),
            "LIVENESS",
            node.id() + " still asks its officer about a study that is over");
      }
    }
    if (world.scenario().script().faults().isEmpty()) {
      undisturbed(log);
    }
  }

  /** Where nothing goes wrong everything is completed and nothing is paid twice. */
  private void undisturbed(StudyLog log) {
    Rho cost = Rho.ZERO;
    for (var record : log.records()) {
      hold(record.completed(), "UNDISTURBED", "a study without a fault was not completed");
      cost = cost.plus(planOf(record.study()).cost());
    }
    for (SimulatedNode node : world.nodes()) {
      Rho paid = node.ledger().orElseThrow().balance(Questions.POPULATION).spent();
      hold(paid.equals(cost), "UNDISTURBED", node.id() + " paid " + paid + " for " + cost);
    }
  }
}
