package org.althing.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.approval.ApprovalRule;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.Rho;
import org.althing.session.LedgerMemory;
import org.althing.session.NodeStudy;
import org.althing.session.Patience;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.MemoryLogStore;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node tells the federation something of itself, and is shown that the log has it, once. */
class DeclaringTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String ORIGIN = "log.example/one";

  private final MemoryLogStore store = new MemoryLogStore();
  private final List<InclusionReceipt> receipts = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private StudyLog log;
  private CoordinatorParty coordinator;
  private NodeParty node;
  private long session;

  @BeforeEach
  void start() {
    coordinatorStarts();
    node =
        new NodeParty(
            new NodeParty.Setting(
                new NodeStudy.Identity(
                    Examples.node(0), Examples.key(0), () -> new byte[32], () -> NOW),
                OfferedStudy.ROSTER,
                Optional.of(OfferedStudy.policy(ApprovalRule.NONE, Digest.of(new byte[0]))),
                Map.of()),
            BudgetLedger.open(new MemoryLedgerStore()),
            Witness.of(log.key()),
            LedgerMemory.nothing());
  }

  private void coordinatorStarts() {
    log = StudyLog.open(store, ORIGIN, Examples.key(100));
    coordinator = new CoordinatorParty(log, OfferedStudy.ROSTER, Patience.DEFAULT, () -> NOW);
  }

  private void connect() {
    coordinator.opened(Examples.node(0), ++session);
    hear(node.connected());
  }

  private void hear(List<NodeOrder> orders) {
    for (NodeOrder order : orders) {
      if (order instanceof NodeOrder.Say say) {
        coordinatorHears(0, say.message());
      } else if (order instanceof NodeOrder.Receive receive) {
        receipts.add(receive.receipt());
      } else if (order instanceof NodeOrder.Report report) {
        reports.add(report.line());
      }
    }
  }

  private void coordinatorHears(int from, ToCoordinator message) {
    for (CoordinatorOrder order : coordinator.received(Examples.node(from), session, message)) {
      if (order instanceof CoordinatorOrder.Send send && from == 0) {
        hear(node.received(send.message()));
      }
    }
  }

  private static Signed<Declaration> incident(int of, long number, int key) {
    Declaration.Matter matter =
        new Declaration.Incident(
            Declaration.Category.AVAILABILITY,
            NOW.toEpochMilli(),
            Optional.empty(),
            Digest.of(new byte[] {(byte) number}));
    return Signed.by(
        Examples.key(key), new Declaration(Examples.node(of), number, NOW.toEpochMilli(), matter));
  }

  private List<LogEntry> declared() {
    return log.declarations().entries();
  }

  @Test
  void whatWasFiledBeforeTheSessionAndInItIsInTheLogWithAReceipt() throws MalformedEncoding {
    hear(node.declare(List.of(incident(0, 1, 0))));
    assertThat(declared()).isEmpty();
    connect();
    hear(node.declare(List.of(incident(0, 1, 0), incident(0, 2, 0))));
    assertThat(declared()).hasSize(2);
    assertThat(receipts).hasSize(2).allMatch(receipt -> receipt.holds(log.key()));
    assertThat(DeclarationRecord.of(declared().get(1))).isEqualTo(incident(0, 2, 0));
    assertThat(reports).contains("declaration 2 is in the log");
  }

  @Test
  void whatIsToldAgainIsLoggedOnceAndReceiptedAgain() {
    connect();
    Bytes said = Bytes.of(incident(0, 1, 0).toBytes());
    coordinatorHears(0, new ToCoordinator.Declare(said));
    coordinatorHears(0, new ToCoordinator.Declare(said));
    assertThat(declared()).hasSize(1);
    assertThat(receipts).hasSize(2);
  }

  @Test
  void aCountThatWasPutBackIsToldWhatTheLogHas() {
    connect();
    coordinatorHears(0, new ToCoordinator.Declare(Bytes.of(incident(0, 5, 0).toBytes())));
    node =
        new NodeParty(
            new NodeParty.Setting(
                new NodeStudy.Identity(
                    Examples.node(0), Examples.key(0), () -> new byte[32], () -> NOW),
                OfferedStudy.ROSTER,
                Optional.empty(),
                Map.of()),
            BudgetLedger.open(new MemoryLedgerStore()),
            Witness.of(log.key()),
            LedgerMemory.nothing());
    connect();
    hear(node.declare(List.of(incident(0, 3, 0))));
    assertThat(declared()).hasSize(1);
    assertThat(reports).anyMatch(line -> line.startsWith("ALT-DECL-001 declaration 3"));
  }

  @Test
  void nobodySpeaksForAnother() {
    connect();
    coordinatorHears(0, new ToCoordinator.Declare(Bytes.of(incident(1, 1, 0).toBytes())));
    coordinatorHears(0, new ToCoordinator.Declare(Bytes.of(incident(1, 1, 1).toBytes())));
    coordinatorHears(0, new ToCoordinator.Declare(Bytes.of(incident(0, 1, 1).toBytes())));
    coordinatorHears(0, new ToCoordinator.Declare(Bytes.of(new byte[] {1, 2, 3})));
    assertThat(declared()).isEmpty();
  }

  @Test
  void aSessionTakesSoManyAndNoMore() {
    connect();
    for (int number = 1; number <= 201; number++) {
      hear(node.declare(List.of(incident(0, number, 0))));
    }
    assertThat(declared()).hasSize(200);
  }

  @Test
  void aCoordinatorThatRestartsGoesOnWithTheChain() {
    connect();
    hear(node.declare(List.of(incident(0, 1, 0))));
    hear(node.disconnected());
    coordinatorStarts();
    connect();
    hear(node.declare(List.of(incident(0, 2, 0))));
    assertThat(declared()).hasSize(2);
    assertThat(declared().get(1).previous()).isEqualTo(declared().get(0).digest());
    assertThat(log.records()).isEmpty();
  }

  @Test
  void anEntryThatTheLogDoesNotHaveIsNoReceipt() {
    connect();
    Signed<Declaration> never = incident(0, 1, 0);
    LogEntry entry =
        new DeclarationRecord()
            .next(new StudyEvent.NodeDeclared(Bytes.of(never.toBytes())), NOW.toEpochMilli());
    hear(node.declare(List.of(incident(0, 2, 0))));
    hear(
        node.received(
            new ToNode.Declared(
                log.signedCheckpoint(),
                log.consistency(1, 1),
                new ToNode.Logged(Bytes.of(entry.toBytes()), log.inclusion(0, 1)))));
    assertThat(receipts).hasSize(1);
    assertThat(reports).anyMatch(line -> line.contains("that the log does not have"));
  }

  @Test
  void matterIsReadBackAsItWasSaid() throws MalformedEncoding {
    List<Declaration.Matter> all =
        List.of(
            new Declaration.PolicyChanged(
                Digest.of(new byte[] {1}),
                Digest.of(new byte[] {2}),
                1,
                List.of(new Declaration.Renewal(Digest.of(new byte[] {3}), Rho.ZERO, new Rho(5))),
                List.of("because"),
                List.of(Digest.of(new byte[] {4}))),
            new Declaration.Erased(
                Digest.of(new byte[] {1}),
                List.of(new Declaration.Lot("outbox", 1, 2, Digest.of(new byte[] {5}))),
                List.of(Digest.of(new byte[] {6}))),
            new Declaration.Incident(
                Declaration.Category.OTHER,
                7,
                Optional.of(Digest.of(new byte[] {8})),
                Digest.of(new byte[] {9})));
    for (Declaration.Matter matter : all) {
      Declaration said = new Declaration(Examples.node(0), 1, 2, matter);
      assertThat(Declaration.ofBytes(said.toBytes())).isEqualTo(said);
      byte[] bytes = said.toBytes();
      for (int i = 0; i < bytes.length; i++) {
        byte[] bad = bytes.clone();
        bad[i] ^= 0x41;
        try {
          assertThat(Declaration.ofBytes(bad).toBytes()).isEqualTo(bad);
        } catch (MalformedEncoding e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
    assertThatThrownBy(() -> new Declaration(Examples.node(0), 0, 2, all.get(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
