package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerStates;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.junit.jupiter.api.Test;

/** What a sum cost a member is remembered by every member that confirms it. */
class LedgerMemoryTest {
  private static final StudyTexts QUALITY = StudyTexts.of(StudyTexts.NAIVE_BAYES, 1);

  private static Signed<ChargeStatement> charge(int node, int sequence, int salt) {
    return Signed.by(
        Examples.key(node),
        new ChargeStatement(
            Examples.node(node),
            new ChargeReceipt(
                new ReleaseId(Digest.of(new byte[0]), 0, 1),
                LedgerStates.firstCharge(sequence, Digest.of(new byte[] {(byte) salt})),
                Rho.ZERO,
                Rho.ZERO,
                Rho.ZERO)));
  }

  @Test
  void aReleaseIsConfirmedOnlyByThoseWhoRemembered() throws Exception {
    SmallFederation federation = new SmallFederation(4, QUALITY);
    federation.play();
    assertThat(federation.log.record().completed()).isTrue();
    for (StudyEvent.Charged logged : federation.events(StudyEvent.Charged.class)) {
      Signed<ChargeStatement> charge =
          Signed.ofBytes(logged.statement().toArray(), ChargeStatement::ofBytes);
      for (SmallNode node : federation.nodes.values()) {
        NodeId payer = charge.statement().node();
        if (!node.id.equals(payer)) {
          Signed<ChargeStatement> known = node.memory().of(payer).orElseThrow();
          assertThat(known.statement().receipt().sequence())
              .isGreaterThanOrEqualTo(charge.statement().receipt().sequence());
        }
      }
    }
  }

  @Test
  void theMemoryIsDurableBeforeItIsSaidToBe() {
    SmallFederation federation = new SmallFederation(4, QUALITY);
    federation.play();
    for (SmallNode node : federation.nodes.values()) {
      int kept = -1;
      for (int i = 0; i < node.performed.size(); i++) {
        NodeAction action = node.performed.get(i);
        if (action instanceof NodeAction.Remember) {
          kept = i;
        } else if (action instanceof NodeAction.Say say
            && say.message() instanceof ToCoordinator.Remembered) {
          assertThat(kept).as("nothing was written down before this word").isGreaterThan(-1);
          kept = -1;
        }
      }
    }
  }

  /** A node whose ledger is copied goes on as two, and the second is not let through. */
  @Test
  void aSecondLedgerOfOneMemberIsProvedAndLeftOut() throws Exception {
    SmallFederation federation = new SmallFederation(4, QUALITY);
    Signed<ChargeStatement> otherLife = charge(3, 40, 1);
    for (int i = 0; i < 3; i++) {
      federation.node(i).remember(List.of(otherLife));
    }
    federation.play();
    for (int i = 0; i < 3; i++) {
      Contradiction proof = federation.node(i).proofs.get(0);
      assertThat(proof.node()).isEqualTo(Examples.node(3));
      assertThat(proof.holds(federation.roster)).isTrue();
      assertThat(Contradiction.ofBytes(proof.toBytes())).isEqualTo(proof);
      assertThat(proof.holds(Examples.roster(3))).isFalse();
    }
    assertThat(federation.events(StudyEvent.Released.class))
        .isNotEmpty()
        .allSatisfy(release -> assertThat(release.survivors()).doesNotContain(Examples.node(3)));
  }

  @Test
  void remembersTheNewestOfEachAndReadsItBack() throws Exception {
    LedgerMemory memory =
        LedgerMemory.nothing()
            .with(List.of(charge(0, 5, 1), charge(1, 3, 1)))
            .with(List.of(charge(0, 4, 2)));
    assertThat(memory.of(Examples.node(0))).contains(charge(0, 5, 1));
    assertThat(memory.of(Examples.node(1))).contains(charge(1, 3, 1));
    assertThat(memory.of(Examples.node(2))).isEmpty();
    assertThat(LedgerMemory.ofBytes(memory.toBytes())).isEqualTo(memory);
    assertThat(memory.contradiction(List.of(charge(1, 3, 1)))).isEmpty();
    assertThat(memory.contradiction(List.of(charge(1, 3, 2)))).isPresent();
    byte[] bytes = memory.toBytes();
    for (int cut : Set.of(0, 1, bytes.length / 2, bytes.length - 1)) {
      assertThatExceptionOfType(MalformedEncoding.class)
          .isThrownBy(() -> LedgerMemory.ofBytes(Arrays.copyOf(bytes, cut)));
    }
  }

  @Test
  void twoChargesThatAgreeProveNothing() {
    assertThat(new Contradiction(charge(0, 5, 1), charge(0, 5, 1)).holds(Examples.roster(4)))
        .isFalse();
    assertThat(new Contradiction(charge(0, 5, 1), charge(1, 5, 2)).holds(Examples.roster(4)))
        .isFalse();
    Signed<ChargeStatement> forged =
        new Signed<>(charge(0, 5, 2).statement(), charge(0, 5, 1).signature());
    assertThat(new Contradiction(charge(0, 5, 1), forged).holds(Examples.roster(4))).isFalse();
  }

  @Test
  void aMemoryHasOneChargeOfEachMemberInTheirOrder() {
    Signed<ChargeStatement> one = charge(0, 5, 1);
    for (List<Signed<ChargeStatement>> none :
        List.of(List.of(one, one), List.of(charge(1, 3, 1), one))) {
      byte[] bytes =
          new CanonicalWriter("ledger-memory/v1")
              .putList(none, (w, each) -> w.putBytes(each.toBytes()))
              .toBytes();
      assertThatExceptionOfType(MalformedEncoding.class)
          .isThrownBy(() -> LedgerMemory.ofBytes(bytes));
    }
  }

  @Test
  void nothingMayFollowAMemoryOrAProof() {
    LedgerMemory memory = LedgerMemory.nothing().with(List.of(charge(0, 5, 1)));
    Contradiction proof = new Contradiction(charge(0, 5, 1), charge(0, 5, 2));
    byte[] kept = memory.toBytes();
    byte[] proved = proof.toBytes();
    assertThatExceptionOfType(MalformedEncoding.class)
        .isThrownBy(() -> LedgerMemory.ofBytes(Arrays.copyOf(kept, kept.length + 1)));
    assertThatExceptionOfType(MalformedEncoding.class)
        .isThrownBy(() -> Contradiction.ofBytes(Arrays.copyOf(proved, proved.length + 1)));
  }

  @Test
  void whatIsKnownAlreadyIsNoOtherMemory() {
    LedgerMemory memory = LedgerMemory.nothing().with(List.of(charge(0, 5, 1)));
    assertThat(memory.with(List.of(charge(0, 4, 2)))).isSameAs(memory);
    assertThat(memory).isNotEqualTo(LedgerMemory.nothing()).isNotEqualTo("LedgerMemory");
  }

  /** Of two members' charges nothing is proved, though both are signed. */
  @Test
  void aContradictionHoldsOnlyWhereBothAreSignedByTheMember() {
    Contradiction sound = new Contradiction(charge(0, 5, 1), charge(0, 5, 2));
    assertThat(sound.holds(Examples.roster(4))).isTrue();
    Signed<ChargeStatement> forged =
        new Signed<>(charge(0, 5, 2).statement(), charge(0, 5, 1).signature());
    assertThat(new Contradiction(forged, charge(0, 5, 1)).holds(Examples.roster(4))).isFalse();
  }
}
