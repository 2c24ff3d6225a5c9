package org.althing.secagg;

import java.security.MessageDigest;
import java.util.Arrays;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.vector.Block;

/**
 * A paid sum with masks added mod 2⁶⁴: the only vector that travels. Without t confirmations of one
 * survivor set it looks uniform.
 */
public final class MaskedVector {
  private static final int TILE_WORDS = 2048;
  private final long[] words;

  /** Takes {@code words} over. */
  MaskedVector(long[] words) {
    this.words = words;
  }

  /**
   * @param bytes 8 per coordinate, little-endian, 1 to {@value Block#MOST_COORDINATES} coordinates
   */
  public static MaskedVector ofLittleEndian(byte[] bytes) {
    if (bytes.length == 0 || bytes.length % 8 != 0 || bytes.length / 8 > Block.MOST_COORDINATES) {
      throw new IllegalArgumentException(
          "a masked vector has 8 bytes for each of 1 to %d coordinates, got %d bytes"
              .formatted(Block.MOST_COORDINATES, bytes.length));
    }
    return new MaskedVector(Longs.of(bytes));
  }

  public byte[] toLittleEndian() {
    return Longs.toBytes(words, 0, words.length);
  }

  public int length() {
    return words.length;
  }

  void addTo(long[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += words[i];
    }
  }

  /** What its sender signs; hashed tile by tile, so that a long vector is not held twice. */
  Digest digest() {
    MessageDigest sha = Digest.sha256();
    sha.update(new CanonicalWriter("masked-vector/v1").putInt(8 * words.length).toBytes());
    for (int at = 0; at < words.length; at += TILE_WORDS) {
      sha.update(Longs.toBytes(words, at, Math.min(TILE_WORDS, words.length - at)));
    }
    return Digest.ofBytes(sha.digest());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskedVector that && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "MaskedVector[" + words.length + "]";
  }
}
