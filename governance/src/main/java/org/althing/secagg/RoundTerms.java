package org.althing.secagg;

import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.privacy.ReleaseId;
import org.althing.vector.Block;

/**
 * One attempt at one release under one key set-up: what every party must agree on before a mask is
 * derived.
 *
 * @param keys T, the digest of all advertised keys ({@link AdvertiseBundle#digest})
 * @param release index in the plan, from 0
 * @param attempt from 1
 * @param publicState digest of everything released before, so that a node that was shown another
 *     model derives other masks
 * @param length coordinates of the vector, 1 to {@value Block#MOST_COORDINATES}
 */
public record RoundTerms(
    EpochTerms epoch, Digest keys, int release, int attempt, Digest publicState, int length) {
  public RoundTerms {
    if (release < 0 || attempt < 1) {
      throw new IllegalArgumentException("releases count from 0 and attempts from 1");
    }
    if (length < 1 || length > Block.MOST_COORDINATES) {
      throw new IllegalArgumentException(
          "a vector has 1 to " + Block.MOST_COORDINATES + " coordinates, got " + length);
    }
  }

  /** What every message, signature, key and mask of this attempt is bound to. */
  public Digest ctx() {
    return new CanonicalWriter("secagg-round/v1")
        .putDigest(epoch.ctx())
        .putDigest(keys)
        .putInt(release)
        .putInt(attempt)
        .putDigest(publicState)
        .putInt(length)
        .digest();
  }

  /** What a charge for this attempt must be for. */
  public ReleaseId releaseId() {
    return new ReleaseId(epoch.plan(), release, attempt);
  }
}
