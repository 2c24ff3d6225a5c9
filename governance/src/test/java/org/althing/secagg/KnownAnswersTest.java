package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The primitives give the answers of the standards that define them. */
final class KnownAnswersTest {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * RFC 5869, appendix A.1 and A.3, the first block of the output. Without a salt stand HashLen
   * zeros, and HMAC pads a key with zeros.
   */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
        + "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
        + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 00, '',"
        + "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
        + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
  })
  void hkdfOfRfc5869(String material, String salt, String info, String key, String out) {
    Secret extracted = Hkdf.extract(hex(salt), hex(material));
    assertThat(hex(extracted)).isEqualTo(key);
    assertThat(hex(Hkdf.derive(extracted, hex(info)))).isEqualTo(out);
  }

  /** RFC 5869, appendix A.2: inputs of 80 bytes. */
  @Test
  void hkdfOfRfc5869WithLongInputs() {
    Secret extracted = Hkdf.extract(range(0x60, 80), range(0x00, 80));
    assertThat(hex(extracted))
        .isEqualTo("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244");
    assertThat(hex(Hkdf.derive(extracted, range(0xb0, 80))))
        .isEqualTo("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c");
  }

  private static String hex(Secret secret) {
    return hex(secret.reveal().toArray());
  }

  private static byte[] range(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  /** RFC 7748, section 5.2: a vector, and the iterated one after 1 and 1000 rounds. */
  @Test
  void x25519OfRfc7748() {
    byte[] out = new byte[32];
    X25519.scalarMult(
        hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
        0,
        hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
        0,
        out,
        0);
    assertThat(hex(out))
        .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    byte[] scalar = base().toArray();
    byte[] point = base().toArray();
    for (int round = 1; round <= 1000; round++) {
      byte[] next = new byte[32];
      X25519.scalarMult(scalar, 0, point, 0, next, 0);
      point = scalar;
      scalar = next;
      if (round == 1) {
        assertThat(hex(scalar))
            .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
      }
    }
    assertThat(hex(scalar))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  /** NIST SP 800-38A, F.5.5 (CTR-AES256): four blocks of key stream. */
  @Test
  void keyStreamOfSp80038a() {
    Secret key =
        Secret.copying(hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"));
    byte[] plain =
        hex(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    byte[] stream = new KeyStream(key, hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")).next(64);
    for (int i = 0; i < stream.length; i++) {
      stream[i] ^= plain[i];
    }
    assertThat(hex(stream))
        .isEqualTo(
            "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
                + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6");
  }

  /** McGrew and Viega, GCM specification, test cases 13 and 14: zero key, zero nonce. */
  @Test
  void sealingOfTheGcmSpecification() {
    assertThat(hex(Sealing.seal(zero(), new byte[0], new byte[0])))
        .isEqualTo("530f8afbc74536b9a963b4f1c4cb738b");
    assertThat(hex(Sealing.seal(zero(), new byte[0], new byte[16])))
        .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
  }

  private static Secret zero() {
    return Secret.taking(new byte[Secret.BYTES]);
  }

  /** The same specification's block E(0, 0), E(0, 1), E(0, 2): masks start at counter zero. */
  @Test
  void keyStreamStartsAtCounterZero() {
    assertThat(hex(new KeyStream(Secret.copying(new byte[32])).next(48)))
        .isEqualTo(
            "dc95c078a2408989ad48a21492842087"
                + "530f8afbc74536b9a963b4f1c4cb738b"
                + "cea7403d4d606b6e074ec5d3baf39d18");
  }

  @Test
  void aBoxWithAnyBitChangedOrAnotherHeaderDoesNotOpen() {
    byte[] header = {1, 2, 3};
    byte[] sealed = Sealing.seal(boxKey(), header, range(5, 64));
    assertThat(Sealing.open(boxKey(), header, sealed)).hasValue(range(5, 64));
    for (int at = 0; at < sealed.length; at++) {
      byte[] bad = sealed.clone();
      bad[at] ^= 0x10;
      assertThat(Sealing.open(boxKey(), header, bad)).isEmpty();
    }
    assertThat(Sealing.open(boxKey(), new byte[] {1, 2, 4}, sealed)).isEmpty();
    assertThat(Sealing.open(Secret.copying(range(2, 32)), header, sealed)).isEmpty();
    for (int length = 0; length < sealed.length; length++) {
      assertThat(Sealing.open(boxKey(), header, Arrays.copyOf(sealed, length))).isEmpty();
    }
  }

  private static Secret boxKey() {
    return Secret.copying(range(1, 32));
  }

  /**
   * C2SP/CCTV, ML-KEM accumulated vectors: 100 keys, encapsulations, and decapsulations of good and
   * of random ciphertexts, hashed together.
   */
  @Test
  void mlKem768OfTheAccumulatedVectors() {
    SHAKEDigest source = new SHAKEDigest(128);
    SHAKEDigest sink = new SHAKEDigest(128);
    for (int i = 0; i < 100; i++) {
      byte[] seed = squeeze(source, 64);
      var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
      absorb(sink, key.getPublicKey());
      var made = HybridKey.encapsulate(Bytes.of(key.getPublicKey()), squeeze(source, 32));
      absorb(sink, made.getEncapsulation());
      absorb(sink, made.getSecret());
      assertThat(new MLKEMExtractor(key).extractSecret(made.getEncapsulation()))
          .isEqualTo(made.getSecret());
      absorb(sink, new MLKEMExtractor(key).extractSecret(squeeze(source, 1088)));
    }
    assertThat(hex(squeeze(sink, 32)))
        .isEqualTo("1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415");
  }

  private static byte[] squeeze(SHAKEDigest shake, int count) {
    byte[] out = new byte[count];
    shake.doOutput(out, 0, count);
    return out;
  }

  private static void absorb(SHAKEDigest shake, byte[] bytes) {
    shake.update(bytes, 0, bytes.length);
  }

  /** FIPS 203, section 6.3: an altered ciphertext gives another secret and no sign of it. */
  @Test
  void anAlteredCiphertextIsRejectedImplicitly() {
    HybridKey key = HybridKey.draw(new KeyStream(Secret.copying(range(7, 32))));
    var made = HybridKey.encapsulate(key.encapsulationKey(), range(9, 32));
    byte[] altered = made.getEncapsulation().clone();
    altered[500] ^= 1;
    byte[] rejected = key.decapsulate(Bytes.of(altered));
    assertThat(rejected).hasSize(32).isNotEqualTo(made.getSecret());
    assertThat(key.decapsulate(Bytes.of(altered))).isEqualTo(rejected);
    assertThat(key.decapsulate(Bytes.of(made.getEncapsulation()))).isEqualTo(made.getSecret());
  }

  /** FIPS 203, section 7.2: a coefficient of q = 3329 or more. */
  @Test
  void anEncapsulationKeyBeyondTheModulusIsRefused() {
    byte[] key =
        HybridKey.draw(new KeyStream(Secret.copying(range(7, 32)))).encapsulationKey().toArray();
    key[0] = 0x01;
    key[1] = (byte) ((key[1] & 0xf0) | 0x0d);
    assertThat(HybridKey.defect(advertise(base(), Bytes.of(key))))
        .hasValueSatisfying(why -> assertThat(why).contains("modulus"));
  }

  /** Bouncy Castle carries the check out where it encapsulates; ours must draw the same line. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 511, 512, 766, 767})
  void theModulusCheckIsTheLibrarysAtEveryPlace(int coefficient) {
    for (int value : new int[] {3328, 3329, 4095}) {
      byte[] key =
          HybridKey.draw(new KeyStream(Secret.copying(range(7, 32)))).encapsulationKey().toArray();
      int at = coefficient * 3 / 2;
      boolean upper = coefficient % 2 == 1;
      key[at] = (byte) (upper ? (key[at] & 0x0f) | value << 4 : value);
      key[at + 1] = (byte) (upper ? value >>> 4 : (key[at + 1] & 0xf0) | value >>> 8);
      Advertise advertise = advertise(base(), Bytes.of(key));
      if (value < 3329) {
        assertThat(HybridKey.encapsulationDefect(advertise)).isEmpty();
        HybridKey.encapsulate(Bytes.of(key), range(9, 32));
      } else {
        assertThat(HybridKey.encapsulationDefect(advertise)).isPresent();
        assertThatThrownBy(() -> HybridKey.encapsulate(Bytes.of(key), range(9, 32)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  /** RFC 7748, section 6.1: points of low order make no secret. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void anAgreementKeyOfLowOrderIsRefused(String point) {
    HybridKey sound = HybridKey.draw(new KeyStream(Secret.copying(range(7, 32))));
    assertThat(HybridKey.defect(advertise(Bytes.of(hex(point)), sound.encapsulationKey())))
        .hasValueSatisfying(why -> assertThat(why).contains("low order"));
    assertThat(HybridKey.defect(advertise(sound.agreementKey(), sound.encapsulationKey())))
        .isEmpty();
  }

  @Test
  void keysAndCiphertextsOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> advertise(base(), Bytes.of(new byte[1183])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1184");
    NodeId a = new NodeId("a");
    assertThatThrownBy(() -> new Encapsulation(a, a, Bytes.of(new byte[1089])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1088");
  }

  private static Bytes base() {
    byte[] nine = new byte[32];
    nine[0] = 9;
    return Bytes.of(nine);
  }

  private static Advertise advertise(Bytes agreement, Bytes encapsulation) {
    return new Advertise(
        new NodeId("a"), Digest.of(new byte[0]), agreement, encapsulation, Signed.UNSIGNED);
  }
}
