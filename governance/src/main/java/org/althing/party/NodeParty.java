package org.althing.party;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.althing.approval.SignedApproval;
import org.althing.audit.Cosignature;
import org.althing.audit.InclusionReceipt;
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
import org.althing.privacy.LocalSum;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.Rho;
import org.althing.session.LedgerMemory;
import org.althing.session.NodeAction;
import org.althing.session.NodeStudy;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.ChargeStatement;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.LogEntry;
import org.althing.study.Recollection;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.Study;

/**
 * A node's whole part in a federation: its admissions, its studies, its ledger and what it has
 * witnessed, over any number of sessions.
 *
 * <p>A session begins with the coordinator showing its log; until that log is proven to continue
 * the one this node has witnessed, nothing else is heard. A study that the policy allows and people
 * must still agree to is answered when they have spoken, or shortly before its time is over. Made
 * anew from ledger, witness and pending studies after a crash. A failure of the ledger leaves the
 * machine unusable: the shell ends the process. Not safe for concurrent use.
 *
 * <p>No study is answered before enough members have said what they remember of this node's ledger.
 * If one of them remembers a charge that the ledger does not hold, the node is frozen: it takes
 * part in nothing until its owner has recovered the ledger.
 */
public final class NodeParty {
  /** A study more than these that waits for people is refused. */
  public static final int MOST_PENDING = 200;

  private final Setting setting;
  private final BudgetLedger ledger;
  private final AdmissionDesk desk;
  private final Map<Digest, Running> studies = new HashMap<>();
  private final Map<Long, Opening> openings = new HashMap<>();
  private final Map<Long, Computing> computings = new HashMap<>();
  private final List<NodeOrder> out = new ArrayList<>();

  /** Plans whose offer was answered in the session at hand. */
  private final Set<Digest> answered = new HashSet<>();

  /** Studies that people are asked about, decided or not, until they are over; all are on file. */
  private final Map<Digest, Pending> pending = new LinkedHashMap<>();

  /** Offers of the session at hand that wait for people. */
  private final Map<Digest, ToNode.Offer> waiting = new HashMap<>();

  /** What people said, by plan. */
  private final Map<Digest, List<SignedApproval>> statements = new HashMap<>();

  /** Offers of the session at hand that wait until enough is known of this node's ledger. */
  private final Map<Digest, ToNode.Offer> unassured = new LinkedHashMap<>();

  /** What this node has to tell the federation and the log does not have yet, by number. */
  private final SortedMap<Long, Signed<Declaration>> undeclared = new TreeMap<>();

  /** The newest of them that the log was shown to have. */
  private long declaredThrough;

  private final LedgerInquiry inquiry;
  private LedgerMemory memory;
  private Optional<String> frozen;
  private Witness witness;
  private boolean welcomed;
  private long lastTicket;

  /**
   * Who the node is and what its owner wrote down.
   *
   * @param federation the members the owner knows; no message changes them
   * @param policy without one the node refuses everything
   * @param sources what answers the studies of a contract, by the contract's id; no entry where no
   *     source here is bound to it
   */
  public record Setting(
      NodeStudy.Identity identity,
      Roster federation,
      Optional<Policy> policy,
      Map<String, AdmissionDesk.Source> sources) {
    public Setting {
      sources = Map.copyOf(sources);
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

  /** A study that people are asked about, and its documents, read. */
  private record Pending(PendingStudy filed, Study study) {}

  /** A study that is admitted once its source is open. */
  private record Opening(AdmissionDesk.Answer.Admitted answer, Study study) {}

  /**
   * A sum or its noise that is asked for, and by which machine: a later one of the same study takes
   * no other's.
   */
  private record Computing(Running running, int release, int attempt) {}

  /** Sets the policy's budgets; a population that it does not name has none, whatever it had. */
  public NodeParty(Setting setting, BudgetLedger ledger, Witness witness, LedgerMemory memory) {
    this.setting = setting;
    this.ledger = ledger;
    this.witness = witness;
    this.memory = memory;
    this.inquiry = new LedgerInquiry(setting.id(), setting.federation(), ledger);
    this.frozen = memory.of(setting.id()).flatMap(inquiry::forgotten);
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

  /** Why this node takes part in nothing, if it is frozen. */
  public Optional<String> frozen() {
    return frozen;
  }

  /** Takes up the studies that were on file when the process began; to be called once, first. */
  public List<NodeOrder> start(List<PendingStudy> filed) {
    frozen.ifPresent(this::reportFrozen);
    for (PendingStudy each : filed) {
      try {
        Study study = each.documents().study();
        pending.put(each.matter().plan(), new Pending(each, study));
        remind(each.matter().plan());
        report("study %s still waits for people here".formatted(study.id()));
      } catch (DocumentError e) {
        report("a study on file cannot be read any more, and is forgotten: " + e.getMessage());
        out.add(new NodeOrder.Discard(each.matter().plan()));
      }
    }
    return flush();
  }

  // The session.

  /** A session is up: greets. */
  public List<NodeOrder> connected() {
    Set<Digest> open = new LinkedHashSet<>(ledger.openStudies());
    open.addAll(pending.keySet());
    say(
        new ToCoordinator.Hello(
            ToCoordinator.PROTOCOL,
            witness.seen().size(),
            open.stream().limit(ToCoordinator.Hello.MOST_OPEN).toList()));
    return flush();
  }

  /** The session broke: what was agreed in it is void, what was released is not. */
  public List<NodeOrder> disconnected() {
    welcomed = false;
    answered.clear();
    waiting.clear();
    unassured.clear();
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
    } else if (message instanceof ToNode.Declared declared) {
      onDeclared(declared);
    } else if (message instanceof ToNode.Inquired inquired) {
      onInquired(inquired);
    } else if (message instanceof ToNode.Recalled recalled) {
      onRecalled(recalled);
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
      inquiry.begin(Digest.of(setting.identity().seeds().get()));
      inquire();
      undeclared.values().forEach(this::declare);
    } else {
      welcomed = false;
      accuse(answer);
      leave(
          "ALT-LOG-002 the coordinator's log is not the one this node has witnessed to %d entries: %s"
              .formatted(witness.seen().size(), ((Witness.Refused) answer).reason()));
    }
  }

  // What this node tells of itself.

  /**
   * Tells the federation what is on file here and the log does not have; whatever is under way, or
   * arrived already, is not told twice in one session.
   */
  public List<NodeOrder> declare(List<Signed<Declaration>> filed) {
    for (Signed<Declaration> each : filed) {
      long number = each.statement().number();
      if (number > declaredThrough && undeclared.putIfAbsent(number, each) == null && welcomed) {
        declare(each);
      }
    }
    return flush();
  }

  private void declare(Signed<Declaration> declaration) {
    say(new ToCoordinator.Declare(Bytes.of(declaration.toBytes())));
  }

  private void onDeclared(ToNode.Declared shown) {
    Witness.Answer answer = witness.judge(shown.checkpoint(), shown.consistency());
    if (!(answer instanceof Witness.Accepted accepted)) {
      accuse(answer);
      report("ignored: a declaration is shown in a log that is not the one witnessed");
      return;
    }
    keep(accepted.next());
    InclusionReceipt receipt = shown.logged().receipt(shown.checkpoint());
    try {
      Signed<Declaration> logged =
          DeclarationRecord.of(LogEntry.ofBytes(receipt.entry().toArray()));
      if (!receipt.holds(witness.log())
          || !logged.statement().node().equals(setting.id())
          || !logged.verifies(setting.federation())) {
        report("ignored: a declaration is shown that the log does not have, or not this node's");
        return;
      }
      out.add(new NodeOrder.Receive(receipt));
      declared(logged);
    } catch (MalformedEncoding e) {
      report("ignored: a declaration is shown that cannot be read: " + e.getMessage());
    }
  }

  private void declared(Signed<Declaration> logged) {
    long number = logged.statement().number();
    declaredThrough = Math.max(declaredThrough, number);
    Signed<Declaration> waiting = undeclared.remove(number);
    if (logged.equals(waiting)) {
      report("declaration %d is in the log".formatted(number));
    }
    for (long late : List.copyOf(undeclared.headMap(number).keySet())) {
      undeclared.remove(late);
      report(
          "ALT-DECL-001 declaration %d came too late: the log has number %d of this node already; restore the node's newest state, or declare it anew"
              .formatted(late, number));
    }
  }

  private void accuse(Witness.Answer answer) {
    answer.evidence().ifPresent(both -> out.add(new NodeOrder.AccuseLog(both)));
  }

  private void leave(String why) {
    report(why);
    out.add(new NodeOrder.Leave(why));
  }

  private void onStudy(ToNode.OfStudy message) {
    Running running = studies.get(message.plan());
    if (running != null) {
      perform(running, running.machine().on(message, witness, memory));
    } else if (message instanceof ToNode.Ended ended) {
      onEndedElsewhere(ended);
    }
  }

  /** A study that this node has no part in any more is over: its checkpoint is witnessed too. */
  private void onEndedElsewhere(ToNode.Ended ended) {
    // An offer that is held back, or whose source is being opened, must not be answered any more.
    unassured.remove(ended.plan());
    forgetOpening(ended.plan());
    ledger.close(ended.plan());
    discard(ended.plan());
    Witness.Answer answer = witness.judge(ended.checkpoint(), ended.consistency());
    if (answer instanceof Witness.Accepted accepted) {
      keep(accepted.next());
      ended.receipts(accepted.next()).forEach(each -> out.add(new NodeOrder.Receive(each)));
      Cosignature cosignature =
          Cosignature.sign(
              ended.checkpoint().text(),
              setting.id().value(),
              setting.identity().key(),
              setting.identity().now().get().getEpochSecond());
      say(
          new ToCoordinator.Cosigned(
              ended.plan(), witness.seen().size(), cosignature.line().toText()));
    } else {
      accuse(answer);
      report("ignored: a study's end is shown in a log that is not the one witnessed");
    }
  }

  // What members remember of each other's ledgers.

  private void inquire() {
    inquiry.nonce().ifPresent(nonce -> say(new ToCoordinator.Inquire(nonce)));
  }

  private void onInquired(ToNode.Inquired asked) {
    if (!asked.by().equals(setting.id()) && setting.federation().contains(asked.by())) {
      Recollection answer =
          new Recollection(setting.id(), asked.by(), asked.nonce(), memory.of(asked.by()));
      say(
          new ToCoordinator.Recalled(
              asked.by(), Bytes.of(Signed.by(setting.identity().key(), answer).toBytes())));
    }
  }

  private void onRecalled(ToNode.Recalled said) {
    boolean before = inquiry.isAnswered();
    Optional<Signed<ChargeStatement>> lost = inquiry.take(said.recollection());
    if (lost.isPresent()) {
      freeze(lost.get());
    } else if (!before && inquiry.isAnswered() && frozen.isEmpty()) {
      report(
          "%d members have said what they remember of this node's ledger: it is the newest"
              .formatted(inquiry.heard()));
    }
    if (inquiry.isAnswered() || frozen.isPresent()) {
      List<ToNode.Offer> held = List.copyOf(unassured.values());
      unassured.clear();
      held.forEach(this::consider);
    }
  }

  /** Keeps the charge that was forgotten, so that a new process is frozen too, and stops all. */
  private void freeze(Signed<ChargeStatement> lost) {
    LedgerMemory next = memory.with(List.of(lost));
    if (!next.equals(memory)) {
      remember(next);
    }
    if (frozen.isPresent()) {
      return;
    }
    frozen = inquiry.forgotten(lost);
    frozen.ifPresent(this::reportFrozen);
    openings.keySet().forEach(ticket -> out.add(new NodeOrder.Forget(ticket)));
    openings.values().forEach(opening -> complainFrozen(opening.answer().plan().digest()));
    openings.clear();
    for (Running running : List.copyOf(studies.values())) {
      forgetComputings(List.of(running));
      running.machine().disconnected();
      complainFrozen(running.machine().plan().digest());
      out.add(new NodeOrder.Done(running.machine().plan()));
    }
    studies.clear();
  }

  private void reportFrozen(String why) {
    report(
        "FROZEN: this node's ledger was put back to an older state, or another copy of it runs: %s. Nothing is spent until it is recovered: stop this node and every copy of it, put back the newest ledger if there is one, else 'althing node budget recover'"
            .formatted(why));
  }

  private void complainFrozen(Digest plan) {
    complain(
        plan,
        "ALT-LEDGER-001 this node is frozen: its ledger has forgotten charges that others remember; its owner has to recover it");
  }

  // Admission.

  private void onOffer(ToNode.Offer offer) {
    Running running = studies.get(offer.plan());
    if (running != null && answered.contains(offer.plan())) {
      // Asked once more in one session: what was agreed in it stands.
      say(running.answer());
      return;
    }
    if (isOpening(offer.plan())) {
      report("ignored: study " + offer.plan().brief() + " was offered before");
      return;
    }
    consider(offer);
  }

  private void consider(ToNode.Offer offer) {
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
    if (frozen.isPresent()) {
      complainFrozen(offer.plan());
      return;
    }
    if (!inquiry.isAnswered()) {
      // Asked once more: the first question, or its answers, may have been lost.
      unassured.put(offer.plan(), offer);
      report(
          "study %s waits until %d members have said what they remember of this node's ledger; %d have"
              .formatted(study.id(), inquiry.needed(), inquiry.heard()));
      inquire();
      return;
    }
    AdmissionDesk.Answer answer =
        desk.decide(
            new AdmissionDesk.Offered(offer.plan(), study, contract, roster.digest()),
            circumstances(offer.plan(), contract.id()));
    if (answer instanceof AdmissionDesk.Answer.Refused refused) {
      refuse(study, refused.refusal());
    } else if (answer instanceof AdmissionDesk.Answer.Awaits awaits) {
      await(offer, study, awaits);
    } else if (answer instanceof AdmissionDesk.Answer.Admitted admitted) {
      // The source is opened before the answer: a plan that cannot be carried out is not admitted.
      waiting.remove(offer.plan());
      long ticket = ++lastTicket;
      openings.put(ticket, new Opening(admitted, study));
      out.add(new NodeOrder.Open(ticket, study, contract, admitted.plan()));
    }
  }

  private AdmissionDesk.Circumstances circumstances(Digest plan, String contract) {
    return new AdmissionDesk.Circumstances(
        Optional.ofNullable(setting.sources().get(contract)),
        statements.getOrDefault(plan, List.of()),
        LocalDate.ofInstant(now(), ZoneOffset.UTC));
  }

  private Instant now() {
    return setting.identity().now().get();
  }

  private void refuse(Study study, Signed<Refusal> refusal) {
    Digest plan = refusal.statement().plan();
    report("study %s refused: %s".formatted(study.id(), refusal.statement().reasons()));
    say(new ToCoordinator.Refused(plan, Bytes.of(refusal.toBytes())));
    discard(plan);
  }

  // The people whom the policy asks.

  private void await(ToNode.Offer offer, Study study, AdmissionDesk.Answer.Awaits awaits) {
    Digest plan = offer.plan();
    Pending known = pending.get(plan);
    if (known == null && pending.size() >= MOST_PENDING) {
      refuse(study, desk.crowded(plan, MOST_PENDING));
      return;
    }
    long since = known == null ? now().toEpochMilli() : known.filed().sinceMillis();
    PendingStudy filed = new PendingStudy(awaits.matter(), offer.study(), offer.contract(), since);
    if (known == null || !known.filed().equals(filed)) {
      pending.put(plan, new Pending(filed, study));
      out.add(new NodeOrder.File(filed));
      remind(plan);
    }
    waiting.put(plan, offer);
    report(
        "study %s, plan %s: the policy (%s) allows it and asks people; missing: %s"
            .formatted(
                study.id(), plan.brief(), awaits.matter().policy().brief(), awaits.standing()));
  }

  private void remind(Digest plan) {
    Pending of = pending.get(plan);
    if (of != null) {
      Instant by = of.filed().decidedBy(of.study().deadline());
      Duration left = Duration.between(now(), by);
      out.add(new NodeOrder.Remind(plan, left.isNegative() ? Duration.ZERO : left));
    }
  }

  /**
   * What {@link NodeOrder.Remind} asked for: a study that nobody decided on in time is refused. One
   * that was decided, or that is over, takes no notice.
   */
  public List<NodeOrder> reminded(Digest plan) {
    Pending of = pending.get(plan);
    if (of == null || studies.containsKey(plan) || isOpening(plan)) {
      return flush();
    }
    if (now().isBefore(of.filed().decidedBy(of.study().deadline()))) {
      // The clock was set back, or the timer ran ahead of it.
      remind(plan);
    } else if (waiting.containsKey(plan)) {
      refuse(of.study(), desk.overdue(plan));
    } else {
      report("study %s: nobody decided on it in time".formatted(of.study().id()));
      discard(plan);
    }
    return flush();
  }

  private boolean isOpening(Digest plan) {
    return openings.values().stream().anyMatch(o -> o.answer().plan().digest().equals(plan));
  }

  /**
   * People spoke on a plan: a study that waits is decided anew, and one that was agreed to ends at
   * the first no.
   *
   * @param known all statements on the plan that are known here, the older ones too
   */
  public List<NodeOrder> stated(Digest plan, List<SignedApproval> known) {
    statements.put(plan, List.copyOf(known));
    ToNode.Offer offer = waiting.get(plan);
    Pending of = pending.get(plan);
    if (offer != null) {
      consider(offer);
    } else if (of != null) {
      desk.withdrawal(
              of.filed().matter(), of.study().lead(), circumstances(plan, of.study().contract()))
          .ifPresent(refusal -> withdraw(of.study(), refusal));
    }
    return flush();
  }

  /** What was released stays released; nothing more is summed, and what is left is free again. */
  private void withdraw(Study study, Signed<Refusal> refusal) {
    Digest plan = refusal.statement().plan();
    forgetOpening(plan);
    Running running = studies.remove(plan);
    if (running != null) {
      forgetComputings(List.of(running));
      running.machine().disconnected();
      out.add(new NodeOrder.Done(running.machine().plan()));
    }
    answered.remove(plan);
    ledger.close(plan);
    refuse(study, refusal);
  }

  private void forgetOpening(Digest plan) {
    openings
        .entrySet()
        .removeIf(
            opening -> {
              boolean dropped = opening.getValue().answer().plan().digest().equals(plan);
              if (dropped) {
                out.add(new NodeOrder.Forget(opening.getKey()));
              }
              return dropped;
            });
  }

  private void discard(Digest plan) {
    waiting.remove(plan);
    if (pending.remove(plan) != null) {
      out.add(new NodeOrder.Discard(plan));
    }
  }

  // Sources.

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
        "study %s admitted, plan %s: rho %s reserved%s"
            .formatted(
                opening.study().id(),
                plan.brief(),
                answer.admission().statement().reserved(),
                approvedBy(answer.approvals())));
    say(said);
  }

  /** Names statements by their digests: the people are named in the statements alone. */
  private static String approvedBy(List<Digest> statements) {
    return statements.isEmpty()
        ? ""
        : ", approved by statements "
            + String.join(", ", statements.stream().map(Digest::brief).toList());
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
      discard(plan);
      complain(plan, remoteText);
    }
    return flush();
  }

  // Sums.

  /** The sum asked for by {@link NodeOrder.Compute}, not yet paid for. */
  public List<NodeOrder> computed(long ticket, LocalSum sum) {
    return tell(ticket, (study, of) -> study.computed(of.release(), of.attempt(), sum));
  }

  /** The noised sum asked for by {@link NodeOrder.Draw}. */
  public List<NodeOrder> drawn(long ticket, NoisedSum sum) {
    return tell(ticket, (study, of) -> study.drawn(of.release(), of.attempt(), sum));
  }

  /** The sum could not be computed; {@code remoteText} says so without a word about the data. */
  public List<NodeOrder> failed(long ticket, String remoteText) {
    return tell(ticket, (study, of) -> study.failed(of.release(), of.attempt(), remoteText));
  }

  /** Tells the machine that asked; a ticket that nobody waits for any more changes nothing. */
  private List<NodeOrder> tell(
      long ticket, BiFunction<NodeStudy, Computing, List<NodeAction>> what) {
    Computing task = computings.remove(ticket);
    if (task != null) {
      perform(task.running(), what.apply(task.running().machine(), task));
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
      } else if (action instanceof NodeAction.Remember remember) {
        remember(remember.memory());
      } else if (action instanceof NodeAction.File file) {
        out.add(new NodeOrder.Receive(file.receipt()));
      } else if (action instanceof NodeAction.Accuse accuse) {
        out.add(new NodeOrder.Accuse(accuse.proof()));
      } else if (action instanceof NodeAction.AccuseLog accuse) {
        out.add(new NodeOrder.AccuseLog(accuse.evidence()));
      } else if (action instanceof NodeAction.Report report) {
        report("study %s: %s".formatted(running.study().id(), report.line()));
      } else if (action instanceof NodeAction.Compute compute) {
        out.add(
            new NodeOrder.Compute(
                ticket(running, compute.release(), compute.attempt()),
                running.machine().plan(),
                compute.query(),
                compute.noise(),
                compute.partition()));
      } else if (action instanceof NodeAction.Draw draw) {
        out.add(new NodeOrder.Draw(ticket(running, draw.release(), draw.attempt()), draw.sum()));
      } else if (action instanceof NodeAction.Done) {
        forgetComputings(List.of(running));
        studies.remove(running.machine().plan().digest());
        discard(running.machine().plan().digest());
        out.add(new NodeOrder.Done(running.machine().plan()));
      }
    }
  }

  private long ticket(Running running, int release, int attempt) {
    // A study sums one release at a time: what it asked for before is of no use any more.
    forgetComputings(List.of(running));
    long ticket = ++lastTicket;
    computings.put(ticket, new Computing(running, release, attempt));
    return ticket;
  }

  private void keep(Witness next) {
    witness = next;
    out.add(new NodeOrder.Keep(next));
  }

  private void remember(LedgerMemory next) {
    memory = next;
    out.add(new NodeOrder.Remember(next));
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
