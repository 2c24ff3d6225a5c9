package org.althing.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;

class SignedApprovalTest {
  private static final Matter MATTER =
      Statements.matter(new NodeId("east"), Digest.of(new byte[] {1}));
  private static final SignedApproval DENIAL = Statements.says(MATTER, 1, "officer", Verdict.DENY);

  @Test
  void isReadBackAsItWasWritten() throws MalformedEncoding {
    SignedApproval read = SignedApproval.ofBytes(DENIAL.toBytes());
    assertThat(read).isEqualTo(DENIAL);
    assertThat(read.verifies(Examples.key(61).verifyingKey())).isTrue();
  }

  /** The canonical bytes are what people sign: to change them is to change what was said. */
  @Test
  void hasTheBytesItAlwaysHad() {
    assertThat(Digest.of(DENIAL.approval().toBytes()).hex())
        .isEqualTo("6948066a0348c885686d663598bf037e6bfdc1e2dea97299538295b874af1d50");
  }

  @Test
  void noSpoiledByteLeavesAStatementThatVerifies() {
    byte[] bytes = DENIAL.toBytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] spoiled = bytes.clone();
      spoiled[i] ^= 1;
      assertThat(readIfSound(spoiled).filter(s -> s.verifies(Examples.key(61).verifyingKey())))
          .as("byte %d", i)
          .isEmpty();
    }
  }

  private static Optional<SignedApproval> readIfSound(byte[] bytes) {
    try {
      return Optional.of(SignedApproval.ofBytes(bytes));
    } catch (MalformedEncoding e) {
      return Optional.empty();
    }
  }

  @Test
  void isNotReadBeyondItsBound() {
    assertThatThrownBy(() -> SignedApproval.ofBytes(new byte[SignedApproval.MOST_BYTES + 1]))
        .isInstanceOf(MalformedEncoding.class)
        .hasMessageContaining("at most 4096 bytes");
  }

  @Test
  void whoeverDeniesSaysWhyInOneLine() {
    Approval said = DENIAL.approval();
    for (String reason : new String[] {" ", "two\nlines", "x".repeat(Approval.MOST_REASON + 1)}) {
      assertThatThrownBy(
              () ->
                  new Approval(
                      MATTER,
                      said.person(),
                      said.role(),
                      Verdict.DENY,
                      reason,
                      said.givenMillis(),
                      said.expires()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
