package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.SigningKey;
import org.althing.vector.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has one length has no other, whoever sends it. */
class LengthsTest {
  private static final NodeId NODE = new NodeId("north");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 9, 8 * Block.MOST_COORDINATES + 8})
  void aVectorIsWholeCoordinatesAndNotTooMany(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MaskedVector.ofLittleEndian(ByteBuffer.allocate(bytes)));
  }

  @Test
  void aVectorHasAsManyCoordinatesAsABlock() {
    assertThat(
            MaskedVector.ofLittleEndian(ByteBuffer.allocate(8 * Block.MOST_COORDINATES)).length())
        .isEqualTo(Block.MOST_COORDINATES);
  }

  @Test
  void totalsAreEqualByTheirSteps() {
    NoisyTotal total = new NoisyTotal(new long[] {1, -2});
    assertThat(total)
        .isEqualTo(new NoisyTotal(new long[] {1, -2}))
        .hasSameHashCodeAs(new NoisyTotal(new long[] {1, -2}))
        .isNotEqualTo(new NoisyTotal(new long[] {1, -3}))
        .isNotEqualTo("NoisyTotal[2]");
  }

  @Test
  void aVectorIsSignedByALabelledHashOfItsBytesHoweverItWasMade() {
    long[] words = new long[5000];
    for (int i = 0; i < words.length; i++) {
      words[i] = 0x0102030405060708L * i;
    }
    MaskedVector made = new MaskedVector(words.clone());
    byte[] bytes = made.toLittleEndian();
    assertThat(bytes).hasSize(40_000).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1);
    MaskedVector read = MaskedVector.ofLittleEndian(ByteBuffer.wrap(bytes));
    MessageDigest sha = Digest.sha256();
    sha.update(new CanonicalWriter("masked-vector/v1").putInt(bytes.length).toBytes());
    Digest expected = Digest.ofBytes(sha.digest(bytes));
    assertThat(made.digest()).isEqualTo(expected);
    assertThat(read.digest()).isEqualTo(expected);
    assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
    assertThat(made).isNotEqualTo("MaskedVector[5000]");
    words[4999]++;
    assertThat(new MaskedVector(words)).isNotEqualTo(made);
  }

  @Test
  void sharesLieAtPoints1To255() {
    for (int point : new int[] {1, 255}) {
      assertThatCode(() -> SecretSharing.share(new long[1], new int[] {point}, new long[1]))
          .doesNotThrowAnyException();
    }
    // Point 0 would hand out the secret itself.
    for (int point : new int[] {-1, 0, 256}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SecretSharing.share(new long[1], new int[] {point}, new long[1]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SecretSharing.lagrange(new int[] {point, 7}, 0));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretSharing.share(new long[2], new int[] {1}, new long[3]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void secretsAndSharesHave32Bytes(int length) {
    Bytes wrong = Bytes.of(new byte[length]);
    Bytes right = Bytes.of(new byte[32]);
    assertThatCode(() -> new RevealedShares(NODE, right, Optional.of(right)))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RevealedShares(NODE, wrong, Optional.of(right)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RevealedShares(NODE, right, Optional.of(wrong)));
    assertThatIllegalArgumentException().isThrownBy(() -> Secret.taking(new byte[length]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, SigningKey.SIGNATURE_BYTES - 1, SigningKey.SIGNATURE_BYTES + 1})
  void signaturesHave64Bytes(int length) {
    Digest any = Digest.of(new byte[0]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfirmHeader(NODE, any, any, any, any, Bytes.of(new byte[length])));
  }

  @Test
  void aListOfMembersIsNoLongerThanARoster() {
    List<Integer> most = Collections.nCopies(Quorum.MOST_NODES, 1);
    assertThatCode(() -> Signed.checkCount("members", most)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Signed.checkCount("members", Collections.nCopies(Quorum.MOST_NODES + 1, 1)));
  }
}
