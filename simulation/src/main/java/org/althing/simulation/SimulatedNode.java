package org.althing.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.althing.approval.ApprovalRule;
import org.althing.approval.SignedApproval;
import org.althing.approval.Verdict;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.party.NodeOrder;
import org.althing.party.NodeParty;
import org.althing.party.PendingStudy;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LocalSum;
import org.althing.privacy.NoiseVector;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.PaidSum;
import org.althing.privacy.Rho;
import org.althing.privacy.SeededWords;
import org.althing.release.PartitionedSum;
import org.althing.session.NodeStudy;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.table.RecordBatch;
import org.althing.wire.SessionCodec;
import org.jspecify.annotations.Nullable;

/** A node's process: the real machine, and a link that dials like the real one. */
final class SimulatedNode extends SimulatedProcess {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final NodeId id;
  private final Rho budget;
  private final Optional<Officer> officer;
  private RecordBatch rows;
  private final Set<Long> wanted = new HashSet<>();
  private final Map<Digest, Integer> holdout = new HashMap<>();
  private final Map<Digest, Summed> summed = new HashMap<>();

  /** What the officer said last of each plan, as far as this process was told. */
  private final Map<Digest, Verdict> verdicts = new HashMap<>();

  private @Nullable NodeParty party;
  private @Nullable BudgetLedger ledger;
  private @Nullable Session session;
  private Duration pause = FIRST_PAUSE;
  private long draws;
  private int readings;
  private boolean turnedAway;

  /** One sum in the clear, with its noise and without. */
  static final class Summed {
    private final long[] exact;
    private final long[] noised;

    private Summed(long[] exact, long[] noised) {
      this.exact = exact.clone();
      this.noised = noised.clone();
    }

    private Summed plus(long[] noise) {
      long[] both = exact();
      Arrays.setAll(both, i -> both[i] + noise[i]);
      return new Summed(exact, both);
    }

    /** All zero where no noise was drawn yet. */
    long[] noised() {
      return noised.clone();
    }

    long[] exact() {
      return exact.clone();
    }
  }

  SimulatedNode(World world, int index, NodeId id, Rho budget) {
    super(world, index);
    this.id = id;
    this.budget = budget;
    this.rows = Questions.batch(index, 0);
    this.officer =
        world.scenario().asks(index) ? Optional.of(new Officer(world, this)) : Optional.empty();
  }

  NodeId id() {
    return id;
  }

  /** Gives the node other rows than it was born with. */
  void hold(RecordBatch other) {
    rows = other;
  }

  /** The ledger of the process that runs; empty while none does. */
  Optional<BudgetLedger> ledger() {
    return Optional.ofNullable(ledger);
  }

  /** Whether the process runs and takes part in nothing, its ledger being older than it was. */
  boolean frozen() {
    NodeParty running = party;
    return running != null && running.frozen().isPresent();
  }

  /** Whether the coordinator it dials has been refused, or has refused it. */
  boolean turnedAway() {
    return turnedAway;
  }

  /** The last sum this node handed over for a study: no real node keeps it. */
  Optional<Summed> lastSummed(Digest study) {
    return Optional.ofNullable(summed.get(study));
  }

  @Override
  void begin() {
    ledger = BudgetLedger.open(disk().ledger());
    NodeStudy.Identity identity =
        new NodeStudy.Identity(id, world().key(party()), () -> seed("seed"), this::now);
    party =
        new NodeParty(
            new NodeParty.Setting(
                identity,
                world().roster(),
                Optional.of(
                    Questions.policy(
                        id, budget, officer.map(Officer::rule).orElse(ApprovalRule.NONE))),
                Map.of("heart", Questions.SOURCE)),
            ledger,
            disk().witness(world().logKey()),
            disk().memory());
    turnedAway = false;
    pause = FIRST_PAUSE;
    List<PendingStudy> requests = disk().requests();
    perform(machine().start(requests));
    requests.forEach(request -> hasNews(request.matter().plan()));
    requests.forEach(request -> officer.orElseThrow().asked(request));
    dial();
  }

  /** Whether the officer, if there is one, has agreed to a plan and not objected since. */
  boolean agreed(Digest plan) {
    return officer.isEmpty() || verdicts.get(plan) == Verdict.APPROVE;
  }

  /** There may be statements on a plan that the process was not told of: it looks every second. */
  void hasNews(Digest plan) {
    later(
        world().draw().between(0, 1000, "look", party(), draws++),
        () -> {
          List<SignedApproval> known = disk().statements(plan);
          if (!known.isEmpty()) {
            verdicts.put(plan, known.get(known.size() - 1).approval().verdict());
            perform(machine().stated(plan, known));
          }
        });
  }

  private byte[] seed(String purpose) {
    return world().draw().seedBytes(purpose, party(), draws++);
  }

  @Override
  void gone(boolean told) {
    Session open = session;
    session = null;
    party = null;
    ledger = null;
    wanted.clear();
    summed.clear();
    verdicts.clear();
    if (open != null) {
      open.nodeGone(told);
    }
  }

  // The link.

  private void dial() {
    Session dialled = world().network().dial(this);
    session = dialled;
    perform(machine().connected());
  }

  /** The session is over at this end. */
  void disconnected(Session which, boolean ofNoUse) {
    if (session != which) {
      return;
    }
    session = null;
    turnedAway |= ofNoUse;
    if (ofNoUse) {
      pause = LONGEST_PAUSE;
    }
    perform(machine().disconnected());
    later(pause, this::dial);
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
  }

  void received(Session from, ToNode message) {
    if (session == from) {
      pause = turnedAway ? pause : FIRST_PAUSE;
      perform(machine().received(message));
    }
  }

  boolean attends(Session which) {
    return session == which;
  }

  Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  // Orders.

  private NodeParty machine() {
    NodeParty running = party;
    if (running == null) {
      throw new IllegalStateException("the process does not run");
    }
    return running;
  }

  private void perform(List<NodeOrder> orders) {
    for (NodeOrder order : orders) {
      perform(order);
    }
  }

  private void perform(NodeOrder order) {
    if (order instanceof NodeOrder.Say say) {
      say(say.message());
    } else if (order instanceof NodeOrder.Keep keep) {
      disk().keep(keep.witness());
      world().invariants().witnessed(this, keep.witness());
    } else if (order instanceof NodeOrder.Remember remember) {
      disk().keep(remember.memory());
    } else if (order instanceof NodeOrder.Accuse accuse) {
      world().invariants().accused(accuse.proof());
    } else if (order instanceof NodeOrder.AccuseLog accuse) {
      disk().keep(accuse.evidence());
      world().invariants().accusedLog(accuse.evidence());
    } else if (order instanceof NodeOrder.Open open) {
      world().invariants().planned(open.plan());
      holdout.put(open.plan().digest(), open.study().holdoutPercent());
      give(open.ticket(), () -> open(open));
    } else if (order instanceof NodeOrder.Compute compute) {
      give(compute.ticket(), () -> compute(compute));
    } else if (order instanceof NodeOrder.Draw draw) {
      world().invariants().noising(this, draw.sum().receipt());
      give(draw.ticket(), () -> draw(draw));
    } else if (order instanceof NodeOrder.Forget forget) {
      wanted.remove(forget.ticket());
    } else if (order instanceof NodeOrder.File file) {
      disk().file(file.pending());
      officer.orElseThrow().asked(file.pending());
      hasNews(file.pending().matter().plan());
    } else if (order instanceof NodeOrder.Discard discard) {
      disk().discard(discard.plan());
    } else if (order instanceof NodeOrder.Remind remind) {
      later(remind.delay(), () -> perform(machine().reminded(remind.plan())));
    } else if (order instanceof NodeOrder.Leave) {
      turnedAway = true;
      Session left = session;
      if (left != null) {
        left.leave();
        disconnected(left, true);
      }
    }
  }

  private void say(ToCoordinator honest) {
    for (ToCoordinator message : world().deceit().toCoordinator(id, honest)) {
      world().invariants().said(this, message);
      disk().record(SessionCodec.write(message));
      if (session != null) {
        session.up(message);
      }
    }
  }

  private void give(long ticket, Runnable task) {
    wanted.add(ticket);
    Duration work = world().draw().between(1, 400, "work", party(), draws++);
    later(
        work,
        () -> {
          if (wanted.remove(ticket)) {
            task.run();
          }
        });
  }

  private boolean unreadable() {
    return world().unreadable(party(), ++readings);
  }

  private void open(NodeOrder.Open order) {
    perform(
        unreadable()
            ? machine().unopened(order.ticket(), "ALT-SRC-001 a file cannot be opened or read")
            : machine().opened(order.ticket()));
  }

  private void compute(NodeOrder.Compute order) {
    if (unreadable()) {
      perform(machine().failed(order.ticket(), "ALT-SRC-001 a file cannot be opened or read"));
      return;
    }
    long[] exact = OpenedSums.exact(sum(order));
    summed.put(order.plan().digest(), new Summed(exact, new long[exact.length]));
    world().invariants().summed(this, exact);
    perform(machine().computed(order.ticket(), sum(order)));
  }

  private LocalSum sum(NodeOrder.Compute order) {
    PartitionedSum sum =
        new PartitionedSum(
            order.query(),
            order.noise(),
            order.partition(),
            holdout.getOrDefault(order.plan().digest(), 0));
    sum.add(rows);
    return sum.finish();
  }

  private void draw(NodeOrder.Draw order) {
    PaidSum paid = order.sum();
    long words = world().draw().of("noise", party(), draws++).nextLong();
    Digest study = paid.receipt().release().study();
    Summed clear =
        Optional.ofNullable(summed.get(study))
            .orElseThrow()
            .plus(OpenedSums.noise(paid.plan(), new SeededWords(words)));
    summed.put(study, clear);
    world().invariants().summed(this, clear.noised());
    NoiseVector noise = NoiseVector.draw(paid.plan(), new SeededWords(words));
    perform(machine().drawn(order.ticket(), paid.plus(noise)));
  }
}
