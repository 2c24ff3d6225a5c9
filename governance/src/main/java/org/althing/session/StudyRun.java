package org.althing.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.althing.audit.NoteKey;
import org.althing.audit.NoteSignature;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.privacy.ReleaseId;
import org.althing.secagg.CohortAnnounced;
import org.althing.secagg.Confirm;
import org.althing.secagg.ConfirmHeader;
import org.althing.secagg.CoordinatorRound;
import org.althing.secagg.CoordinatorSetup;
import org.althing.secagg.EpochTerms;
import org.althing.secagg.Input;
import org.althing.secagg.Outgoing;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.RoundTerms;
import org.althing.secagg.SetupAnnouncement;
import org.althing.secagg.SetupMessage;
import org.althing.study.Admission;
import org.althing.study.Ground;
import org.althing.study.Plan;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's part of one study, as a pure machine: what happened goes in, commands come out,
 * nothing else happens.
 *
 * <p>Admission of all members; then for each release the nodes' cosignatures and a key set-up where
 * one is needed, a round, the release's publication and the nodes' cosignatures; then the report.
 * Made anew from the study's record after a crash, it goes on with the first release that is not in
 * the log, as a further attempt under new keys: nodes have burnt the attempts they took part in.
 * Every wait has a deadline, every end a logged reason. Not safe for concurrent use.
 */
public final class StudyRun {
  /** Key set-ups that may fail one after the other, each after a wait. */
  private static final int MOST_FAILED_SETUPS = 5;

  /** The token of the one timer that no other supersedes; the others count from 1. */
  static final long DEADLINE = 0;

  private enum Phase {
    ADMITTING,
    WAITING,
    SHOWING,
    SETTING_UP,
    IN_ROUND,
    CHARGING,
    REMEMBERING,
    WITNESSING,
    CONCLUDING,
    CLOSING,
    OVER
  }

  private final Plan plan;
  private final Digest digest;
  private final Roster roster;
  private final StudyEvent.StudySubmitted submission;
  private final Patience patience;
  private final Duration remaining;
  private final Map<NodeId, Signed<Admission>> admissions = new HashMap<>();
  private final List<StudyEvent.Released> released = new ArrayList<>();
  private final SortedSet<NodeId> attending = new TreeSet<>();

  /**
   * Who has answered the offer in its session; an admission in the log may be of an earlier one.
   */
  private final SortedSet<NodeId> consenting = new TreeSet<>();

  /** Who answered the offer in its session with something that nobody would take part with. */
  private final SortedSet<NodeId> unusable = new TreeSet<>();

  private final SortedSet<NodeId> ready = new TreeSet<>();
  private final List<Command> out = new ArrayList<>();

  private Phase phase = Phase.ADMITTING;
  private String outcome = "";
  private boolean concluded;
  private boolean reported;
  private long token;
  private int epoch;
  private int attempt;
  private int repeats;
  private boolean charged;

  /** Of the attempt at hand. */
  private @Nullable CohortCharges charges;

  private final List<ConfirmHeader> confirmations = new ArrayList<>();
  private int failedSetups;

  /** Who names whom in the attempt or key set-up at hand. */
  private final Map<NodeId, Set<NodeId>> accusers = new TreeMap<>();

  private final SortedSet<NodeId> excluded = new TreeSet<>();
  private SortedSet<NodeId> members = new TreeSet<>();
  private final Set<NodeId> keyless = new HashSet<>();
  private Set<NodeId> expected = new HashSet<>();
  private final Set<NodeId> answered = new HashSet<>();
  private @Nullable Digest keys;
  private @Nullable CoordinatorSetup setup;
  private @Nullable CoordinatorRound round;
  private @Nullable SignedNote note;

  /** The newest checkpoint that a quorum cosigned: what the next round is bound to. */
  private @Nullable SignedNote history;

  /**
   * A run that goes on from what {@code record} tells; a new study's record holds its submission
   * alone.
   *
   * @param remaining what is left of the time the study may take
   */
  public StudyRun(Plan plan, StudyRecord record, Patience patience, Duration remaining) {
    this.plan = plan;
    this.digest = plan.digest();
    this.roster = plan.roster();
    this.submission = record.submission();
    this.patience = patience;
    this.remaining = remaining;
    if (!record.study().equals(digest)) {
      throw new IllegalArgumentException("the record is another study's");
    }
    record.entries().forEach(entry -> remember(entry.event()));
  }

  /** Rebuilds what a crash lost from what it could not. */
  private void remember(StudyEvent event) {
    if (event instanceof StudyEvent.NodeAdmitted admitted) {
      try {
        Signed<Admission> admission =
            Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes);
        admissions.put(admission.statement().node(), admission);
      } catch (MalformedEncoding e) {
        throw new IllegalStateException("an admission in the log is not readable", e);
      }
    } else if (event instanceof StudyEvent.EpochOpened opened) {
      epoch = opened.epoch();
    } else if (event instanceof StudyEvent.RoundOpened opened) {
      // An attempt without an end was cut off by a crash: nodes may have been charged for it.
      repeats += charged ? 1 : 0;
      charged = false;
      attempt = opened.attempt();
      epoch = Math.max(epoch, opened.epoch());
    } else if (event instanceof StudyEvent.Charged) {
      charged = true;
    } else if (event instanceof StudyEvent.RoundAborted) {
      repeats += charged ? 1 : 0;
      charged = false;
    } else if (event instanceof StudyEvent.Released release) {
      released.add(release);
      attempt = 0;
      charged = false;
    } else if (event instanceof StudyEvent.StudyCompleted) {
      outcome = "completed";
      concluded = true;
    } else if (event instanceof StudyEvent.StudyStopped stopped) {
      outcome = "stopped: " + stopped.reason();
      concluded = true;
    } else if (event instanceof StudyEvent.ReportIssued) {
      reported = true;
    }
  }

  /** Begins, or goes on after a crash; to be called once, before anything else. */
  public List<Command> start() {
    if (reported) {
      beginClosing();
    } else if (concluded) {
      phase = Phase.CONCLUDING;
      out.add(new Command.Conclude());
    } else if (released.size() == plan.releases().size()) {
      complete();
    } else {
      phase = Phase.ADMITTING;
      out.add(new Command.StartTimer(DEADLINE, remaining));
      startTimer(patience.quorum());
    }
    return flush();
  }

  public boolean over() {
    return phase == Phase.OVER;
  }

  public Digest study() {
    return digest;
  }

  /** A member's session is up. */
  public List<Command> connected(NodeId node) {
    if (phase != Phase.OVER && roster.contains(node)) {
      attending.add(node);
      if (phase == Phase.CLOSING) {
        // Whoever comes late cosigns too: all of them one checkpoint, as the log now stands.
        out.add(new Command.TakeCheckpoint());
      } else if (phase != Phase.CONCLUDING) {
        out.add(
            new Command.Send(
                node,
                new ToNode.Offer(
                    digest, submission.study(), submission.contract(), submission.roster())));
      }
    }
    return flush();
  }

  public List<Command> disconnected(NodeId node) {
    if (attending.remove(node)) {
      unusable.remove(node);
      if (phase == Phase.ADMITTING) {
        // A node that comes and goes while its people think is given the whole wait each time.
        startTimer(patience.quorum());
      }
      consenting.remove(node);
      ready.remove(node);
      // Its keys died with its session: should it come back, it can do nothing before new ones.
      keyless.add(node);
      moveOn();
    }
    return flush();
  }

  /** Takes a message of an authenticated node; one that does not fit the phase is ignored. */
  public List<Command> received(NodeId from, ToCoordinator.OfStudy message) {
    if (phase == Phase.OVER || !attending.contains(from)) {
      return flush();
    }
    if (message instanceof ToCoordinator.Admitted admitted) {
      onAdmitted(from, admitted);
    } else if (message instanceof ToCoordinator.Refused refused) {
      onRefused(from, refused);
    } else if (message instanceof ToCoordinator.Setup said) {
      if (phase == Phase.SETTING_UP && said.epoch() == epoch && setup != null) {
        onSetup(from, said.message());
      }
    } else if (message instanceof ToCoordinator.Round said) {
      if (phase == Phase.IN_ROUND && isAtHand(said)) {
        onRound(from, said.message());
      }
    } else if (message instanceof ToCoordinator.Charged said) {
      if (phase == Phase.CHARGING && isAtHand(said)) {
        onCharged(from, said.charge());
      }
    } else if (message instanceof ToCoordinator.Remembered said) {
      if (phase == Phase.REMEMBERING && isAtHand(said)) {
        onRemembered(from, said.remembrance());
      }
    } else if (message instanceof ToCoordinator.Cosigned cosigned) {
      onCosigned(from, cosigned);
    } else if (message instanceof ToCoordinator.Complaint complaint) {
      onComplaint(from, complaint);
    }
    return flush();
  }

  private boolean isAtHand(ToCoordinator.OfAttempt message) {
    return message.release() == released.size() && message.attempt() == attempt;
  }

  /** A timer ran out; all but the latest and the study's own deadline are stale. */
  public List<Command> expired(long timer) {
    if (timer == DEADLINE && !concluded) {
      stop(
          notAdmitted().isEmpty()
              ? Ground.TIME_IS_OVER.with()
              : Ground.TIME_IS_OVER_WITHOUT.with(names(notAdmitted())));
      return flush();
    }
    if (timer != token) {
      return flush();
    }
    switch (phase) {
      case ADMITTING -> admissionsAreLate();
      case WAITING -> {
        if (ready.size() >= roster.quorum().leastConfirmed()) {
          showLog();
        } else {
          stop(tooFew());
        }
      }
      case SETTING_UP -> advanceSetup();
      case IN_ROUND -> advanceRound();
      case CHARGING -> showCharges();
      case REMEMBERING -> showRemembered();
      case SHOWING, WITNESSING -> witnessed();
      case CLOSING -> finish();
      case CONCLUDING, OVER -> {}
    }
    return flush();
  }

  /** Stops the study for a reason that the lead or the operator gives. */
  public List<Command> cancel(String reason) {
    if (!concluded) {
      stop(reason);
    }
    return flush();
  }

  /** The checkpoint asked for by {@link Command.TakeCheckpoint}. */
  public List<Command> checkpointed(SignedNote checkpoint) {
    note = checkpoint;
    expected = new HashSet<>(phase == Phase.CLOSING ? attending : ready);
    answered.clear();
    if (phase == Phase.SHOWING) {
      ready.forEach(node -> out.add(new Command.ShowLog(node)));
      startTimer(patience.witness());
    } else if (phase == Phase.WITNESSING) {
      ready.forEach(node -> out.add(new Command.Show(node, released.size() - 1)));
      startTimer(patience.witness());
    } else if (phase == Phase.CLOSING) {
      attending.forEach(node -> out.add(new Command.Dismiss(node, outcome)));
    }
    endWitnessingIfAllAnswered();
    return flush();
  }

  /** The files asked for by {@link Command.Conclude}. */
  public List<Command> reported(SortedMap<String, Digest> files) {
    if (phase == Phase.CONCLUDING) {
      append(new StudyEvent.ReportIssued(files));
      beginClosing();
    }
    return flush();
  }

  // Admission.

  private void onAdmitted(NodeId from, ToCoordinator.Admitted said) {
    if (concluded) {
      // The study stopped while this was on its way: nothing may follow its end in the log.
      return;
    }
    Signed<Admission> admission;
    try {
      admission = Signed.ofBytes(said.admission().toArray(), Admission::ofBytes);
    } catch (MalformedEncoding e) {
      unusable.add(from);
      return;
    }
    Admission statement = admission.statement();
    if (!statement.node().equals(from) || Admission.faultOf(admission, plan).isPresent()) {
      // Nobody would take part with it: it counts as no answer.
      unusable.add(from);
      return;
    }
    unusable.remove(from);
    consenting.add(from);
    if (!admissions.containsKey(from)) {
      admissions.put(from, admission);
      append(new StudyEvent.NodeAdmitted(Bytes.of(admission.toBytes())));
    }
    if (admissions.size() < roster.members().size()) {
      return;
    }
    if (phase == Phase.ADMITTING) {
      phase = Phase.WAITING;
      consenting.forEach(this::seal);
      await();
    } else {
      seal(from);
      if (phase == Phase.WAITING) {
        await();
      }
    }
  }

  /**
   * A node that is here and silent may be asking its people, which the study's own deadline limits;
   * one that is away, or whose answer is of no use, is waited for no longer.
   */
  private void admissionsAreLate() {
    List<NodeId> lost =
        notAdmitted().stream()
            .filter(id -> !attending.contains(id) || unusable.contains(id))
            .toList();
    if (notAdmitted().isEmpty()) {
      stop(tooFew());
    } else if (lost.isEmpty()) {
      startTimer(patience.quorum());
    } else {
      stop(Ground.NO_ANSWER.with(names(lost)));
    }
  }

  /** Shows a node all admissions and every release so far; from then on it can take part. */
  private void seal(NodeId node) {
    if (excluded.contains(node)) {
      return;
    }
    out.add(
        new Command.Send(
            node,
            new ToNode.RosterSealed(
                digest,
                roster.ids().stream()
                    .map(
                        id ->
                            Bytes.of(
                                java.util.Objects.requireNonNull(admissions.get(id)).toBytes()))
                    .toList())));
    for (int i = 0; i < released.size(); i++) {
      out.add(new Command.Show(node, i));
    }
    ready.add(node);
  }

  private void onRefused(NodeId from, ToCoordinator.Refused said) {
    if (concluded) {
      return;
    }
    try {
      Signed<Refusal> refusal = Signed.ofBytes(said.refusal().toArray(), Refusal::ofBytes);
      if (refusal.statement().node().equals(from)
          && refusal.statement().plan().equals(digest)
          && refusal.verifies(roster)) {
        StudyEvent.NodeRefused refused = new StudyEvent.NodeRefused(refusal);
        append(refused);
        stop(Ground.REFUSED.with(from, String.join("; ", refused.reasons())));
      } else {
        unusable.add(from);
      }
    } catch (MalformedEncoding e) {
      // A refusal that cannot be read leaves the node unadmitted; the deadline deals with it.
      unusable.add(from);
    }
  }

  private List<NodeId> notAdmitted() {
    return roster.ids().stream().filter(id -> !admissions.containsKey(id)).toList();
  }

  // Waiting for nodes.

  private void await() {
    phase = Phase.WAITING;
    if (roster.members().size() - excluded.size() < roster.quorum().leastConfirmed()) {
      stop(
          Ground.QUORUM_WITHOUT.with(
              names(List.copyOf(excluded)), roster.quorum().leastConfirmed()));
    } else if (ready.size() + excluded.size() == roster.members().size()) {
      showLog();
    } else if (ready.size() >= roster.quorum().leastConfirmed()) {
      startTimer(patience.rejoin());
    } else {
      startTimer(patience.quorum());
    }
  }

  private String tooFew() {
    String missing =
        names(
            roster.ids().stream()
                .filter(id -> !ready.contains(id) && !excluded.contains(id))
                .toList());
    int here = ready.size();
    int all = roster.members().size();
    int least = roster.quorum().leastConfirmed();
    return excluded.isEmpty()
        ? Ground.TOO_FEW_HERE.with(here, all, least, missing)
        : Ground.TOO_FEW_HERE_EXCLUDED.with(
            here, all, least, missing, names(List.copyOf(excluded)));
  }

  // Key set-up.

  /** Has everybody cosign the log as it stands: the rounds to come are bound to this history. */
  private void showLog() {
    keyless.clear();
    accusers.clear();
    phase = Phase.SHOWING;
    out.add(new Command.TakeCheckpoint());
  }

  /** Sets keys up among those that have just cosigned; the others could take part in no round. */
  private void openEpoch() {
    epoch++;
    phase = Phase.SETTING_UP;
    setup = CoordinatorSetup.begin(new EpochTerms(digest, epoch, roster));
    List<NodeId> witnesses = ready.stream().filter(this::isWitness).toList();
    expect(witnesses);
    witnesses.forEach(node -> send(node, new ToNode.SetupOpened(digest, epoch)));
    startTimer(patience.phase());
  }

  /** Whether it cosigned in the session in which it still is. */
  private boolean isWitness(NodeId node) {
    return answered.contains(node) && !keyless.contains(node);
  }

  private void onSetup(NodeId from, SetupMessage message) {
    if (message.sender().equals(from) && setup != null) {
      CoordinatorSetup.Step step = message.deliverTo(setup);
      if (step.rejected().isEmpty()) {
        answered.add(from);
      }
      take(step);
    }
  }

  private void advanceSetup() {
    if (setup != null) {
      take(setup.deadlinePassed());
    }
  }

  private void take(CoordinatorSetup.Step step) {
    setup = step.next();
    if (setup instanceof CoordinatorSetup.Completed agreed) {
      members = new TreeSet<>(agreed.members());
      failedSetups = 0;
      keys = agreed.keys();
      append(new StudyEvent.EpochOpened(epoch, agreed.keys(), List.copyOf(members)));
      deliverSetup(step.send());
      setup = null;
      openRound();
    } else if (setup instanceof CoordinatorSetup.Aborted aborted) {
      setup = null;
      afterFailedSetup(aborted.reason().toString());
    } else if (!step.send().isEmpty()) {
      deliverSetup(step.send());
      startTimer(patience.phase());
      moveOnIfNobodyIsLeft();
    } else {
      moveOnIfNobodyIsLeft();
    }
  }

  /** Tries again after a while, so that a node that always fails does not keep all others busy. */
  private void afterFailedSetup(String reason) {
    failedSetups++;
    excludeTheAccused();
    if (failedSetups == MOST_FAILED_SETUPS) {
      stop(Ground.NO_KEYS.with(failedSetups, reason));
    } else if (ready.size() >= roster.quorum().leastConfirmed()) {
      phase = Phase.WAITING;
      startTimer(patience.rejoin());
    } else {
      await();
    }
  }

  private void deliverSetup(List<Outgoing<SetupAnnouncement>> announcements) {
    expect(announcements.stream().map(Outgoing::to).toList());
    for (Outgoing<SetupAnnouncement> each : announcements) {
      send(each.to(), new ToNode.Setup(digest, epoch, each.announcement()));
    }
  }

  // Rounds.

  private void openRound() {
    attempt++;
    // Still set where a crash cut an attempt off behind its first charge.
    repeats += charged ? 1 : 0;
    charged = false;
    if (attempt > RoundTerms.MOST_ATTEMPTS || repeats > plan.spareAttempts()) {
      stop(Ground.NOT_COMPLETED.with(released.size() + 1, plan.spareAttempts()));
      return;
    }
    int release = released.size();
    SignedNote bound = java.util.Objects.requireNonNull(history);
    confirmations.clear();
    charges =
        new CohortCharges(
            new ReleaseId(digest, release, attempt),
            plan.releases().get(release).noise().rho(),
            roster);
    append(new StudyEvent.RoundOpened(release, attempt, epoch));
    phase = Phase.IN_ROUND;
    round =
        CoordinatorRound.begin(
            new RoundTerms(
                new EpochTerms(digest, epoch, roster),
                java.util.Objects.requireNonNull(keys),
                release,
                attempt,
                PublicState.of(bound, released),
                plan.releases().get(release).noise().shape().length()),
            List.copyOf(members));
    expect(members);
    members.forEach(
        node -> send(node, new ToNode.RoundOpened(digest, epoch, release, attempt, bound)));
    startTimer(patience.phase());
    moveOnIfNobodyIsLeft();
  }

  private void onRound(NodeId from, RoundMessage message) {
    if (round == null || !message.sender().equals(from)) {
      return;
    }
    if (message instanceof Input input && !charges().cover(input)) {
      withdraw(from);
      return;
    }
    CoordinatorRound.Step step = message.deliverTo(round);
    if (step.rejected().isEmpty()) {
      answered.add(from);
      if (message instanceof Confirm confirm && !confirmations.contains(confirm.header())) {
        confirmations.add(confirm.header());
      }
    }
    take(step);
  }

  // What the cohort paid: in everybody's memory before anybody's noise.

  private CohortCharges charges() {
    return java.util.Objects.requireNonNull(charges);
  }

  private void onCharged(NodeId from, Bytes charge) {
    if (!expected.contains(from) || charges().charged().contains(from)) {
      return;
    }
    if (!charges().charge(from, charge)) {
      withdraw(from);
      return;
    }
    charged = true;
    append(new StudyEvent.Charged(charge));
    answered.add(from);
    moveOnIfNobodyIsLeft();
  }

  private void showCharges() {
    Set<NodeId> cohort = charges().charged();
    if (cohort.size() < roster.quorum().leastConfirmed()) {
      abortRound(Ground.TOO_FEW_CHARGED.with(cohort.size(), roster.quorum().leastConfirmed()));
      return;
    }
    phase = Phase.REMEMBERING;
    expect(cohort);
    List<Bytes> all = charges().show();
    cohort.forEach(
        node -> send(node, new ToNode.ChargesShown(digest, released.size(), attempt, all)));
    startTimer(patience.phase());
    moveOnIfNobodyIsLeft();
  }

  private void onRemembered(NodeId from, Bytes word) {
    if (!expected.contains(from) || charges().remembering().contains(from)) {
      return;
    }
    if (!charges().remember(from, word)) {
      withdraw(from);
      return;
    }
    answered.add(from);
    moveOnIfNobodyIsLeft();
  }

  private void showRemembered() {
    Set<NodeId> remembering = charges().remembering();
    if (remembering.size() < roster.quorum().leastConfirmed()) {
      abortRound(
          Ground.TOO_FEW_REMEMBER.with(remembering.size(), roster.quorum().leastConfirmed()));
      return;
    }
    phase = Phase.IN_ROUND;
    expect(remembering);
    List<Bytes> words = charges().remembrances();
    for (NodeId node : remembering) {
      out.add(new Command.ShowCharge(node, released.size(), attempt, charges().of(node), words));
    }
    startTimer(patience.phase());
    moveOnIfNobodyIsLeft();
  }

  private void advanceRound() {
    if (round != null) {
      take(round.deadlinePassed());
    }
  }

  private void take(CoordinatorRound.Step step) {
    round = step.next();
    if (round instanceof CoordinatorRound.Completed finished) {
      round = null;
      release(finished);
    } else if (round instanceof CoordinatorRound.RetryNeeded retry) {
      abortRound(Ground.LEFT_BEFORE_UNMASKING.with(names(retry.missing())));
    } else if (round instanceof CoordinatorRound.Aborted aborted) {
      abortRound(aborted.reason().toString());
    } else {
      if (!step.send().isEmpty()) {
        expect(step.send().stream().map(Outgoing::to).toList());
        for (Outgoing<RoundAnnouncement> each : step.send()) {
          if (each.announcement() instanceof CohortAnnounced) {
            phase = Phase.CHARGING;
          }
          send(each.to(), new ToNode.Round(digest, released.size(), attempt, each.announcement()));
        }
        startTimer(patience.phase());
      }
      moveOnIfNobodyIsLeft();
    }
  }

  private void release(CoordinatorRound.Completed finished) {
    StudyEvent.Released event =
        new StudyEvent.Released(
            released.size(),
            attempt,
            finished.survivors(),
            finished.total().digest(),
            finished.transcript(),
            confirmations.stream().map(c -> Bytes.of(ConfirmationRecord.write(c))).toList());
    out.add(new Command.Append(event, Optional.of(finished.total())));
    released.add(event);
    attempt = 0;
    charged = false;
    phase = Phase.WITNESSING;
    out.add(new Command.TakeCheckpoint());
  }

  private void abortRound(String cause) {
    round = null;
    String reason = cause + accusations();
    append(new StudyEvent.RoundAborted(released.size(), attempt, reason));
    members.forEach(
        node -> send(node, new ToNode.RoundAborted(digest, released.size(), attempt, reason)));
    excludeTheAccused();
    repeats += charged ? 1 : 0;
    charged = false;
    // New keys for the next attempt: whoever failed may come back with none.
    await();
  }

  private String accusations() {
    StringBuilder text = new StringBuilder();
    accusers.forEach(
        (accused, by) ->
            text.append("; %s is named by %s".formatted(accused, names(List.copyOf(by)))));
    return text.toString();
  }

  /**
   * Leaves out whoever more members name than may be lying: one of them at least is honest. It can
   * do no harm then but be missed.
   */
  private void excludeTheAccused() {
    accusers.forEach(
        (accused, by) -> {
          if (by.size() > roster.quorum().colluders()) {
            excluded.add(accused);
            ready.remove(accused);
          }
        });
    accusers.clear();
  }

  // Witnesses.

  private void onCosigned(NodeId from, ToCoordinator.Cosigned said) {
    SignedNote current = note;
    if (current == null || !expected.contains(from)) {
      return;
    }
    try {
      NoteKey key =
          new NoteKey(from.value(), NoteKey.Type.COSIGNATURE, roster.keyOf(from).orElseThrow());
      NoteSignature line = NoteSignature.parse(said.line());
      SignedNote cosigned = current.with(line);
      if (line.claims(key) && cosigned.signedBy(key)) {
        note = cosigned;
        answered.add(from);
      }
    } catch (MalformedEncoding | IllegalArgumentException e) {
      // A line that is no cosignature is none: the node counts as one that did not answer.
    }
    endWitnessingIfAllAnswered();
  }

  private void endWitnessingIfAllAnswered() {
    boolean waiting =
        expected.stream()
            .filter(n -> phase == Phase.CLOSING || !keyless.contains(n))
            .anyMatch(n -> attending.contains(n) && !answered.contains(n));
    if (waiting || note == null) {
      return;
    }
    if (phase == Phase.SHOWING || phase == Phase.WITNESSING) {
      witnessed();
    } else if (phase == Phase.CLOSING && answered.size() >= leastCosigned()) {
      finish();
    }
  }

  /** How many cosignatures close a study before its witnesses' time is over. */
  private int leastCosigned() {
    return Witness.quorum(roster);
  }

  private void witnessed() {
    if (note != null && !answered.isEmpty()) {
      append(
          new StudyEvent.Witnessed(
              new String(note.toBytes(), java.nio.charset.StandardCharsets.UTF_8)));
    }
    history = answered.size() >= leastCosigned() ? note : null;
    note = null;
    if (phase == Phase.SHOWING) {
      long witnesses = ready.stream().filter(this::isWitness).count();
      if (history != null && witnesses >= roster.quorum().leastConfirmed()) {
        openEpoch();
      } else {
        afterFailedSetup(
            "%d of %d nodes cosigned the log, %d must"
                .formatted(witnesses, roster.members().size(), roster.quorum().leastConfirmed()));
      }
    } else if (released.size() == plan.releases().size()) {
      complete();
    } else if (history != null
        && members.containsAll(ready)
        && Collections.disjoint(ready, keyless)
        && ready.size() >= roster.quorum().leastConfirmed()) {
      openRound();
    } else {
      await();
    }
  }

  // The end.

  private void complete() {
    concluded = true;
    outcome = "completed";
    append(new StudyEvent.StudyCompleted());
    phase = Phase.CONCLUDING;
    out.add(new Command.Conclude());
  }

  private void stop(String reason) {
    concluded = true;
    outcome = "stopped: " + reason;
    setup = null;
    round = null;
    note = null;
    append(new StudyEvent.StudyStopped(reason));
    phase = Phase.CONCLUDING;
    out.add(new Command.Conclude());
  }

  private void beginClosing() {
    phase = Phase.CLOSING;
    startTimer(patience.witness());
    out.add(new Command.TakeCheckpoint());
  }

  private void finish() {
    if (note != null) {
      phase = Phase.OVER;
      out.add(new Command.Finish(note));
    }
  }

  // Who is awaited.

  private void expect(Iterable<NodeId> nodes) {
    expected = new HashSet<>();
    nodes.forEach(expected::add);
    answered.clear();
  }

  private void onComplaint(NodeId from, ToCoordinator.Complaint complaint) {
    complaint
        .about()
        .filter(about -> roster.contains(about) && !about.equals(from))
        .ifPresent(about -> accusers.computeIfAbsent(about, a -> new TreeSet<>()).add(from));
    if (phase == Phase.ADMITTING) {
      stop(Ground.CANNOT_TAKE_PART.with(from, complaint.text()));
    } else {
      withdraw(from);
    }
  }

  /** The node takes no further part in what is going on; it is asked again at the next set-up. */
  private void withdraw(NodeId node) {
    expected.remove(node);
    moveOn();
  }

  private void moveOn() {
    switch (phase) {
      case WAITING -> await();
      case SETTING_UP, IN_ROUND, CHARGING, REMEMBERING -> moveOnIfNobodyIsLeft();
      case SHOWING, WITNESSING, CLOSING -> endWitnessingIfAllAnswered();
      case ADMITTING, CONCLUDING, OVER -> {}
    }
  }

  /** Does not wait for the absent once everybody present has answered. */
  private void moveOnIfNobodyIsLeft() {
    boolean awaited =
        expected.stream()
            .anyMatch(n -> attending.contains(n) && !answered.contains(n) && !keyless.contains(n));
    if (awaited) {
      return;
    }
    switch (phase) {
      case SETTING_UP -> advanceSetup();
      case IN_ROUND -> advanceRound();
      case CHARGING -> showCharges();
      case REMEMBERING -> showRemembered();
      default -> {}
    }
  }

  private void send(NodeId to, ToNode message) {
    if (attending.contains(to)) {
      out.add(new Command.Send(to, message));
    }
  }

  private void append(StudyEvent event) {
    out.add(new Command.Append(event, Optional.empty()));
  }

  private void startTimer(Duration delay) {
    token++;
    out.add(new Command.StartTimer(token, delay));
  }

  private static String names(List<NodeId> nodes) {
    return String.join(", ", nodes.stream().map(NodeId::value).toList());
  }

  private List<Command> flush() {
    List<Command> commands = List.copyOf(out);
    out.clear();
    return commands;
  }
}
