package org.althing.session;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.Cosignature;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LocalSum;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.PaidSum;
import org.althing.privacy.ReleaseId;
import org.althing.release.Release;
import org.althing.release.ReleaseSpec;
import org.althing.secagg.EpochTerms;
import org.althing.secagg.InputHeader;
import org.althing.secagg.KeySetup;
import org.althing.secagg.NodeRound;
import org.althing.secagg.PairSecrets;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.RoundTerms;
import org.althing.secagg.SetupMessage;
import org.althing.secagg.SurvivorsProposed;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.LogEntry;
import org.althing.study.Plan;
import org.althing.study.Programme;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;
import org.jspecify.annotations.Nullable;

/**
 * A node's part of one admitted study, as a pure machine.
 *
 * <p>It believes nothing it is told: the plan is its own, the roster counts once every member's
 * signed admission is shown, a release counts once its entry is proven to lie in the log, and the
 * query of the next release is computed from those releases alone. Nothing is charged before a
 * cohort is verified, nothing is noised before its charge is in the log and remembered by a quorum
 * of the others, nothing but noised and masked sums is sent. Not safe for concurrent use.
 */
public final class NodeStudy {
  private final Identity identity;
  private final Plan plan;
  private final Digest digest;
  private final Programme programme;
  private final BudgetLedger ledger;
  private final List<StudyEvent.Released> released = new ArrayList<>();
  private final List<Release> releases = new ArrayList<>();
  private final List<NodeAction> out = new ArrayList<>();

  private boolean sealed;

  /** The text of the checkpoint that was shown and accepted last; none before the log was shown. */
  private Optional<String> history = Optional.empty();

  private int epoch;
  private @Nullable KeySetup setup;
  private @Nullable PairSecrets secrets;
  private @Nullable NodeRound round;
  private int attempt;
  private Optional<ToNode.RoundOpened> begun = Optional.empty();

  /** The exact sum of the attempt at hand, until it is charged. */
  private @Nullable LocalSum summed;

  private @Nullable Payment payment;

  /**
   * Who the node is and where its randomness comes from.
   *
   * @param seeds a fresh 32-byte seed from the operating system at each call
   * @param now the time that cosignatures state
   */
  public record Identity(
      NodeId id, SigningKey key, Supplier<byte[]> seeds, Supplier<Instant> now) {}

  public NodeStudy(Identity identity, Plan plan, Programme programme, BudgetLedger ledger) {
    this.identity = identity;
    this.plan = plan;
    this.digest = plan.digest();
    this.programme = programme;
    this.ledger = ledger;
  }

  public Plan plan() {
    return plan;
  }

  /** The session broke: what was agreed in it is void, what was released is not. */
  public void disconnected() {
    erase();
    sealed = false;
    history = Optional.empty();
  }

  /**
   * Takes a message about this study.
   *
   * @param witness the node's, over all studies of one log
   * @param memory the node's, over all studies of one federation
   */
  public List<NodeAction> on(ToNode.OfStudy message, Witness witness, LedgerMemory memory) {
    if (message instanceof ToNode.RosterSealed roster) {
      onRoster(roster);
    } else if (message instanceof ToNode.LogShown shown) {
      onLogShown(shown, witness);
    } else if (message instanceof ToNode.SetupOpened opened) {
      onSetupOpened(opened);
    } else if (message instanceof ToNode.Setup step) {
      if (setup != null && step.epoch() == epoch) {
        take(step.announcement().deliverTo(setup));
      }
    } else if (message instanceof ToNode.RoundOpened opened) {
      onRoundOpened(opened, witness);
    } else if (message instanceof ToNode.ChargesShown shown) {
      if (payment != null && isAtHand(shown)) {
        onCharges(payment, shown, memory);
      }
    } else if (message instanceof ToNode.ChargesRemembered said) {
      if (payment != null && isAtHand(said)) {
        onRemembered(payment, said, witness);
      }
    } else if (message instanceof ToNode.Round step) {
      if (round != null && isAtHand(step)) {
        onRound(step.announcement());
      }
    } else if (message instanceof ToNode.RoundAborted aborted) {
      if (isAtHand(aborted)) {
        report("attempt " + attempt + " was given up: " + aborted.reason());
        dropRound();
      }
    } else if (message instanceof ToNode.Published published) {
      onPublished(published, witness);
    } else if (message instanceof ToNode.Ended ended) {
      onEnded(ended, witness);
    }
    return flush();
  }

  /** The sum asked for by {@link NodeAction.Compute}, not yet paid for. */
  public List<NodeAction> computed(int release, int forAttempt, LocalSum sum) {
    if (round != null && isAtHand(release, forAttempt)) {
      summed = sum;
      pay();
    }
    return flush();
  }

  /** The sum asked for by {@link NodeAction.Draw}: it is masked and sent. */
  public List<NodeAction> drawn(int release, int forAttempt, NoisedSum sum) {
    if (round instanceof NodeRound.AwaitingNoisedSum awaiting
        && payment != null
        && isAtHand(release, forAttempt)) {
      take(awaiting.input(sum, payment.charge().toArray()));
    }
    return flush();
  }

  private boolean isAtHand(ToNode.OfAttempt message) {
    return isAtHand(message.release(), message.attempt());
  }

  private boolean isAtHand(int release, int ofAttempt) {
    return release == releases.size() && ofAttempt == attempt;
  }

  /** The sum could not be computed; {@code text} says so without a word about the data. */
  public List<NodeAction> failed(int release, int forAttempt, String text) {
    if (round != null && isAtHand(release, forAttempt)) {
      complain(text);
      dropRound();
    }
    return flush();
  }

  // Admission of the others, and keys.

  private void onRoster(ToNode.RosterSealed shown) {
    List<Signed<Admission>> admissions = new ArrayList<>();
    try {
      for (Bytes each : shown.admissions()) {
        admissions.add(Signed.ofBytes(each.toArray(), Admission::ofBytes));
      }
    } catch (MalformedEncoding e) {
      complain("an admission is malformed");
      return;
    }
    Optional<String> fault = Admission.faultIn(admissions, plan);
    if (fault.isPresent()) {
      complain("the roster is not signed by all: " + fault.get());
      return;
    }
    sealed = true;
  }

  private void onLogShown(ToNode.LogShown shown, Witness witness) {
    Witness.Answer answer = witness.judge(shown.checkpoint(), shown.consistency());
    if (!(answer instanceof Witness.Accepted accepted)) {
      accuse(answer);
      complain("the checkpoint before the key set-up is not the witnessed log's continuation");
      return;
    }
    if (!accepted.next().holds(shown.submission().entry(), shown.submission().inclusion())
        || !isOwnSubmission(shown.submission().entry())) {
      complain("the study is not shown to be in the log");
      return;
    }
    keepAndCosign(accepted.next(), shown.checkpoint());
  }

  private boolean isOwnSubmission(Bytes bytes) {
    try {
      LogEntry entry = LogEntry.ofBytes(bytes.toArray());
      return entry.study().equals(digest)
          && entry.event() instanceof StudyEvent.StudySubmitted submitted
          && submitted.plan().equals(digest);
    } catch (MalformedEncoding e) {
      return false;
    }
  }

  private void onSetupOpened(ToNode.SetupOpened opened) {
    if (!sealed) {
      complain("a key set-up before all admissions were shown");
      return;
    }
    if (history.isEmpty()) {
      complain("a key set-up before the log was shown");
      return;
    }
    if (opened.epoch() == epoch) {
      report("ignored: epoch " + epoch + " was opened before");
      return;
    }
    if (opened.epoch() < epoch) {
      complain(
          "epoch %d was used before; expected a later one than %d"
              .formatted(opened.epoch(), epoch));
      return;
    }
    erase();
    epoch = opened.epoch();
    EpochTerms terms = new EpochTerms(digest, epoch, plan.roster());
    take(KeySetup.begin(terms, identity.id(), identity.key(), identity.seeds().get()));
  }

  private void take(KeySetup.Step step) {
    setup = step.next();
    for (SetupMessage each : step.send()) {
      out.add(new NodeAction.Say(new ToCoordinator.Setup(digest, epoch, each)));
    }
    if (setup instanceof KeySetup.Keyed keyed) {
      secrets = keyed.pairs();
      setup = null;
    } else if (setup instanceof KeySetup.Aborted aborted) {
      complain(aborted.reason().who(), "key set-up: " + aborted.reason());
      setup = null;
    }
  }

  // A round.

  private void onRoundOpened(ToNode.RoundOpened opened, Witness witness) {
    if (Optional.of(opened).equals(begun)) {
      report("ignored: attempt " + attempt + " was opened before");
      return;
    }
    dropRound();
    if (secrets == null || opened.epoch() != epoch) {
      complain("a round of epoch " + opened.epoch() + ", for which this node has no keys");
      return;
    }
    if (opened.release() != releases.size() || opened.release() >= plan.releases().size()) {
      complain(
          "release %d is asked for, the next one by the log is %d"
              .formatted(opened.release(), releases.size()));
      return;
    }
    if (!history.equals(Optional.of(opened.history().text()))
        || !Witness.quorumCosigned(opened.history(), plan.roster())) {
      long seen = witness.seen().size();
      accuse(witness.judge(opened.history(), new ConsistencyProof(seen, seen, List.of())));
      complain("the round's checkpoint is not the last one shown, cosigned by a quorum");
      return;
    }
    ReleaseSpec spec = plan.releases().get(opened.release());
    RoundTerms terms;
    try {
      terms =
          new RoundTerms(
              new EpochTerms(digest, epoch, plan.roster()),
              secrets.keys(),
              opened.release(),
              opened.attempt(),
              PublicState.of(opened.history(), released),
              spec.noise().shape().length());
    } catch (IllegalArgumentException e) {
      complain("attempt " + opened.attempt() + " does not exist");
      return;
    }
    Optional<String> objection = ledger.objection(terms.releaseId(), spec.noise());
    if (objection.isPresent()) {
      complain("the ledger refuses: " + objection.get());
      return;
    }
    begun = Optional.of(opened);
    attempt = opened.attempt();
    take(NodeRound.begin(terms, identity.key(), secrets, identity.seeds().get()));
    out.add(
        new NodeAction.Compute(
            opened.release(),
            attempt,
            programme.query(opened.release(), List.copyOf(releases)),
            spec.noise(),
            spec.partition()));
  }

  private void onRound(RoundAnnouncement announcement) {
    NodeRound current = round;
    if (current == null) {
      return;
    }
    if (announcement instanceof SurvivorsProposed proposed) {
      onSurvivors(current, proposed);
    } else {
      take(announcement.deliverTo(current));
      pay();
    }
  }

  /** Confirms none whose charge it has not written down. */
  private void onSurvivors(NodeRound current, SurvivorsProposed proposed) {
    for (InputHeader header : proposed.headers()) {
      if (payment == null || !payment.covers(header)) {
        complain("the charge of " + header.sender() + " for this attempt was not shown");
        dropRound();
        return;
      }
    }
    take(proposed.deliverTo(current));
  }

  private boolean contradicts(List<Signed<ChargeStatement>> shown, LedgerMemory memory) {
    Optional<Contradiction> found = memory.contradiction(shown);
    found.ifPresent(
        proof -> {
          out.add(new NodeAction.Accuse(proof));
          complain(
              Optional.of(proof.node()),
              "ALT-LEDGER-002 the ledger of %s was put back or runs twice: %s"
                  .formatted(proof.node(), proof.why().orElseThrow()));
        });
    return found.isPresent();
  }

  /** Charges once the cohort is verified and the sum is there, whichever comes last. */
  private void pay() {
    if (!(round instanceof NodeRound.AwaitingNoisedSum) || summed == null) {
      return;
    }
    LocalSum sum = summed;
    summed = null;
    ReleaseId id = new ReleaseId(digest, releases.size(), attempt);
    Optional<String> objection = ledger.objection(id, plan.releases().get(releases.size()).noise());
    if (objection.isPresent()) {
      complain("the ledger refuses: " + objection.get());
      dropRound();
      return;
    }
    PaidSum paid = ledger.charge(id, sum);
    payment = new Payment(identity, plan.roster(), paid);
    report(
        "release %s: charged rho %s, spent %s in all"
            .formatted(
                plan.releases().get(releases.size()).name(),
                paid.receipt().marginal(),
                paid.receipt().spent()));
    out.add(
        new NodeAction.Say(
            new ToCoordinator.Charged(digest, releases.size(), attempt, payment.charge())));
  }

  /**
   * Remembers what the others paid, durably, before it says so: nobody noises a sum, and so nothing
   * is released, that would be forgotten with its owner's ledger.
   */
  private void onCharges(Payment of, ToNode.ChargesShown shown, LedgerMemory memory) {
    Optional<String> fault = of.show(shown.charges());
    if (fault.isPresent()) {
      complain(fault.get());
      dropRound();
      return;
    }
    if (contradicts(of.others(), memory)) {
      dropRound();
      return;
    }
    LedgerMemory next = memory.with(of.others());
    if (!next.equals(memory)) {
      out.add(new NodeAction.Remember(next));
    }
    out.add(
        new NodeAction.Say(
            new ToCoordinator.Remembered(
                digest, releases.size(), attempt, Bytes.of(of.remembrance().toBytes()))));
  }

  /** Has the noise drawn once the charge is in the log and remembered by enough of the others. */
  private void onRemembered(Payment of, ToNode.ChargesRemembered said, Witness witness) {
    Witness.Answer answer = witness.judge(said.checkpoint(), said.consistency());
    if (!(answer instanceof Witness.Accepted accepted)) {
      accuse(answer);
      complain("the checkpoint with this node's charge is not the witnessed log's continuation");
      dropRound();
      return;
    }
    Optional<String> missing = of.missing(said, accepted.next());
    if (missing.isPresent()) {
      complain(missing.get());
      dropRound();
      return;
    }
    out.add(new NodeAction.Keep(accepted.next()));
    if (of.settle()) {
      out.add(new NodeAction.Draw(releases.size(), attempt, of.sum()));
    }
  }

  private void take(NodeRound.Step step) {
    round = step.next();
    int release = releases.size();
    step.send()
        .forEach(
            m -> out.add(new NodeAction.Say(new ToCoordinator.Round(digest, release, attempt, m))));
    if (round instanceof NodeRound.Aborted aborted) {
      complain(aborted.reason().who(), "round: " + aborted.reason());
      dropRound();
    }
  }

  // The log.

  private void onPublished(ToNode.Published shown, Witness witness) {
    Optional<String> fault = accept(shown, witness);
    fault.ifPresent(text -> complain("release " + releases.size() + " as shown: " + text));
  }

  /** Takes a release over if the log proves it; otherwise says what is wrong. */
  private Optional<String> accept(ToNode.Published shown, Witness witness) {
    LogEntry entry;
    try {
      entry = LogEntry.ofBytes(shown.entry().toArray());
    } catch (MalformedEncoding e) {
      return Optional.of("the entry is malformed");
    }
    Witness.Answer answer = witness.judge(shown.checkpoint(), shown.consistency());
    if (answer instanceof Witness.Refused refused) {
      if (refused.reason() == Witness.Reason.SMALLER_THAN_SEEN && isKnown(entry)) {
        // What was said before and comes once more changes nothing, and is no fault of anybody.
        return Optional.empty();
      }
      accuse(refused);
      return Optional.of("the checkpoint is not the witnessed log's continuation");
    }
    Witness next = ((Witness.Accepted) answer).next();
    if (!next.holds(shown.entry(), shown.inclusion())) {
      return Optional.of("the entry is not in the log");
    }
    if (!(entry.event() instanceof StudyEvent.Released event) || !entry.study().equals(digest)) {
      return Optional.of("the entry is no release of this study");
    }
    if (event.release() < releases.size()) {
      // Seen before: shown again to bring a node up to date after a break.
      if (!event.equals(released.get(event.release()))) {
        return Optional.of("another release %d than was shown before".formatted(event.release()));
      }
      keepAndCosign(next, shown.checkpoint());
      return Optional.empty();
    }
    if (event.release() != releases.size() || event.release() >= plan.releases().size()) {
      return Optional.of("release %d is not the next one".formatted(event.release()));
    }
    ReleaseSpec spec = plan.releases().get(event.release());
    long[] total = longs(shown.total().toArray());
    if (total.length != spec.noise().shape().length()
        || !StudyRecord.digestOfTotal(total).equals(event.total())) {
      return Optional.of("the total is not the one the entry names");
    }
    Optional<String> unconfirmed = ConfirmationRecord.faultIn(event, plan.roster());
    if (unconfirmed.isPresent()) {
      return unconfirmed;
    }
    released.add(event);
    releases.add(new Release(spec, total, event.survivors().size()));
    dropRound();
    if (secrets != null) {
      // Stealing this node's state later must not open an earlier round.
      secrets.closeThrough(event.release());
    }
    keepAndCosign(next, shown.checkpoint());
    return Optional.empty();
  }

  private boolean isKnown(LogEntry entry) {
    return entry.event() instanceof StudyEvent.Released event && released.contains(event);
  }

  private void keepAndCosign(Witness next, SignedNote checkpoint) {
    history = Optional.of(checkpoint.text());
    out.add(new NodeAction.Keep(next));
    Cosignature cosignature =
        Cosignature.sign(
            checkpoint.text(),
            identity.id().value(),
            identity.key(),
            identity.now().get().getEpochSecond());
    out.add(
        new NodeAction.Say(
            new ToCoordinator.Cosigned(digest, next.seen().size(), cosignature.line().toText())));
  }

  private void onEnded(ToNode.Ended ended, Witness witness) {
    Witness.Answer answer = witness.judge(ended.checkpoint(), ended.consistency());
    if (answer instanceof Witness.Accepted accepted) {
      keepAndCosign(accepted.next(), ended.checkpoint());
      ended.receipts(accepted.next()).forEach(each -> out.add(new NodeAction.File(each)));
    } else {
      accuse(answer);
      complain("the closing checkpoint is not the witnessed log's continuation");
    }
    ledger.close(digest);
    erase();
    report("study " + ended.outcome());
    out.add(new NodeAction.Done());
  }

  private void accuse(Witness.Answer answer) {
    answer.evidence().ifPresent(both -> out.add(new NodeAction.AccuseLog(both)));
  }

  private static long[] longs(byte[] bytes) {
    long[] longs = new long[bytes.length / 8];
    ByteBuffer.wrap(bytes, 0, 8 * longs.length).asLongBuffer().get(longs);
    return longs;
  }

  private void dropRound() {
    if (round != null) {
      round.abandon();
    }
    round = null;
    summed = null;
    payment = null;
  }

  private void erase() {
    dropRound();
    if (setup != null) {
      setup.abandon();
    }
    if (secrets != null) {
      secrets.destroy();
    }
    setup = null;
    secrets = null;
  }

  private void complain(String text) {
    complain(Optional.empty(), text);
  }

  private void complain(Optional<NodeId> about, String text) {
    report("refused: " + text + (payment == null ? "" : "; this attempt stays charged"));
    out.add(new NodeAction.Say(ToCoordinator.Complaint.of(digest, about, text)));
  }

  private void report(String line) {
    out.add(new NodeAction.Report(line));
  }

  private List<NodeAction> flush() {
    List<NodeAction> actions = List.copyOf(out);
    out.clear();
    return actions;
  }
}
