package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerEntry;
import org.althing.privacy.LedgerStates;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StatementTest {
  /** What a peer writes there would stand in logs and on terminals. */
  @Test
  void anUnknownLabelIsNotRepeated() {
    byte[] stranger = new CanonicalWriter("\u001b[31m").toBytes();
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> StudyEvent.ofBytes(stranger), () -> LedgerEntry.read(stranger))) {
      assertThatThrownBy(reading)
          .isInstanceOf(MalformedEncoding.class)
          .hasMessageContaining("such a label")
          .hasMessageNotContaining("\u001b");
    }
  }

  /** Neither in a declaration as it comes from a peer, nor in the sweep that a node has begun. */
  @Test
  void aNameThatIsNoneIsNotRepeated() {
    byte[] matter = new CanonicalWriter("incident/v1").putString("\u001b[31m").toBytes();
    byte[] declared =
        new CanonicalWriter("declaration/v1")
            .putString("org-a")
            .putLong(1)
            .putLong(1)
            .putBytes(matter)
            .toBytes();
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> Declaration.ofBytes(declared), () -> Declaration.matterOf(matter))) {
      assertThatThrownBy(reading)
          .isInstanceOf(MalformedEncoding.class)
          .hasMessageContaining("expected one of [CONFIDENTIALITY")
          .hasMessageNotContaining("\u001b");
    }
  }

  /** Whatever its constructor refuses is malformed where it is read. */
  @Test
  void anErasureOfNothingIsMalformed() {
    byte[] nothing =
        new CanonicalWriter("erased/v1")
            .putDigest(policy)
            .putList(List.of(), CanonicalWriter::putDigest)
            .putList(List.of(), CanonicalWriter::putDigest)
            .toBytes();
    assertThatThrownBy(() -> Declaration.matterOf(nothing))
        .isInstanceOf(MalformedEncoding.class)
        .hasMessageContaining("has nothing to declare");
  }

  private final Plan plan = Examples.plan();
  private final Digest policy = Digest.of(new byte[] {7});

  private Admission admission(int node, Plan of, Rho reserved) {
    return new Admission(Examples.node(node), of.digest(), of.roster().digest(), policy, reserved);
  }

  private List<Signed<Admission>> everybody() {
    List<Signed<Admission>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(Signed.by(Examples.key(i), admission(i, plan, plan.reservation())));
    }
    return all;
  }

  @Test
  void allMembersAdmissionsTogetherSignTheRoster() {
    assertThat(Admission.faultIn(everybody(), plan)).isEmpty();
  }

  @Test
  void namesTheMembersWhoseAdmissionIsAbsent() {
    assertThat(Admission.faultIn(everybody().subList(0, 2), plan))
        .hasValueSatisfying(fault -> assertThat(fault).contains("org-c, org-d"));
  }

  @Test
  void oneMemberCannotConsentForAnother() {
    List<Signed<Admission>> forged = everybody();
    forged.set(3, Signed.by(Examples.key(0), admission(3, plan, plan.reservation())));
    assertThat(Admission.faultIn(forged, plan))
        .hasValueSatisfying(fault -> assertThat(fault).contains("org-d does not verify"));
    List<Signed<Admission>> doubled = everybody();
    doubled.set(3, doubled.get(0));
    assertThat(Admission.faultIn(doubled, plan)).isPresent();
  }

  @Test
  void consentToAnotherPlanOrToLessThanTheCostIsNone() {
    Plan other = Examples.planWithHoldout(21);
    List<Signed<Admission>> mixed = everybody();
    mixed.set(1, Signed.by(Examples.key(1), admission(1, other, plan.reservation())));
    assertThat(Admission.faultIn(mixed, plan)).isPresent();
    mixed.set(1, Signed.by(Examples.key(1), admission(1, plan, plan.cost())));
    assertThat(Admission.faultIn(mixed, plan))
        .hasValueSatisfying(fault -> assertThat(fault).contains("org-b set aside less"));
  }

  @Test
  void everyKindOfStatementSurvivesItsBytes() throws MalformedEncoding {
    Signed<Admission> admitted = everybody().get(2);
    assertThat(Signed.ofBytes(admitted.toBytes(), Admission::ofBytes)).isEqualTo(admitted);

    Refusal refusal =
        new Refusal(
            Examples.node(1),
            plan.digest(),
            List.of(new Refusal.Reason("budget.per-study", "asked 2, allowed 1")));
    Signed<Refusal> refused = Signed.by(Examples.key(1), refusal);
    assertThat(Signed.ofBytes(refused.toBytes(), Refusal::ofBytes)).isEqualTo(refused);
    assertThat(refused.verifies(plan.roster())).isTrue();

    Signed<ChargeStatement> charged = Signed.by(Examples.key(0), charge());
    assertThat(Signed.ofBytes(charged.toBytes(), ChargeStatement::ofBytes)).isEqualTo(charged);
  }

  private ChargeStatement charge() {
    ReleaseId release = new ReleaseId(plan.digest(), 0, 2);
    return new ChargeStatement(
        Examples.node(0),
        new ChargeReceipt(
            release, LedgerStates.firstCharge(5, policy), new Rho(30), new Rho(20), new Rho(120)));
  }

  @Test
  void anyChangedByteIsMalformedOrFailsToVerify() {
    byte[] bytes = Signed.by(Examples.key(0), charge()).toBytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(accepted(changed)).as("byte %d", i).isFalse();
    }
  }

  private boolean accepted(byte[] bytes) {
    try {
      return Signed.ofBytes(bytes, ChargeStatement::ofBytes).verifies(plan.roster());
    } catch (MalformedEncoding refused) {
      return false;
    }
  }

  @Test
  void aStatementOfOneKindIsNeverReadAsAnother() {
    byte[] admitted = everybody().get(0).toBytes();
    assertThatThrownBy(() -> Signed.ofBytes(admitted, ChargeStatement::ofBytes))
        .isInstanceOf(MalformedEncoding.class);
  }

  @Test
  void aStrangersSignatureVerifiesNowhere() {
    Admission stranger =
        new Admission(
            new NodeId("stranger"),
            plan.digest(),
            plan.roster().digest(),
            policy,
            plan.reservation());
    assertThat(Signed.by(Examples.key(0), stranger).verifies(plan.roster())).isFalse();
  }
}
