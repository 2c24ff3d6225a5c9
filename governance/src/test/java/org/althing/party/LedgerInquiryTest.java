package org.althing.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerStates;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Recollection;
import org.althing.study.Signed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only what another member says of this node's ledger, in answer to this question, is heard. */
class LedgerInquiryTest {
  private static final Digest NONCE = Digest.of(new byte[] {1});
  private final LedgerInquiry inquiry =
      new LedgerInquiry(
          Examples.node(0), Examples.roster(4), BudgetLedger.open(new MemoryLedgerStore()));

  @BeforeEach
  void begin() {
    inquiry.begin(NONCE);
  }

  private static Signed<ChargeStatement> charge(int node, int key) {
    return Signed.by(
        Examples.key(key),
        new ChargeStatement(
            Examples.node(node),
            new ChargeReceipt(
                new ReleaseId(NONCE, 0, 1),
                LedgerStates.firstCharge(7, NONCE),
                Rho.ZERO,
                Rho.ZERO,
                Rho.ZERO)));
  }

  private Optional<Signed<ChargeStatement>> answer(
      int by, int key, int about, Digest nonce, Optional<Signed<ChargeStatement>> newest) {
    Signed<Recollection> signed =
        Signed.by(
            Examples.key(key),
            new Recollection(Examples.node(by), Examples.node(about), nonce, newest));
    return inquiry.take(Bytes.of(signed.toBytes()));
  }

  @Test
  void whatIsNoAnswerToThisQuestionIsNotHeard() {
    answer(1, 1, 2, NONCE, Optional.empty());
    answer(0, 0, 0, NONCE, Optional.empty());
    answer(1, 1, 0, Digest.of(new byte[] {2}), Optional.empty());
    answer(1, 2, 0, NONCE, Optional.empty());
    assertThat(answer(1, 1, 0, NONCE, Optional.of(charge(2, 2)))).isEmpty();
    assertThat(answer(1, 1, 0, NONCE, Optional.of(charge(0, 1)))).isEmpty();
    assertThat(inquiry.take(Bytes.of(new byte[5]))).isEmpty();
    assertThat(inquiry.heard()).isZero();
  }

  @Test
  void isAnsweredWhenAsManyOthersAsAreNeededHaveSpoken() {
    for (int by = 1; by <= inquiry.needed(); by++) {
      assertThat(inquiry.isAnswered()).isFalse();
      assertThat(answer(by, by, 0, NONCE, Optional.empty())).isEmpty();
      answer(by, by, 0, NONCE, Optional.empty());
    }
    assertThat(inquiry.isAnswered()).isTrue();
  }

  @Test
  void tellsWhatThisNodeSignedAndItsLedgerForgot() {
    assertThat(answer(1, 1, 0, NONCE, Optional.of(charge(0, 0)))).contains(charge(0, 0));
    assertThat(inquiry.heard()).isEqualTo(1);
  }
}
