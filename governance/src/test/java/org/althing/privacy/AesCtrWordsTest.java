package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AesCtrWordsTest {
  @Test
  void startsLikeAes256OfTheZeroBlockUnderTheZeroKey() {
    try (AesCtrWords words = new AesCtrWords(new byte[32])) {
      assertThat(words.next()).isEqualTo(0x898940a278c095dcL);
      assertThat(words.next()).isEqualTo(0x8720849214a248adL);
    }
  }

  /** NIST SP 800-38A §6.5: block k of the keystream is the cipher of the counter k. */
  @Test
  void everyBlockIsTheCipherOfItsCounter() throws GeneralSecurityException {
    byte[] key = new byte[32];
    new Random(3).nextBytes(key);
    Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
    block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    try (AesCtrWords words = new AesCtrWords(key.clone())) {
      for (long counter = 0; counter < 1000; counter++) {
        byte[] plain = ByteBuffer.allocate(16).putLong(0).putLong(counter).array();
        ByteBuffer expected = ByteBuffer.wrap(block.doFinal(plain)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(words.next()).isEqualTo(expected.getLong());
        assertThat(words.next()).isEqualTo(expected.getLong());
      }
    }
  }

  @Test
  void takesTheKeyAway() {
    byte[] key = new byte[32];
    new Random(4).nextBytes(key);
    new AesCtrWords(key).close();
    assertThat(key).containsOnly(0);
  }

  @Test
  void givesNothingOnceClosed() {
    AesCtrWords words = new AesCtrWords(new byte[32]);
    words.next();
    words.close();
    assertThatIllegalStateException().isThrownBy(words::next);
    words.close();
    assertThatIllegalStateException().isThrownBy(words::next);
  }

  @Test
  void refusesAShortKey() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AesCtrWords(new byte[16]));
  }

  @Test
  void closingLeavesNeitherWordsNorKey() throws GeneralSecurityException {
    byte[] key = new byte[32];
    new Random(5).nextBytes(key);
    AesCtrWords words = new AesCtrWords(key);
    words.next();
    assertThat(words.keystream).contains(1);
    words.close();
    assertThat(words.keystream).containsOnly(0);
    Cipher zeros = Cipher.getInstance("AES/ECB/NoPadding");
    zeros.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"));
    assertThat(words.cipher.update(new byte[16])).isEqualTo(zeros.doFinal(new byte[16]));
  }
}
