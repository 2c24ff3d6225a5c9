package org.althing.secagg;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A node's private halves for one epoch: X25519 (RFC 7748) and ML-KEM-768 (FIPS 203), combined so
 * that a pair secret falls only if both do.
 */
final class HybridKey {
  static final int KEM_SEED_BYTES = 64;
  static final String LOW_ORDER = "the X25519 key is a point of low order";

  /** q of FIPS 203. */
  private static final int MODULUS = 3329;

  /** An encapsulation key is 3 · 256 coefficients of twelve bits, then 32 bytes of seed. */
  private static final int COEFFICIENT_BYTES = 3 * 256 * 12 / 8;

  private final Secret agreement;
  private final MLKEMPrivateKeyParameters decapsulation;

  /** The X25519 secrets that wait for ML-KEM's. */
  private final Map<NodeId, Secret> agreed = new HashMap<>();

  /**
   * Takes both over.
   *
   * @param seed FIPS 203's (d, z); erased
   */
  HybridKey(Secret agreement, byte[] seed) {
    this.agreement = agreement;
    decapsulation = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
    Arrays.fill(seed, (byte) 0);
  }

  static HybridKey draw(KeyStream random) {
    return new HybridKey(random.nextSecret(), random.next(KEM_SEED_BYTES));
  }

  Bytes agreementKey() {
    return agreement.read(
        scalar -> {
          byte[] point = new byte[X25519.POINT_SIZE];
          X25519.scalarMultBase(scalar, 0, point, 0);
          return Bytes.of(point);
        });
  }

  Bytes encapsulationKey() {
    return Bytes.of(decapsulation.getPublicKey());
  }

  /** A fresh shared secret and the ciphertext that carries it. */
  static SecretWithEncapsulation encapsulate(Bytes encapsulationKey, byte[] random) {
    return MLKEMGenerator.internalGenerateEncapsulated(
        new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, encapsulationKey.toArray()),
        random);
  }

  /**
   * The shared secret; for a ciphertext that was not made for this key a pseudorandom one (implicit
   * rejection).
   */
  byte[] decapsulate(Bytes ciphertext) {
    return new MLKEMExtractor(decapsulation).extractSecret(ciphertext.toArray());
  }

  /**
   * Agrees with a peer by X25519 and keeps the secret for {@link #material}.
   *
   * @return false where the peer's key is a point of low order
   */
  boolean agree(Advertise peer) {
    Optional<Secret> shared = agreement.read(scalar -> agree(scalar, peer.agreementKey()));
    shared.ifPresent(secret -> agreed.put(peer.sender(), secret));
    return shared.isPresent();
  }

  private static Optional<Secret> agree(byte[] scalar, Bytes point) {
    byte[] shared = new byte[X25519.POINT_SIZE];
    // RFC 7748 §6.1: a point of low order gives zero under every clamped scalar.
    return X25519.calculateAgreement(scalar, 0, point.toArray(), 0, shared, 0)
        ? Optional.of(Secret.taking(shared))
        : Optional.empty();
  }

  /** The keying material with {@code peer}, ML-KEM's secret first; once, for it erases both. */
  byte[] material(NodeId peer, byte[] kemSecret) {
    byte[] material = Arrays.copyOf(kemSecret, 2 * Secret.BYTES);
    Objects.requireNonNull(agreed.remove(peer), "nothing was agreed with this peer")
        .moveTo(material, Secret.BYTES);
    Arrays.fill(kemSecret, (byte) 0);
    return material;
  }

  /** Why nobody could use these keys; empty where they are sound. */
  static Optional<String> defect(Advertise advertised) {
    byte[] any = new byte[X25519.SCALAR_SIZE];
    any[1] = 1;
    return agree(any, advertised.agreementKey()).isEmpty()
        ? Optional.of(LOW_ORDER)
        : encapsulationDefect(advertised);
  }

  /** The modulus check of FIPS 203 §7.2: every coefficient is below q. */
  static Optional<String> encapsulationDefect(Advertise advertised) {
    byte[] key = advertised.encapsulationKey().toArray();
    for (int i = 0; i < COEFFICIENT_BYTES; i += 3) {
      int pair = (key[i] & 0xff) | (key[i + 1] & 0xff) << 8 | (key[i + 2] & 0xff) << 16;
      if ((pair & 0xfff) >= MODULUS || pair >>> 12 >= MODULUS) {
        return Optional.of("the ML-KEM-768 key fails the modulus check of FIPS 203 §7.2");
      }
    }
    return Optional.empty();
  }

  void destroy() {
    agreement.destroy();
    decapsulation.destroy();
    agreed.values().forEach(Secret::destroy);
  }
}
