package org.althing.secagg;

import java.util.Arrays;
import org.althing.encoding.Bytes;

/** One holder's shares of one node's self-mask seed b and sealing key e: secret until UNMASK. */
final class SharePair {
  static final int BYTES = 2 * Secret.BYTES;
  private final Secret selfSeed;
  private final Secret sealingKey;

  private SharePair(Secret selfSeed, Secret sealingKey) {
    this.selfSeed = selfSeed;
    this.sealingKey = sealingKey;
  }

  /** Takes b and e as one string of 64 bytes over and erases it. */
  static SharePair taking(byte[] both) {
    SharePair pair =
        new SharePair(
            Secret.taking(Arrays.copyOf(both, Secret.BYTES)),
            Secret.taking(Arrays.copyOfRange(both, Secret.BYTES, BYTES)));
    Arrays.fill(both, (byte) 0);
    return pair;
  }

  static SharePair taking(long[] both) {
    SharePair pair = taking(Longs.toBytes(both, 0, both.length));
    Arrays.fill(both, 0);
    return pair;
  }

  /** b and e as the eight longs that are shared. */
  static long[] longs(Secret selfSeed, Secret sealingKey) {
    byte[] both = new byte[BYTES];
    selfSeed.copyTo(both, 0);
    sealingKey.copyTo(both, Secret.BYTES);
    return Longs.taking(both);
  }

  /** Seals the shares for their holder and erases them here. */
  Bytes seal(Secret key, byte[] header) {
    byte[] both = new byte[BYTES];
    selfSeed.moveTo(both, 0);
    sealingKey.moveTo(both, Secret.BYTES);
    return Bytes.of(Sealing.seal(key, header, both));
  }

  /** Reveals the share of b. */
  Bytes selfSeed() {
    return selfSeed.reveal();
  }

  /** Reveals the share of e. */
  Bytes sealingKey() {
    return sealingKey.reveal();
  }

  void destroy() {
    selfSeed.destroy();
    sealingKey.destroy();
  }

  @Override
  public String toString() {
    return "SharePair[64 bytes]";
  }
}
