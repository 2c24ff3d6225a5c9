package org.althing.simulation.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.althing.encoding.Digest;
import org.althing.federation.SigningKey;
import org.althing.federation.VerifyingKey;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the platform can do at best: the parts of every bound. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Primitives {
  static final int TILE_BYTES = 1 << 14;
  static final int TILE_WORDS = TILE_BYTES / Long.BYTES;
  static final int VECTOR_WORDS = 1_000_000;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] zeros = new byte[TILE_BYTES];
  private final byte[] tile = new byte[TILE_BYTES];
  private final long[] sum = new long[VECTOR_WORDS];
  private final long[] vector = new long[VECTOR_WORDS];
  private final byte[] secret = new byte[32];
  private final byte[] message = new byte[1024];
  private final Cipher aes;
  private final MessageDigest sha = Digest.sha256();
  private final byte[] point = new byte[32];
  private final SigningKey signing = SigningKey.ofSeed(new byte[32]);
  private final VerifyingKey verifying = signing.verifyingKey();
  private final byte[] signature = signing.sign(message);
  private final MLKEMPrivateKeyParameters decapsulation =
      new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, new byte[64]);
  private final byte[] encapsulationKey = decapsulation.getPublicKey();
  private final byte[] ciphertext = encapsulated(encapsulationKey, secret).getEncapsulation();

  public Primitives() {
    secret[1] = 1;
    X25519.scalarMultBase(secret, 0, point, 0);
    try {
      aes = Cipher.getInstance("AES/CTR/NoPadding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(new byte[32], "AES"),
          new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-CTR", e);
    }
  }

  /** AES-256-CTR, per 64-bit word. */
  @Benchmark
  @OperationsPerInvocation(TILE_WORDS)
  public byte[] aesWord() throws GeneralSecurityException {
    aes.update(zeros, 0, TILE_BYTES, tile, 0);
    return tile;
  }

  /** Adding a tile of key stream in the first-level cache, per word. */
  @Benchmark
  @OperationsPerInvocation(TILE_WORDS)
  public long[] addTileWord() {
    for (int i = 0; i < TILE_WORDS; i++) {
      sum[i] += (long) WORDS.get(tile, i * Long.BYTES);
    }
    return sum;
  }

  /** Adding a vector of 10⁶ words to another, per word. */
  @Benchmark
  @OperationsPerInvocation(VECTOR_WORDS)
  public long[] addVectorWord() {
    for (int i = 0; i < VECTOR_WORDS; i++) {
      sum[i] += vector[i];
    }
    return sum;
  }

  /** Copying a vector of 10⁶ words, per word. */
  @Benchmark
  @OperationsPerInvocation(VECTOR_WORDS)
  public long[] copyVectorWord() {
    System.arraycopy(vector, 0, sum, 0, VECTOR_WORDS);
    return sum;
  }

  /** SHA-256, per 64-bit word. */
  @Benchmark
  @OperationsPerInvocation(TILE_WORDS)
  public byte[] shaWord() {
    sha.update(tile);
    return tile;
  }

  @Benchmark
  public boolean agree() {
    return X25519.calculateAgreement(secret, 0, point, 0, tile, 0);
  }

  @Benchmark
  public byte[] sign() {
    return signing.sign(message);
  }

  @Benchmark
  public boolean verify() {
    return verifying.verifies(message, signature);
  }

  @Benchmark
  public SecretWithEncapsulation encapsulate() {
    return encapsulated(encapsulationKey, secret);
  }

  private static SecretWithEncapsulation encapsulated(byte[] key, byte[] randomness) {
    return MLKEMGenerator.internalGenerateEncapsulated(
        new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, key), randomness);
  }

  @Benchmark
  public byte[] decapsulate() {
    return new MLKEMExtractor(decapsulation).extractSecret(ciphertext);
  }
}
