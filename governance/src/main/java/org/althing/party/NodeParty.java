package org.althing.party;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.althing.audit.Cosignature;
import org.althing.audit.Witness;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.policy.AdmissionDesk;
import org.althing.policy.Budget;
import org.althing.policy.Policy;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.Rho;
import org.althing.session.NodeAction;
import org.althing.session.NodeStudy;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.Study;

/**
 * A node's whole part in a federation: its admissions, its studies, its ledger and what it has
 * witnessed, over any number of sessions.
 *
 * <p>A session begins with the coordinator showing its log; until that log is proven to continue
 * the one this node has witnessed, nothing else is heard. Made anew from ledger and witness after a
 * crash. A failure of the ledger leaves the machine unusable: the shell ends the process. Not safe
 * for concurrent use.
 */
public final class NodeParty {
  private final Setting setting;
  private final BudgetLedger ledger;
  private final AdmissionDesk desk;
  private final Map<Digest, Running> studies = new HashMap<>();
  private final Map<Long, Opening> openings = new HashMap<>();
  private final Map<Long, Computing> computings = new HashMap<>();
  private final List<NodeOrder> out = new ArrayList<>();

  /** Plans whose offer was answered in the session at hand. */
  private final Set<Digest> answered = new HashSet<>();

  private Witness witness;
  private boolean welcomed;
  private long lastTicket;

  /**
   * Who the node is and what its owner wrote down.
   *
   * @param federation the members the owner knows; no message changes them
   * @param policy without one the node refuses everything
   * @param populations whose budget the studies of a contract use, by the contract's id; no entry
   *     where no source here is bound to it
   */
  public record Setting(
      NodeStudy.Identity identity,
      Roster federation,
      Optional<Policy> policy,
      Map<String, String> populations) {
    public Setting {
      populations = Map.copyOf(populations);
      if (!federation.keyOf(identity.id()).equals(Optional.of(identity.key().verifyingKey()))) {
        throw new IllegalArgumentException(
            "the roster does not list " + identity.id() + " with the key that this node holds");
      }
    }

    private NodeId id() {
      return identity.id();
    }
  }

  /** An admitted study, and what was answered to its offer in the session at hand. */
  private record Running(NodeStudy machine, Study study, ToCoordinator.Admitted answer) {}

  /** A study that is admitted once its source is open. */
  private record Opening(AdmissionDesk.Answer.Admitted answer, Study study) {}

  /**
   * A sum that is asked for, and by which machine: a later one of the same study takes no other's.
   */
  private record Computing(Running running, int release, int attempt) {}

  /** Sets the policy's budgets; a population that it does not name has none, whatever it had. */
  public NodeParty(Setting setting, BudgetLedger ledger, Witness witness) {
    this.setting = setting;
    this.ledger = ledger;
    this.witness = witness;
    this.desk =
        new AdmissionDesk(
            setting.id(), setting.identity().key(), setting.federation(), setting.policy(), ledger);
    Map<String, Budget> budgets = setting.policy().map(Policy::budgets).orElse(Map.of());
    budgets.forEach((population, budget) -> ledger.setBudget(population, budget.total()));
    ledger.balances().keySet().stream()
        .filter(population -> !budgets.containsKey(population))
        .forEach(population -> ledger.setBudget(population, Rho.ZERO));
  }

  /**
   * Why a node that has witnessed so much may not start with an empty ledger: nobody would know
   * what was spent, so nothing may be. Empty for a node that begins.
   */
  public static Optional<String> objectionToNewLedger(Witness witness) {
    return witness.seen().size() == 0
        ? Optional.empty()
        : Optional.of(
            "this node has witnessed %d entries of the log and may have taken part: restore the newest copy of the ledger"
                .formatted(witness.seen().size()));
  }

  public Witness witness() {
    return witness;
  }

  // The session.

  /** A session is up: greets. */
  public List<NodeOrder> connected() {
    say(
        new ToCoordinator.Hello(
            ToCoordinator.PROTOCOL,
            witness.seen().size(),
            ledger.openStudies().stream().limit(ToCoordinator.Hello.MOST_OPEN).toList()));
    return flush();
  }

  /** The session broke: what was agreed in it is void, what was released is not. */
  public List<NodeOrder> disconnected() {
    welcomed = false;
    answered.clear();
    openings.keySet().forEach(ticket -> out.add(new NodeOrder.Forget(ticket)));
    openings.clear();
    forgetComputings(List.copyOf(studies.values()));
    studies.values().forEach(running -> running.machine().disconnected());
    return flush();
  }

  public List<NodeOrder> received(ToNode message) {
    if (message instanceof ToNode.Welcome welcome) {
      onWelcome(welcome);
    } else if (!welcomed) {
      leave("ALT-LOG-003 the coordinator asks for work before it has shown its log");
    } else if (message instanceof ToNode.Offer offer) {
      onOffer(offer);
    } else if (message instanceof ToNode.OfStudy about) {
      onStudy(about);
    }
    return flush();
  }

  private void onWelcome(ToNode.Welcome welcome) {
    Witness.Answer answer = witness.judge(welcome.checkpoint(), welcome.consistency());
    if (answer instanceof Witness.Accepted accepted) {
      welcomed = true;
      keep(accepted.next());
    } else {
      welcomed = false;
      leave(
          "ALT-LOG-002 the coordinator's log is not the one this node has witnessed to %d entries: %s"
              .formatted(witness.seen().size(), ((Witness.Refused) answer).reason()));
    }
  }

  private void leave(String why) {
    report(why);
    out.add(new NodeOrder.Leave(why));
  }

  private void onStudy(ToNode.OfStudy message) {
    Running running = studies.get(message.plan());
    if (running != null) {
      perform(running, running.machine().on(message, witness));
    } else if (message instanceof ToNode.Ended ended) {
      onEndedElsewhere(ended);
    }
  }

  /** A study that this node has no part in any more is over: its checkpoint is witnessed too. */
  private void onEndedElsewhere(ToNode.Ended ended) {
    ledger.close(ended.plan());
    if (witness.judge(ended.checkpoint(), ended.consistency())
        instanceof Witness.Accepted accepted) {
      keep(accepted.next());
      Cosignature cosignature =
          Cosignature.sign(
              ended.checkpoint().text(),
              setting.id().value(),
              setting.identity().key(),
              setting.identity().now().get().getEpochSecond());
      say(
          new ToCoordinator.Cosigned(
              ended.plan(), witness.seen().size(), cosignature.line().toText()));
    }
  }

  // Admission.

  private void onOffer(ToNode.Offer offer) {
    Running running = studies.get(offer.plan());
    if (running != null && answered.contains(offer.plan())) {
      // Asked once more in one session: what was agreed in it stands.
      say(running.answer());
      return;
    }
    if (openings.values().stream()
        .anyMatch(opening -> opening.answer().plan().digest().equals(offer.plan()))) {
      report("ignored: study " + offer.plan().brief() + " was offered before");
      return;
    }
    Study study;
    Contract contract;
    Roster roster;
    try {
      study = StudyDocument.read("study.yaml", offer.study().toArray());
      contract = ContractDocument.parse("contract.yaml", offer.contract().toArray());
      roster = Roster.ofBytes(offer.roster().toArray());
    } catch (DocumentError | MalformedEncoding e) {
      complain(offer.plan(), "the offered documents cannot be read: " + e.getMessage());
      return;
    }
    LocalDate today = LocalDate.ofInstant(setting.identity().now().get(), ZoneOffset.UTC);
    AdmissionDesk.Answer answer =
        desk.decide(
            new AdmissionDesk.Offered(offer.plan(), study, contract, roster.digest()),
            Optional.ofNullable(setting.populations().get(contract.id())),
            today);
    if (answer instanceof AdmissionDesk.Answer.Refused refused) {
      report("study %s refused: %s".formatted(study.id(), refused.refusal().statement().reasons()));
      say(new ToCoordinator.Refused(offer.plan(), Bytes.of(refused.refusal().toBytes())));
      return;
    }
    // The source is opened before the answer: a plan that cannot be carried out is not admitted.
    AdmissionDesk.Answer.Admitted admitted = (AdmissionDesk.Answer.Admitted) answer;
    long ticket = ++lastTicket;
    openings.put(ticket, new Opening(admitted, study));
    out.add(new NodeOrder.Open(ticket, study, contract, admitted.plan()));
  }

  /** The source of an {@link NodeOrder.Open} can be read. */
  public List<NodeOrder> opened(long ticket) {
    Opening opening = openings.remove(ticket);
    if (opening != null) {
      admit(opening);
    }
    return flush();
  }

  private void admit(Opening opening) {
    AdmissionDesk.Answer.Admitted answer = opening.answer();
    Digest plan = answer.plan().digest();
    ToCoordinator.Admitted said =
        new ToCoordinator.Admitted(plan, Bytes.of(answer.admission().toBytes()));
    Running running =
        new Running(
            new NodeStudy(setting.identity(), answer.plan(), answer.programme(), ledger),
            opening.study(),
            said);
    answered.add(plan);
    Running former = studies.put(plan, running);
    if (former != null) {
      forgetComputings(List.of(former));
      former.machine().disconnected();
    }
    report(
        "study %s admitted, plan %s: rho %s reserved"
            .formatted(
                opening.study().id(), plan.brief(), answer.admission().statement().reserved()));
    say(said);
  }

  /**
   * The source cannot be read; the study is given back what it reserved.
   *
   * @param remoteText what and why, without anything that depends on data
   */
  public List<NodeOrder> unopened(long ticket, String remoteText) {
    Opening opening = openings.remove(ticket);
    if (opening != null) {
      Digest plan = opening.answer().plan().digest();
      ledger.close(plan);
      complain(plan, remoteText);
    }
    return flush();
  }

  // Sums.

  /** The sum asked for by {@link NodeOrder.Compute}, noised and not yet paid for. */
  public List<NodeOrder> computed(long ticket, NoisedSum sum) {
    Computing task = computings.remove(ticket);
    if (task != null) {
      perform(
          task.running(), task.running().machine().computed(task.release(), task.attempt(), sum));
    }
    return flush();
  }

  /** The sum could not be computed; {@code remoteText} says so without a word about the data. */
  public List<NodeOrder> failed(long ticket, String remoteText) {
    Computing task = computings.remove(ticket);
    if (task != null) {
      perform(
          task.running(),
          task.running().machine().failed(task.release(), task.attempt(), remoteText));
    }
    return flush();
  }

  private void forgetComputings(List<Running> of) {
    computings
        .entrySet()
        .removeIf(
            task -> {
              boolean dropped = of.contains(task.getValue().running());
              if (dropped) {
                out.add(new NodeOrder.Forget(task.getKey()));
              }
              return dropped;
            });
  }

  // What the studies' machines want done.

  private void perform(Running running, List<NodeAction> actions) {
    for (NodeAction action : actions) {
      if (action instanceof NodeAction.Say say) {
        say(say.message());
      } else if (action instanceof NodeAction.Keep keep) {
        keep(keep.witness());
      } else if (action instanceof NodeAction.Report report) {
        report("study %s: %s".formatted(running.study().id(), report.line()));
      } else if (action instanceof NodeAction.Compute compute) {
        compute(running, compute);
      } else if (action instanceof NodeAction.Done) {
        forgetComputings(List.of(running));
        studies.remove(running.machine().plan().digest());
        out.add(new NodeOrder.Done(running.machine().plan()));
      }
    }
  }

  private void compute(Running running, NodeAction.Compute compute) {
    // A study sums one release at a time: what it asked for before is of no use any more.
    forgetComputings(List.of(running));
    long ticket = ++lastTicket;
    computings.put(ticket, new Computing(running, compute.release(), compute.attempt()));
    out.add(
        new NodeOrder.Compute(
            ticket,
            running.machine().plan(),
            compute.query(),
            compute.noise(),
            compute.partition()));
  }

  private void keep(Witness next) {
    witness = next;
    out.add(new NodeOrder.Keep(next));
  }

  private void say(ToCoordinator message) {
    out.add(new NodeOrder.Say(message));
  }

  private void complain(Digest plan, String text) {
    report("refused: " + text);
    say(ToCoordinator.Complaint.of(plan, Optional.empty(), text));
  }

  private void report(String line) {
    out.add(new NodeOrder.Report(line));
  }

  private List<NodeOrder> flush() {
    List<NodeOrder> orders = List.copyOf(out);
    out.clear();
    return orders;
  }
}
