package org.althing.secagg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.vector.Block;

/**
 * A paid sum with masks added mod 2⁶⁴: the only vector that travels. Without t confirmations of one
 * survivor set it looks uniform.
 *
 * <p>It is hashed once, where it is made: for a vector that was received, on the thread that reads
 * it and not on the one that runs the round.
 */
public final class MaskedVector {
  private static final int TILE_WORDS = 2048;
  private final long[] words;
  private final Digest digest;

  private MaskedVector(long[] words, Digest digest) {
    this.words = words;
    this.digest = digest;
  }

  /** Takes {@code words} over. */
  MaskedVector(long[] words) {
    this(words, digestOf(words));
  }

  /**
   * @param bytes 8 per coordinate, little-endian, 1 to {@value Block#MOST_COORDINATES} coordinates;
   *     read from the buffer's position to its limit, neither of which moves
   */
  public static MaskedVector ofLittleEndian(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (length == 0 || length % 8 != 0 || length / 8 > Block.MOST_COORDINATES) {
      throw new IllegalArgumentException(
          "a masked vector has 8 bytes for each of 1 to %d coordinates, got %d bytes"
              .formatted(Block.MOST_COORDINATES, length));
    }
    MessageDigest sha = hashing(length);
    sha.update(bytes.duplicate());
    long[] words = new long[length / 8];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return new MaskedVector(words, Digest.ofBytes(sha.digest()));
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

  /** What its sender signs. */
  Digest digest() {
    return digest;
  }

  /** Tile by tile, so that a long vector is not held twice. */
  private static Digest digestOf(long[] words) {
    MessageDigest sha = hashing(8 * words.length);
    ByteBuffer tile = ByteBuffer.allocate(8 * TILE_WORDS).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < words.length; at += TILE_WORDS) {
      int count = Math.min(TILE_WORDS, words.length - at);
      tile.asLongBuffer().put(words, at, count);
      sha.update(tile.array(), 0, 8 * count);
    }
    return Digest.ofBytes(sha.digest());
  }

  private static MessageDigest hashing(int bytes) {
    MessageDigest sha = Digest.sha256();
    sha.update(new CanonicalWriter("masked-vector/v1").putInt(bytes).toBytes());
    return sha;
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
