package org.althing.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.approval.ApprovalRule;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.policy.AdmissionDesk;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerState;
import org.althing.privacy.LedgerStates;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.session.LedgerMemory;
import org.althing.session.NodeStudy;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Recollection;
import org.althing.study.Signed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node answers no study before others have said that its ledger is the newest: of four members, t
 * = 3 and c = 1, all three others.
 */
class FrozenNodeTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final MemoryLedgerStore store = new MemoryLedgerStore();
  private final List<NodeOrder> orders = new ArrayList<>();
  private LedgerMemory memory = LedgerMemory.nothing();
  private int seeds;
  private NodeParty node;
  private BudgetLedger ledger;

  @BeforeEach
  void start() {
    begin(store);
  }

  private void begin(MemoryLedgerStore from) {
    ledger = BudgetLedger.open(from);
    node =
        new NodeParty(
            new NodeParty.Setting(
                new NodeStudy.Identity(Examples.node(0), Examples.key(0), this::seed, () -> NOW),
                OfferedStudy.ROSTER,
                Optional.of(OfferedStudy.policy(ApprovalRule.NONE, Digest.of(new byte[0]))),
                Map.of("heart", new AdmissionDesk.Source("patients", Digest.of(new byte[0])))),
            ledger,
            OfferedStudy.witness(),
            memory);
    orders.clear();
    hear(node.start(List.of()));
    session();
  }

  private byte[] seed() {
    byte[] seed = new byte[32];
    seed[0] = (byte) ++seeds;
    return seed;
  }

  private void session() {
    hear(node.connected());
    hear(node.received(OfferedStudy.welcome()));
    hear(node.received(OfferedStudy.offer()));
  }

  private void hear(List<NodeOrder> more) {
    for (NodeOrder order : more) {
      orders.add(order);
      if (order instanceof NodeOrder.Remember remember) {
        memory = remember.memory();
      }
    }
  }

  private Digest nonce() {
    List<ToCoordinator.Inquire> asked = said(ToCoordinator.Inquire.class);
    return asked.get(asked.size() - 1).nonce();
  }

  private void recalled(int by, Digest nonce, Optional<Signed<ChargeStatement>> newest) {
    hear(node.received(OfferedStudy.recalled(by, nonce, newest)));
  }

  private void recalled(Signed<Recollection> answer) {
    hear(node.received(new ToNode.Recalled(Bytes.of(answer.toBytes()))));
  }

  private <M> List<M> said(Class<M> kind) {
    return orders.stream()
        .filter(NodeOrder.Say.class::isInstance)
        .map(order -> ((NodeOrder.Say) order).message())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private boolean considers() {
    return orders.stream().anyMatch(NodeOrder.Open.class::isInstance);
  }

  private List<String> complaints() {
    return said(ToCoordinator.Complaint.class).stream().map(c -> c.text()).toList();
  }

  /** A charge of this node that no ledger of this test ever held. */
  private static Signed<ChargeStatement> lost() {
    return signedBy(0, LedgerStates.firstCharge(40, Digest.of(new byte[] {1})));
  }

  private static Signed<ChargeStatement> signedBy(int key, LedgerState state) {
    return Signed.by(
        Examples.key(key),
        new ChargeStatement(
            Examples.node(0),
            new ChargeReceipt(
                new ReleaseId(Digest.of(new byte[0]), 0, 1), state, Rho.ZERO, Rho.ZERO, Rho.ZERO)));
  }

  @Test
  void takesPartWhenTheLastOfThreeHasAnsweredAndNotBefore() {
    for (int by = 1; by < 4; by++) {
      assertThat(considers()).isFalse();
      assertThat(ledger.openStudies()).isEmpty();
      recalled(by, nonce(), Optional.empty());
    }
    assertThat(considers()).isTrue();
    assertThat(node.frozen()).isEmpty();
  }

  @Test
  void anAnswerCountsOncePerMemberAndSessionsKeepWhatWasHeard() {
    recalled(1, nonce(), Optional.empty());
    recalled(1, nonce(), Optional.empty());
    recalled(2, nonce(), Optional.empty());
    assertThat(considers()).isFalse();
    hear(node.disconnected());
    session();
    assertThat(considers()).isFalse();
    recalled(3, nonce(), Optional.empty());
    assertThat(considers()).isTrue();
  }

  @Test
  void answersToOtherQuestionsOrOfOthersAreNone() {
    Digest earlier = nonce();
    hear(node.disconnected());
    session();
    recalled(1, earlier, Optional.empty());
    Recollection forged =
        new Recollection(Examples.node(1), Examples.node(0), nonce(), Optional.empty());
    recalled(Signed.by(Examples.key(2), forged));
    recalled(0, nonce(), Optional.empty());
    recalled(
        Signed.by(
            Examples.key(1),
            new Recollection(Examples.node(1), Examples.node(2), nonce(), Optional.empty())));
    hear(node.received(new ToNode.Recalled(Bytes.of(new byte[] {1, 2, 3}))));
    recalled(2, nonce(), Optional.empty());
    recalled(3, nonce(), Optional.empty());
    assertThat(considers()).isFalse();
    recalled(1, nonce(), Optional.empty());
    assertThat(considers()).isTrue();
  }

  @Test
  void oneMemberThatRemembersWhatTheLedgerForgotFreezesTheNode() {
    recalled(2, nonce(), Optional.of(lost()));
    assertThat(node.frozen()).isPresent();
    assertThat(complaints()).singleElement().asString().startsWith("ALT-LEDGER-001");
    recalled(1, nonce(), Optional.empty());
    recalled(3, nonce(), Optional.empty());
    assertThat(considers()).isFalse();
    assertThat(ledger.openStudies()).isEmpty();
  }

  @Test
  void staysFrozenInANewProcessAndAfterManyAnswers() {
    recalled(2, nonce(), Optional.of(lost()));
    begin(store.reopened());
    assertThat(node.frozen()).isPresent();
    assertThat(orders)
        .anyMatch(o -> o instanceof NodeOrder.Report r && r.line().startsWith("FROZEN"));
    for (int by = 1; by < 4; by++) {
      recalled(by, nonce(), Optional.empty());
    }
    assertThat(considers()).isFalse();
    assertThat(complaints()).isNotEmpty();
  }

  @Test
  void anAnswerThatComesLateStopsWhatRuns() {
    for (int by = 1; by < 4; by++) {
      recalled(by, nonce(), Optional.empty());
    }
    NodeOrder.Open open =
        (NodeOrder.Open)
            orders.stream().filter(NodeOrder.Open.class::isInstance).findFirst().orElseThrow();
    hear(node.opened(open.ticket()));
    assertThat(said(ToCoordinator.Admitted.class)).hasSize(1);
    recalled(1, nonce(), Optional.of(lost()));
    assertThat(node.frozen()).isPresent();
    assertThat(orders).anyMatch(NodeOrder.Done.class::isInstance);
    assertThat(complaints()).singleElement().asString().startsWith("ALT-LEDGER-001");
  }

  @Test
  void goesOnAfterTheOwnerHasRecoveredTheLedger() {
    recalled(2, nonce(), Optional.of(lost()));
    MemoryLedgerStore stopped = store.reopened();
    BudgetLedger.open(stopped)
        .adopt(memory.of(Examples.node(0)).orElseThrow().statement().receipt().ledger(), "a test");
    begin(stopped);
    assertThat(node.frozen()).isEmpty();
    recalled(2, nonce(), Optional.of(lost()));
    recalled(1, nonce(), Optional.empty());
    recalled(3, nonce(), Optional.empty());
    assertThat(considers()).isTrue();
  }

  /** Found by the simulator: it reserved for a study that was over, and nobody closed it again. */
  @Test
  void anOfferThatIsHeldBackOrWhoseSourceIsBeingOpenedEndsWithItsStudy() {
    recalled(1, nonce(), Optional.empty());
    recalled(2, nonce(), Optional.empty());
    hear(node.received(OfferedStudy.ended()));
    recalled(3, nonce(), Optional.empty());
    assertThat(considers()).isFalse();

    hear(node.received(OfferedStudy.offer()));
    NodeOrder.Open open =
        (NodeOrder.Open)
            orders.stream().filter(NodeOrder.Open.class::isInstance).findFirst().orElseThrow();
    hear(node.received(OfferedStudy.ended()));
    hear(node.opened(open.ticket()));
    assertThat(said(ToCoordinator.Admitted.class)).isEmpty();
    assertThat(ledger.openStudies()).isEmpty();
  }

  /** Only the owner's own signature can say that its ledger was different. */
  @Test
  void nobodyCanFreezeANodeWithAForgedCharge() {
    Signed<ChargeStatement> forged =
        signedBy(2, LedgerStates.firstCharge(40, Digest.of(new byte[] {1})));
    recalled(2, nonce(), Optional.of(forged));
    recalled(1, nonce(), Optional.empty());
    recalled(3, nonce(), Optional.empty());
    assertThat(node.frozen()).isEmpty();
    assertThat(considers()).isFalse();
  }

  @Test
  void answersOthersWithWhatItRemembersOfThem() throws Exception {
    Digest nonce = Digest.of(new byte[] {7});
    hear(node.received(new ToNode.Inquired(Examples.node(2), nonce)));
    hear(node.received(new ToNode.Inquired(Examples.node(0), nonce)));
    hear(node.received(new ToNode.Inquired(Examples.node(9), nonce)));
    ToCoordinator.Recalled answer = said(ToCoordinator.Recalled.class).get(0);
    assertThat(said(ToCoordinator.Recalled.class)).hasSize(1);
    assertThat(answer.to()).isEqualTo(Examples.node(2));
    Signed<Recollection> signed =
        Signed.ofBytes(answer.recollection().toArray(), Recollection::ofBytes);
    assertThat(signed.verifies(OfferedStudy.ROSTER)).isTrue();
    assertThat(signed.statement())
        .isEqualTo(new Recollection(Examples.node(0), Examples.node(2), nonce, Optional.empty()));
  }
}
