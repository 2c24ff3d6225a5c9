package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.althing.audit.Cosignature;
import org.althing.audit.ForkEvidence;
import org.althing.audit.NoteSignature;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.policy.AdmissionDesk;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.report.StudyFolder;
import org.althing.secagg.CohortAnnounced;
import org.althing.secagg.Confirm;
import org.althing.secagg.ConfirmationsShown;
import org.althing.secagg.Input;
import org.althing.secagg.InputHeader;
import org.althing.secagg.ReadyHeader;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.SurvivorsProposed;
import org.althing.study.Admission;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.Planning;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A coordinator that lies to one node: it is refused, and nothing is paid for or sent. */
class CoordinatorLiesTest {
  private static final NodeId VICTIM = Examples.node(0);
  private static final StudyTexts BAYES = StudyTexts.of(StudyTexts.NAIVE_BAYES, 1);

  private final SmallFederation federation = new SmallFederation(4, BAYES);
  private final SmallNode victim = federation.node(0);
  private final Digest plan = federation.plan.digest();

  /** The next message of this kind to the victim, not yet delivered. */
  private <M extends ToNode> M before(Class<M> kind) {
    return kind.cast(federation.playUntil((n, m) -> n.equals(VICTIM) && kind.isInstance(m)));
  }

  private <A extends RoundAnnouncement> A beforeRound(Class<A> kind) {
    ToNode message =
        federation.playUntil(
            (n, m) ->
                n.equals(VICTIM)
                    && m instanceof ToNode.Round r
                    && kind.isInstance(r.announcement()));
    return kind.cast(((ToNode.Round) message).announcement());
  }

  /** A round opened under the checkpoint that the victim was shown last, cosigned by everybody. */
  private ToNode.RoundOpened opened(int epoch, int release, int attempt) {
    return new ToNode.RoundOpened(plan, epoch, release, attempt, federation.log.cosigned());
  }

  private ToNode.Round round(RoundAnnouncement announcement) {
    return new ToNode.Round(plan, 0, 1, announcement);
  }

  /** The victim complains in these words; nothing else leaves it, and its ledger stands still. */
  private void assertRefused(ToNode.OfStudy lie, String reason) {
    long entries = victim.ledger.sequence();
    List<NodeAction> actions = victim.on(lie);
    assertThat(actions)
        .allMatch(
            a ->
                a instanceof NodeAction.Report
                    || (a instanceof NodeAction.AccuseLog accuse && isOfVictim(accuse.evidence()))
                    || (a instanceof NodeAction.Say say
                        && say.message() instanceof ToCoordinator.Complaint));
    assertThat(said(actions)).hasSize(1);
    assertThat(((ToCoordinator.Complaint) said(actions).get(0)).text()).contains(reason);
    assertThat(victim.ledger.sequence()).isEqualTo(entries);
  }

  /** What the victim has seen, and something else, both under the log's key. */
  private boolean isOfVictim(ForkEvidence evidence) {
    return evidence.isSigned(federation.log.id())
        && victim.witness.note().equals(Optional.of(evidence.seen()))
        && !evidence.refused().text().equals(evidence.seen().text());
  }

  /** Whether the victim refuses and keeps what tells others of the fork. */
  private void assertAccused(ToNode.OfStudy lie, String reason) {
    assertRefused(lie, reason);
    assertThat(victim.on(lie)).anyMatch(NodeAction.AccuseLog.class::isInstance);
  }

  private static List<ToCoordinator> said(List<NodeAction> actions) {
    return actions.stream()
        .filter(NodeAction.Say.class::isInstance)
        .map(a -> ((NodeAction.Say) a).message())
        .toList();
  }

  // Offers.

  private void assertNotAdmitted(ToNode.Offer lie, String reason) {
    long entries = victim.ledger.sequence();
    AdmissionDesk.Answer answer = victim.answer(lie);
    assertThat(answer).isInstanceOf(AdmissionDesk.Answer.Refused.class);
    assertThat(((AdmissionDesk.Answer.Refused) answer).refusal().statement().reasons().toString())
        .contains(reason);
    assertThat(victim.ledger.sequence()).isEqualTo(entries);
    assertThat(victim.reserved()).isEqualTo(Rho.ZERO);
  }

  private static Roster withQuorum(Roster roster, int threshold, int colluders) {
    return new Roster(
        roster.members(), new Quorum(roster.members().size(), threshold, colluders, 3, threshold));
  }

  private static Digest planOf(StudyTexts texts, Roster roster) {
    return ((Planning.Planned)
            StudyPlanner.compile(
                StudyTexts.study(texts.study()), StudyTexts.contract(texts.contract()), roster))
        .plan()
        .digest();
  }

  static Stream<Roster> otherRosters() {
    Roster own = Examples.roster(4);
    List<Roster.Member> swapped = new ArrayList<>(own.members());
    swapped.set(3, new Roster.Member(Examples.node(3), Examples.key(77).verifyingKey()));
    return Stream.of(
        Examples.roster(3),
        Examples.roster(5),
        withQuorum(own, 3, 0),
        withQuorum(own, 4, 2),
        new Roster(swapped, own.quorum()));
  }

  @ParameterizedTest
  @MethodSource("otherRosters")
  void refusesAnotherRosterOrQuorumWhicheverPlanIsNamed(Roster other) {
    Bytes bytes = Bytes.of(other.toBytes());
    ToNode.Offer honest = before(ToNode.Offer.class);
    assertNotAdmitted(
        new ToNode.Offer(plan, honest.study(), honest.contract(), bytes), "another plan or roster");
    assertNotAdmitted(
        new ToNode.Offer(planOf(BAYES, other), honest.study(), honest.contract(), bytes),
        "another plan or roster");
    assertNotAdmitted(
        new ToNode.Offer(planOf(BAYES, other), honest.study(), honest.contract(), honest.roster()),
        "another plan or roster");
  }

  @Test
  void refusesOtherDocumentsUnderTheNameOfAPlan() {
    ToNode.Offer honest = before(ToNode.Offer.class);
    StudyTexts dearer = StudyTexts.of(StudyTexts.NAIVE_BAYES, 2);
    assertNotAdmitted(
        new ToNode.Offer(plan, dearer.study(), honest.contract(), honest.roster()), "another plan");
    assertNotAdmitted(
        new ToNode.Offer(
            Digest.of(new byte[] {9}), honest.study(), honest.contract(), honest.roster()),
        "another plan");
  }

  @Test
  void anEndedStudyIsNotAdmittedAgain() {
    StudyEvent.StudySubmitted s = federation.play().log.record().submission();
    int charges = victim.charges().size();
    assertThat(charges).isEqualTo(federation.plan.releases().size());
    assertNotAdmitted(new ToNode.Offer(plan, s.study(), s.contract(), s.roster()), "CLOSED");
    assertThat(victim.charges()).hasSize(charges);
  }

  // Admissions of the others.

  private static Signed<Admission> admission(Bytes bytes) {
    try {
      return Signed.ofBytes(bytes.toArray(), Admission::ofBytes);
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes signed(int key, Admission admission) {
    return Bytes.of(Signed.by(Examples.key(key), admission).toBytes());
  }

  private static Arguments lie(String reason, UnaryOperator<List<Bytes>> lie) {
    return Arguments.of(reason, lie);
  }

  private static UnaryOperator<List<Bytes>> last(UnaryOperator<Bytes> change) {
    return all -> {
      List<Bytes> changed = new ArrayList<>(all);
      changed.set(3, change.apply(all.get(3)));
      return changed;
    };
  }

  static Stream<Arguments> wrongAdmissions() {
    return Stream.of(
        lie("no admission of org-d", all -> all.subList(0, 3)),
        lie("no admission of org-a", all -> List.of()),
        lie("listed twice", all -> List.of(all.get(0), all.get(1), all.get(2), all.get(2))),
        lie("malformed", last(b -> Bytes.of(new byte[] {1, 2, 3}))),
        lie("does not verify", last(b -> signed(2, admission(b).statement()))),
        lie(
            "another plan",
            last(
                b -> {
                  Admission a = admission(b).statement();
                  return signed(
                      3,
                      new Admission(
                          a.node(),
                          Digest.of(new byte[] {9}),
                          a.roster(),
                          a.policy(),
                          a.reserved()));
                })),
        lie(
            "less than the plan may cost",
            last(
                b -> {
                  Admission a = admission(b).statement();
                  return signed(
                      3,
                      new Admission(
                          a.node(),
                          a.plan(),
                          a.roster(),
                          a.policy(),
                          a.reserved().minus(new Rho(1))));
                })));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongAdmissions")
  void refusesARosterThatIsNotSignedByAll(String reason, UnaryOperator<List<Bytes>> lie) {
    ToNode.RosterSealed honest = before(ToNode.RosterSealed.class);
    assertRefused(new ToNode.RosterSealed(plan, lie.apply(honest.admissions())), reason);
    assertRefused(new ToNode.SetupOpened(plan, 1), "before all admissions");
  }

  @Test
  void setsNoKeysUpBeforeAllAdmissionsNorUnderAnEpochUsedBefore() {
    before(ToNode.RosterSealed.class);
    assertRefused(new ToNode.SetupOpened(plan, 1), "before all admissions");
    assertRefused(opened(0, 0, 1), "no keys");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesAnEpochUsedBefore(int epoch) {
    before(ToNode.RoundOpened.class);
    assertRefused(new ToNode.SetupOpened(plan, epoch), "epoch");
  }

  /** Said once more, something changes nothing: no new keys, no second round, no complaint. */
  private void assertIgnored(ToNode.OfStudy again) {
    long entries = victim.ledger.sequence();
    assertThat(victim.on(again)).allMatch(NodeAction.Report.class::isInstance);
    assertThat(victim.ledger.sequence()).isEqualTo(entries);
  }

  @Test
  void whatIsSaidTwiceChangesNothing() {
    CohortAnnounced cohort = beforeRound(CohortAnnounced.class);
    assertIgnored(new ToNode.SetupOpened(plan, 1));
    assertIgnored(opened(1, 0, 1));
    assertThat(said(victim.on(round(cohort))))
        .singleElement()
        .isInstanceOf(ToCoordinator.Charged.class);
    assertIgnored(opened(1, 0, 1));
    assertIgnored(round(cohort));
    assertThat(victim.charges()).hasSize(1);
  }

  @Test
  void aReleaseThatIsShownTwiceIsCosignedTwiceAndTakenOnce() {
    ToNode.Published shown = before(ToNode.Published.class);
    List<ToCoordinator> first = victim.perform(victim.on(shown));
    assertThat(victim.perform(victim.on(shown))).isEqualTo(first);
    assertThat(first).singleElement().isInstanceOf(ToCoordinator.Cosigned.class);
  }

  // Which round.

  static Stream<Arguments> wrongRounds() {
    return Stream.of(
        Arguments.of(2, 0, 1, "no keys"),
        Arguments.of(0, 0, 1, "no keys"),
        Arguments.of(1, 1, 1, "the next one by the log is 0"),
        Arguments.of(1, -1, 1, "the next one by the log is 0"),
        Arguments.of(1, 0, 0, "attempt 0"),
        Arguments.of(1, 0, -1, "attempt -1"),
        Arguments.of(1, 0, 4, "attempt 4"),
        Arguments.of(1, 0, Integer.MAX_VALUE, "attempt"));
  }

  @ParameterizedTest(name = "epoch {0}, release {1}, attempt {2}")
  @MethodSource("wrongRounds")
  void takesPartInNoRoundButTheNext(int epoch, int release, int attempt, String reason) {
    before(ToNode.RoundOpened.class);
    assertRefused(opened(epoch, release, attempt), reason);
    assertThat(victim.charges()).isEmpty();
  }

  @Test
  void repeatsNoReleaseThatIsOut() {
    federation.playUntil(
        (n, m) -> n.equals(VICTIM) && m instanceof ToNode.RoundOpened r && r.release() == 1);
    assertRefused(opened(1, 0, 2), "the next one by the log is 1");
    assertThat(victim.charges()).hasSize(1);
  }

  @Test
  void anAttemptThatWasPaidForIsBurntForARestartedNodeToo() {
    Set<NodeId> gone = new HashSet<>();
    federation.lost =
        (node, message) ->
            message instanceof ToCoordinator.Round r
                && r.message() instanceof Confirm
                && gone.add(node);
    federation.comeBack = true;
    federation.playUntil(
        (n, m) -> n.equals(VICTIM) && m instanceof ToNode.RoundOpened r && r.attempt() == 2);
    assertRefused(opened(2, 0, 1), "burnt");
    assertThat(victim.charges()).containsExactly(new ReleaseId(plan, 0, 1));
  }

  @Test
  void aClosedLedgerIsChargedByNoRound() {
    ToNode.RoundOpened honest = before(ToNode.RoundOpened.class);
    victim.ledger.close(plan);
    assertRefused(honest, "the study is closed");
  }

  @Test
  void aLedgerClosedBehindTheCohortPaysNothingAndSendsNothing() {
    CohortAnnounced honest = beforeRound(CohortAnnounced.class);
    victim.ledger.close(plan);
    assertRefused(round(honest), "the study is closed");
  }

  // Within a round.

  private static CohortAnnounced without(CohortAnnounced cohort, NodeId... left) {
    List<NodeId> out = List.of(left);
    return new CohortAnnounced(
        cohort.headers().stream().filter(h -> !out.contains(h.sender())).toList(),
        cohort.boxes().stream().filter(b -> !out.contains(b.from())).toList());
  }

  @Test
  void paysForNoCohortThatIsTooSmallOrForgedOrNotItsOwn() {
    CohortAnnounced honest = beforeRound(CohortAnnounced.class);
    assertRefused(round(without(honest, Examples.node(2), Examples.node(3))), "TOO_FEW");
    assertThat(victim.charges()).isEmpty();
  }

  @Test
  void paysForNoCohortWithAForgedMember() {
    CohortAnnounced honest = beforeRound(CohortAnnounced.class);
    List<ReadyHeader> headers = new ArrayList<>(honest.headers());
    ReadyHeader h = headers.get(3);
    headers.set(
        3,
        new ReadyHeader(
            h.sender(),
            h.ctx(),
            Digest.of(new byte[] {1}),
            h.sealingKey(),
            h.boxes(),
            h.signature()));
    assertRefused(round(new CohortAnnounced(headers, honest.boxes())), "BAD_SIGNATURE");
    assertThat(victim.charges()).isEmpty();
  }

  @Test
  void aSecondCohortGetsNeitherASecondPaymentNorASecondInput() {
    CohortAnnounced honest = beforeRound(CohortAnnounced.class);
    federation.reply(VICTIM, victim.perform(victim.on(round(honest))));
    before(ToNode.ChargesRemembered.class);
    assertRefused(round(without(honest, Examples.node(3))), "SECOND_ANNOUNCEMENT");
    assertThat(said(victim.on(round(honest)))).isEmpty();
    assertThat(victim.charges()).hasSize(1);
  }

  @Test
  void confirmsNoSecondSurvivorSetAndUnmasksNothingThen() {
    SurvivorsProposed honest = beforeRound(SurvivorsProposed.class);
    List<ToCoordinator> first = said(victim.on(round(honest)));
    Confirm confirm = (Confirm) ((ToCoordinator.Round) first.get(0)).message();
    assertRefused(round(fewer(honest, 1)), "SECOND_ANNOUNCEMENT");
    assertThat(said(victim.on(round(new ConfirmationsShown(List.of(confirm.header())))))).isEmpty();
  }

  private static SurvivorsProposed fewer(SurvivorsProposed all, int left) {
    List<InputHeader> headers = all.headers();
    return new SurvivorsProposed(headers.subList(0, headers.size() - left));
  }

  @Test
  void confirmsNoSurvivorSetBelowTheQuorumOrWithoutItself() {
    SurvivorsProposed honest = beforeRound(SurvivorsProposed.class);
    assertRefused(round(fewer(honest, 2)), "TOO_FEW");
  }

  @Test
  void confirmsNoSurvivorSetWithoutItself() {
    SurvivorsProposed honest = beforeRound(SurvivorsProposed.class);
    assertRefused(
        round(new SurvivorsProposed(honest.headers().subList(1, 4))), "OWN_MESSAGE_MISSING");
  }

  @Test
  void unmasksNothingOnFewerConfirmationsThanTheThreshold() {
    ConfirmationsShown honest = beforeRound(ConfirmationsShown.class);
    assertRefused(round(new ConfirmationsShown(honest.headers().subList(0, 2))), "TOO_FEW");
  }

  // The log.

  private long seen() {
    return victim.witness.seen().size();
  }

  @Test
  void makesNoKeysBeforeItWasShownThatTheStudyIsInTheLog() {
    ToNode.LogShown honest = before(ToNode.LogShown.class);
    assertRefused(new ToNode.SetupOpened(plan, 1), "before the log was shown");
    SmallLog other = SmallLog.holding(BAYES, federation.roster, Digest.of(new byte[] {9}));
    for (ToNode.Logged logged :
        List.of(
            other.shown(0).submission(),
            federation.log.logged(1),
            new ToNode.Logged(honest.submission().entry(), federation.log.logged(1).inclusion()),
            new ToNode.Logged(
                changed(honest.submission().entry(), 0), honest.submission().inclusion()))) {
      assertRefused(
          new ToNode.LogShown(plan, honest.checkpoint(), honest.consistency(), logged),
          "not shown to be in the log");
    }
    assertRefused(other.shown(0), "not shown to be in the log");
    assertRefused(new ToNode.SetupOpened(plan, 1), "before the log was shown");
    assertThat(said(victim.on(honest))).singleElement().isInstanceOf(ToCoordinator.Cosigned.class);
  }

  @Test
  void makesNoKeysUnderAForkOfWhatItHasWitnessed() {
    before(ToNode.Published.class);
    assertAccused(federation.log.forked().shown(seen()), "not the witnessed log's continuation");
    assertRefused(federation.log.forked().shown(0), "not the witnessed log's continuation");
  }

  /** Neither an older history, nor another one, nor the right one with too few witnesses. */
  @Test
  void takesPartInNoRoundUnderACheckpointThatNoQuorumCosignedOrThatItWasNotShown() {
    ToNode.RoundOpened honest = before(ToNode.RoundOpened.class);
    SignedNote shown = honest.history();
    SignedNote alone = new SignedNote(shown.text(), shown.signatures().subList(0, 1));
    SignedNote forked = federation.log.forked().checkpoint();
    for (SignedNote history :
        List.of(
            alone,
            cosigned(alone, 0, 1),
            cosigned(alone, 0, 1).with(cosignature(alone, "stranger", 77)),
            cosigned(alone, 0, 1).with(cosignature(alone, "org-c", 77)),
            new SignedNote(alone.text(), cosigned(forked, 0, 1, 2).signatures()),
            federation.log.checkpoint(),
            cosigned(forked, 0, 1, 2, 3),
            cosigned(federation.log.checkpoint(), 0, 1, 2, 3))) {
      assertRefused(
          new ToNode.RoundOpened(plan, 1, 0, 1, history), "not the last one shown, cosigned by a");
    }
    ToNode.RoundOpened enough = new ToNode.RoundOpened(plan, 1, 0, 1, cosigned(alone, 0, 1, 2));
    assertThat(said(victim.on(enough))).singleElement().isInstanceOf(ToCoordinator.Round.class);
  }

  private static SignedNote cosigned(SignedNote note, int... members) {
    SignedNote all = note;
    for (int member : members) {
      all = all.with(cosignature(note, Examples.node(member).value(), member));
    }
    return all;
  }

  private static NoteSignature cosignature(SignedNote note, String name, int key) {
    return Cosignature.sign(note.text(), name, Examples.key(key), 1).line();
  }

  private static Bytes changed(Bytes bytes, int at) {
    byte[] copy = bytes.toArray();
    copy[at] ^= 1;
    return Bytes.of(copy);
  }

  @Test
  void takesNoTotalThatTheLogDoesNotName() {
    ToNode.Published p = before(ToNode.Published.class);
    byte[] total = p.total().toArray();
    for (Bytes other :
        List.of(
            changed(p.total(), 7),
            Bytes.of(Arrays.copyOf(total, total.length - 8)),
            Bytes.of(Arrays.copyOf(total, total.length + 8)),
            Bytes.EMPTY)) {
      assertRefused(
          new ToNode.Published(
              plan, p.entry(), other, p.checkpoint(), p.inclusion(), p.consistency()),
          "the total is not the one");
    }
  }

  /** Other weights to one node alone: an entry of the coordinator's own making. */
  @Test
  void takesNoEntryThatIsNotInTheLog() throws Exception {
    ToNode.Published p = before(ToNode.Published.class);
    byte[] total = changed(p.total(), 7).toArray();
    LogEntry entry = LogEntry.ofBytes(p.entry().toArray());
    StudyEvent.Released forged =
        forged((StudyEvent.Released) entry.event(), StudyFolder.totalOf(total));
    LogEntry other =
        new LogEntry(plan, entry.sequence(), entry.previous(), entry.timeMillis(), forged);
    assertRefused(
        new ToNode.Published(
            plan,
            Bytes.of(other.toBytes()),
            Bytes.of(total),
            p.checkpoint(),
            p.inclusion(),
            p.consistency()),
        "the entry is not in the log");
    assertRefused(
        new ToNode.Published(
            plan, changed(p.entry(), 0), p.total(), p.checkpoint(), p.inclusion(), p.consistency()),
        "malformed");
  }

  private static StudyEvent.Released forged(StudyEvent.Released honest, long[] total) {
    return new StudyEvent.Released(
        honest.release(),
        honest.attempt(),
        honest.survivors(),
        org.althing.study.StudyRecord.digestOfTotal(total),
        honest.transcript(),
        honest.confirmations());
  }

  @Test
  void takesNoEntryThatIsNoRelease() {
    ToNode.Published p = before(ToNode.Published.class);
    assertRefused(federation.log.shown(1, p.total(), seen()), "no release of this study");
  }

  @Test
  void takesNoReleaseThatTooFewSurvivorsConfirmed() throws Exception {
    ToNode.Published p = before(ToNode.Published.class);
    var honest = (StudyEvent.Released) LogEntry.ofBytes(p.entry().toArray()).event();
    for (List<Bytes> confirmations :
        List.of(
            List.<Bytes>of(),
            honest.confirmations().subList(0, 2),
            Collections.nCopies(3, honest.confirmations().get(0)),
            List.of(
                honest.confirmations().get(0),
                honest.confirmations().get(1),
                changed(
                    honest.confirmations().get(2), honest.confirmations().get(2).length() - 1)))) {
      federation.log.append(
          new StudyEvent.Released(
              0, 1, honest.survivors(), honest.total(), honest.transcript(), confirmations),
          Optional.empty());
      assertRefused(
          federation.log.shown((int) federation.log.size() - 1, p.total(), seen()), "confirm");
    }
  }

  @Test
  void takesNoReleaseOutOfOrderNorAnotherInTheSamePlace() throws Exception {
    SmallLog whole = new SmallFederation(4, BAYES).play().log;
    before(ToNode.RoundOpened.class);
    assertRefused(whole.published(1, seen()), "release 1 is not the next one");
    ToNode.Published p = before(ToNode.Published.class);
    assertThat(said(victim.on(p))).singleElement().isInstanceOf(ToCoordinator.Cosigned.class);
    long[] total = StudyFolder.totalOf(changed(p.total(), 7).toArray());
    federation.log.append(
        forged((StudyEvent.Released) LogEntry.ofBytes(p.entry().toArray()).event(), total),
        Optional.empty());
    assertRefused(
        federation.log.shown(
            (int) federation.log.size() - 1, Bytes.of(StudyFolder.sum(total)), seen()),
        "another release 0 than was shown before");
  }

  @Test
  void takesNothingFromAForkedOrShortenedOrUnsignedLog() {
    ToNode.Published first = before(ToNode.Published.class);
    victim.perform(victim.on(first));
    long seen = victim.witness.seen().size();
    SmallLog fork = federation.log.forked();
    String reason = "not the witnessed log's continuation";
    assertRefused(fork.shown(0, first.total(), seen), reason);
    assertRefused(fork.shown(0, first.total(), 0), reason);
    SignedNote unsigned =
        SignedNote.sign(first.checkpoint().text(), SmallLog.ORIGIN, Examples.key(55));
    assertRefused(
        new ToNode.Published(
            plan, first.entry(), first.total(), unsigned, first.inclusion(), first.consistency()),
        reason);
    federation.log.append(new StudyEvent.StudyStopped("more"), Optional.empty());
    ToNode.Published later = federation.log.published(0, seen);
    victim.perform(victim.on(later));
    assertThat(victim.witness.seen().size()).isEqualTo(seen + 1);
    assertIgnored(first);
  }

  /** One node is shown another first release, and the log holds both. */
  @Test
  void nodesThatWereShownOtherReleasesComeToNoSumAndSendNoInput() {
    SmallFederation three = new SmallFederation(3, BAYES);
    three.tampered =
        (node, message) -> {
          if (!node.equals(VICTIM) || !(message instanceof ToNode.Published p)) {
            return message;
          }
          try {
            long[] total = StudyFolder.totalOf(changed(p.total(), 7).toArray());
            var honest = (StudyEvent.Released) LogEntry.ofBytes(p.entry().toArray()).event();
            three.log.append(forged(honest, total), Optional.empty());
            return three.log.shown(
                (int) three.log.size() - 1,
                Bytes.of(StudyFolder.sum(total)),
                three.nodes.get(node).witness.seen().size());
          } catch (MalformedEncoding e) {
            throw new AssertionError(e);
          }
        };
    three.playUntil(
        (n, m) ->
            n.equals(VICTIM)
                && m instanceof ToNode.RoundOpened r
                && r.release() == 1
                && r.attempt() == 3);
    assertThat(three.events(StudyEvent.RoundAborted.class))
        .filteredOn(a -> a.release() == 1)
        .hasSize(2);
    for (SmallNode node : three.nodes.values()) {
      assertThat(node.charges()).containsExactly(new ReleaseId(three.plan.digest(), 0, 1));
      assertThat(node.said)
          .noneMatch(
              m ->
                  m instanceof ToCoordinator.Round r
                      && r.release() == 1
                      && r.message() instanceof Input);
    }
  }
}
