package org.althing.session;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.althing.approval.ApprovalRule;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.policy.AdmissionDesk;
import org.althing.policy.Allowed;
import org.althing.policy.Budget;
import org.althing.policy.Limits;
import org.althing.policy.Policy;
import org.althing.policy.Retention;
import org.althing.policy.Validity;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerEntry;
import org.althing.privacy.LocalSum;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.NoiseVector;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.PaidSum;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.privacy.SeededWords;
import org.althing.release.PartitionedSum;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Signed;
import org.althing.study.Study;
import org.althing.table.RecordBatch;

/** A node in memory: a real desk, ledger and machine around rows of its own. */
final class SmallNode {
  static final String POPULATION = "patients";
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  final int index;
  final NodeId id;
  final Roster federation;
  final MemoryLedgerStore store = new MemoryLedgerStore();
  final List<String> reports = new ArrayList<>();
  final List<ToCoordinator> said = new ArrayList<>();

  /** What this node handed over, noise included, by attempt: no real node keeps it. */
  final Map<ReleaseId, long[]> noised = new java.util.HashMap<>();

  private final Map<ReleaseId, long[]> exact = new java.util.HashMap<>();
  private final Rho budget;
  private final Policy policy;
  BudgetLedger ledger;
  Witness witness;
  NodeStudy machine;
  private Study study;
  private RecordBatch rows;
  private long draws;
  private LedgerMemory memory = LedgerMemory.nothing();
  final List<Contradiction> proofs = new ArrayList<>();
  final List<NodeAction> performed = new ArrayList<>();

  SmallNode(int index, Roster federation, Witness witness, Rho budget, Allowed analyses) {
    this.index = index;
    this.id = Examples.node(index);
    this.federation = federation;
    this.witness = witness;
    this.budget = budget;
    this.policy =
        new Policy(
            id,
            new Validity(TODAY, TODAY),
            Allowed.of(List.of("lead-one")),
            Allowed.of(List.of("heart-research")),
            analyses,
            Allowed.of(List.of("*")),
            Set.of(),
            new Limits(3, 0, 100, 0, 2),
            Map.of(POPULATION, new Budget(budget, budget, 1e-5)),
            ApprovalRule.NONE,
            Retention.NONE,
            Digest.of(new byte[] {(byte) index}));
    restart();
  }

  /** The process starts again: everything but ledger and witness is gone. */
  void restart() {
    machine = null;
    ledger = BudgetLedger.open(store);
    ledger.setBudget(POPULATION, budget);
  }

  void disconnected() {
    if (machine != null) {
      machine.disconnected();
    }
  }

  ToCoordinator.Hello hello() {
    return new ToCoordinator.Hello(
        ToCoordinator.PROTOCOL,
        witness.seen().size(),
        machine == null ? List.of() : List.of(machine.plan().digest()));
  }

  /** Answers a message; sums that are asked for are computed at once. */
  List<ToCoordinator> hear(ToNode.OfStudy message) {
    if (message instanceof ToNode.Offer offer) {
      return List.of(consider(offer));
    }
    if (machine != null) {
      return perform(on(message));
    }
    if (message instanceof ToNode.Ended ended) {
      ledger.close(ended.plan());
    }
    return List.of();
  }

  AdmissionDesk.Answer answer(ToNode.Offer offer) {
    try {
      return new AdmissionDesk(id, Examples.key(index), federation, Optional.of(policy), ledger)
          .decide(
              new AdmissionDesk.Offered(
                  offer.plan(),
                  StudyTexts.study(offer.study()),
                  StudyTexts.contract(offer.contract()),
                  Roster.ofBytes(offer.roster().toArray()).digest()),
              new AdmissionDesk.Circumstances(
                  Optional.of(new AdmissionDesk.Source(POPULATION, Digest.of(new byte[0]))),
                  List.of(),
                  TODAY));
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  private ToCoordinator.OfStudy consider(ToNode.Offer offer) {
    AdmissionDesk.Answer answer = answer(offer);
    if (answer instanceof AdmissionDesk.Answer.Refused refused) {
      return new ToCoordinator.Refused(offer.plan(), Bytes.of(refused.refusal().toBytes()));
    }
    AdmissionDesk.Answer.Admitted admitted = (AdmissionDesk.Answer.Admitted) answer;
    disconnected();
    study = StudyTexts.study(offer.study());
    rows = StudyTexts.rows(StudyTexts.contract(offer.contract()), index);
    machine =
        new NodeStudy(
            new NodeStudy.Identity(
                id, Examples.key(index), this::seed, () -> Instant.ofEpochSecond(1)),
            admitted.plan(),
            admitted.programme(),
            ledger);
    return new ToCoordinator.Admitted(
        admitted.plan().digest(), Bytes.of(admitted.admission().toBytes()));
  }

  List<ToCoordinator> perform(List<NodeAction> actions) {
    List<ToCoordinator> messages = new ArrayList<>();
    for (NodeAction action : actions) {
      performed.add(action);
      if (action instanceof NodeAction.Say say) {
        messages.add(say.message());
      } else if (action instanceof NodeAction.Keep keep) {
        witness = keep.witness();
      } else if (action instanceof NodeAction.Remember remember) {
        memory = remember.memory();
      } else if (action instanceof NodeAction.Accuse accuse) {
        proofs.add(accuse.proof());
      } else if (action instanceof NodeAction.Report report) {
        reports.add(report.line());
      } else if (action instanceof NodeAction.Compute compute) {
        messages.addAll(
            perform(machine.computed(compute.release(), compute.attempt(), sum(compute))));
      } else if (action instanceof NodeAction.Draw draw) {
        messages.addAll(perform(machine.drawn(draw.release(), draw.attempt(), noised(draw.sum()))));
      } else if (action instanceof NodeAction.Done) {
        machine = null;
      }
    }
    return messages;
  }

  private LocalSum sum(NodeAction.Compute task) {
    exact.put(
        new ReleaseId(machine.plan().digest(), task.release(), task.attempt()),
        OpenedSums.exact(summed(task)));
    return summed(task);
  }

  private LocalSum summed(NodeAction.Compute task) {
    PartitionedSum sum =
        new PartitionedSum(task.query(), task.noise(), task.partition(), study.holdoutPercent());
    sum.add(rows);
    return sum.finish();
  }

  private NoisedSum noised(PaidSum paid) {
    long words = 1_000_003L * index + draws++;
    long[] whole = OpenedSums.noise(paid.plan(), new SeededWords(words));
    long[] of = exact.get(paid.receipt().release());
    Arrays.setAll(whole, i -> whole[i] + of[i]);
    noised.put(paid.receipt().release(), whole);
    return paid.plus(NoiseVector.draw(paid.plan(), new SeededWords(words)));
  }

  /** What the machine orders at a message; nothing is performed. */
  List<NodeAction> on(ToNode.OfStudy message) {
    return machine.on(message, witness, memory);
  }

  LedgerMemory memory() {
    return memory;
  }

  void remember(List<Signed<ChargeStatement>> charges) {
    memory = memory.with(charges);
  }

  private byte[] seed() {
    return ByteBuffer.allocate(32).putInt(index).putLong(8, draws++).array();
  }

  List<ReleaseId> charges() {
    return ledger.history().stream()
        .filter(LedgerEntry.ReleaseCharged.class::isInstance)
        .map(e -> ((LedgerEntry.ReleaseCharged) e).release())
        .toList();
  }

  Rho spent() {
    return ledger.balance(POPULATION).spent();
  }

  Rho reserved() {
    return ledger.balance(POPULATION).reserved();
  }
}
