package org.althing.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.approval.Matter;
import org.althing.approval.SignedApproval;
import org.althing.approval.Statements;
import org.althing.approval.Verdict;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.policy.AdmissionDesk;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.Rho;
import org.althing.session.LedgerMemory;
import org.althing.session.NodeStudy;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.Examples;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose owner asks one steward and one officer, from the first offer to the decision. */
class NodeApprovalsTest {
  private final MemoryLedgerStore store = new MemoryLedgerStore();
  private final List<NodeOrder> orders = new ArrayList<>();
  private Instant now = Statements.noon();
  private BudgetLedger ledger;
  private NodeParty node;
  private Digest plan;
  private Matter matter;

  @BeforeEach
  void offer() throws Exception {
    plan = OfferedStudy.plan();
    matter = Statements.matter(Examples.node(0), plan);
    begin(List.of());
  }

  /** The process begins, greets, and is shown an empty log and the study. */
  private void begin(List<PendingStudy> filed) {
    ledger = BudgetLedger.open(store);
    node =
        new NodeParty(
            new NodeParty.Setting(
                new NodeStudy.Identity(
                    Examples.node(0), Examples.key(0), () -> new byte[32], () -> now),
                OfferedStudy.ROSTER,
                Optional.of(OfferedStudy.policy(Statements.rule(), Statements.POLICY)),
                Map.of("heart", new AdmissionDesk.Source("patients", Statements.SOURCE))),
            ledger,
            OfferedStudy.witness(),
            LedgerMemory.nothing());
    hear(node.start(filed));
    session();
  }

  private void session() {
    hear(node.connected());
    hear(node.received(OfferedStudy.welcome()));
    nothingIsRemembered();
    hear(node.received(OfferedStudy.offer()));
  }

  /** The other members have never seen a charge of this node. */
  private void nothingIsRemembered() {
    List<ToCoordinator.Inquire> asked = said(ToCoordinator.Inquire.class);
    for (int other = 1; other < 4; other++) {
      hear(
          node.received(
              OfferedStudy.recalled(other, asked.get(asked.size() - 1).nonce(), Optional.empty())));
    }
  }

  private void hear(List<NodeOrder> more) {
    orders.addAll(more);
  }

  private void stated(SignedApproval... known) {
    hear(node.stated(plan, List.of(known)));
  }

  private SignedApproval says(int person, String role, Verdict verdict) {
    return Statements.says(matter, person, role, verdict);
  }

  private <O> List<O> ordered(Class<O> kind) {
    return orders.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private <M> List<M> said(Class<M> kind) {
    return ordered(NodeOrder.Say.class).stream()
        .map(NodeOrder.Say::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private List<String> refusal() {
    assertThat(said(ToCoordinator.Refused.class)).hasSize(1);
    try {
      return Signed.ofBytes(
              said(ToCoordinator.Refused.class).get(0).refusal().toArray(), Refusal::ofBytes)
          .statement()
          .reasons()
          .stream()
          .map(Refusal.Reason::toString)
          .toList();
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  private void agree() {
    stated(says(0, "steward", Verdict.APPROVE), says(1, "officer", Verdict.APPROVE));
  }

  private void open() {
    hear(node.opened(ordered(NodeOrder.Open.class).get(0).ticket()));
  }

  @Test
  void saysNothingAndReservesNothingWhilePeopleThink() {
    assertThat(said(ToCoordinator.OfStudy.class)).isEmpty();
    assertThat(ordered(NodeOrder.Open.class)).isEmpty();
    assertThat(ledger.openStudies()).isEmpty();
    ToNode.Offer offer = OfferedStudy.offer();
    assertThat(ordered(NodeOrder.File.class))
        .containsExactly(
            new NodeOrder.File(
                new PendingStudy(matter, offer.study(), offer.contract(), now.toEpochMilli())));
  }

  @Test
  void admitsWhenTheLastPersonAskedAgrees() {
    stated(says(0, "steward", Verdict.APPROVE));
    assertThat(ordered(NodeOrder.Open.class)).isEmpty();
    assertThat(ledger.openStudies()).isEmpty();
    agree();
    assertThat(ledger.openStudies()).containsExactly(plan);
    open();
    assertThat(said(ToCoordinator.Admitted.class)).hasSize(1);
    assertThat(ordered(NodeOrder.Report.class).toString())
        .contains("approved by statements " + says(0, "steward", Verdict.APPROVE).digest().brief());
  }

  @Test
  void refusesAtTheFirstNoWithItsReasonAndForgetsTheRequest() {
    stated(says(0, "steward", Verdict.APPROVE), says(1, "officer", Verdict.DENY));
    assertThat(refusal())
        .containsExactly("approvals: a person in the role of officer denied: not like this");
    assertThat(ordered(NodeOrder.Discard.class)).containsExactly(new NodeOrder.Discard(plan));
    assertThat(ledger.openStudies()).isEmpty();
  }

  @Test
  void theSameStatementsToldAgainChangeNothing() {
    agree();
    agree();
    open();
    agree();
    assertThat(ordered(NodeOrder.Open.class)).hasSize(1);
    assertThat(said(ToCoordinator.OfStudy.class)).hasSize(1);
  }

  @Test
  void aNodeThatStartsAgainStillWaitsAndKeepsTheTimeOfTheFirstOffer() {
    PendingStudy filed = ordered(NodeOrder.File.class).get(0).pending();
    orders.clear();
    now = now.plus(Duration.ofHours(3));
    begin(List.of(filed));
    assertThat(said(ToCoordinator.Hello.class).get(0).open()).containsExactly(plan);
    assertThat(ordered(NodeOrder.File.class)).isEmpty();
    // 10 hours, less 10 minutes for the answer's way, less the 3 that have passed.
    assertThat(ordered(NodeOrder.Remind.class))
        .containsExactly(new NodeOrder.Remind(plan, Duration.ofMinutes(410)));
    agree();
    open();
    assertThat(said(ToCoordinator.Admitted.class)).hasSize(1);
  }

  @Test
  void agreementsThatCameWhileNoSessionWasUpCountAtTheNextOffer() {
    hear(node.disconnected());
    agree();
    assertThat(ordered(NodeOrder.Open.class)).isEmpty();
    session();
    open();
    assertThat(said(ToCoordinator.Admitted.class)).hasSize(1);
  }

  @Test
  void refusesShortlyBeforeTheStudysTimeIsOver() {
    now = now.plus(Duration.ofMinutes(589));
    hear(node.reminded(plan));
    assertThat(said(ToCoordinator.OfStudy.class)).isEmpty();
    now = now.plus(Duration.ofMinutes(1));
    hear(node.reminded(plan));
    assertThat(refusal())
        .containsExactly(
            "approvals: too few of the people asked agreed before the study's deadline");
    assertThat(ordered(NodeOrder.Discard.class)).hasSize(1);
  }

  @Test
  void theReminderOfAStudyThatWasAdmittedChangesNothing() {
    agree();
    open();
    now = now.plus(Duration.ofHours(10));
    hear(node.reminded(plan));
    assertThat(said(ToCoordinator.Refused.class)).isEmpty();
  }

  @Test
  void aNoAfterTheAdmissionEndsTheStudyHere() {
    agree();
    open();
    stated(says(0, "steward", Verdict.APPROVE), says(2, "officer", Verdict.DENY));
    assertThat(refusal()).hasSize(1);
    assertThat(ordered(NodeOrder.Done.class)).hasSize(1);
    assertThat(ledger.openStudies()).isEmpty();
    assertThat(ledger.balance("patients").spent()).isEqualTo(Rho.ZERO);
  }

  @Test
  void aNoWhileTheSourceIsBeingOpenedPreventsTheAdmission() {
    agree();
    stated(says(2, "officer", Verdict.DENY));
    open();
    assertThat(said(ToCoordinator.Admitted.class)).isEmpty();
    assertThat(refusal()).hasSize(1);
    assertThat(ledger.openStudies()).isEmpty();
  }

  @Test
  void aStudyThatEndsElsewhereIsForgotten() {
    ToNode.Welcome shown = OfferedStudy.welcome();
    hear(
        node.received(
            new ToNode.Ended(
                plan, "stopped: why", shown.checkpoint(), shown.consistency(), List.of())));
    assertThat(ordered(NodeOrder.Discard.class)).containsExactly(new NodeOrder.Discard(plan));
    agree();
    assertThat(ordered(NodeOrder.Open.class)).isEmpty();
  }

  @Test
  void whatThePolicyRefusesIsRefusedAtOnceWhoeverAgrees() {
    now = LocalDate.of(2027, 1, 2).atStartOfDay().toInstant(java.time.ZoneOffset.UTC);
    agree();
    assertThat(refusal()).hasSize(1).allMatch(reason -> reason.startsWith("valid: "));
    assertThat(ledger.openStudies()).isEmpty();
  }

  @Test
  void aPendingStudyIsReadBackAsItWasWritten() throws MalformedEncoding {
    PendingStudy filed = ordered(NodeOrder.File.class).get(0).pending();
    assertThat(PendingStudy.ofBytes(filed.toBytes())).isEqualTo(filed);
  }
}
