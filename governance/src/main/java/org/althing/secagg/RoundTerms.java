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
 * @param release index in the plan, 0 to 4095
 * @param attempt 1 to {@value #MOST_ATTEMPTS}
 * @param publicState digest of everything released before, so that a node that was shown another
 *     model derives other masks
 * @param length coordinates of the vector, 1 to {@value Block#MOST_COORDINATES}
 */
public record RoundTerms(
    EpochTerms epoch, Digest keys, int release, int attempt, Digest publicState, int length) {
  public static final int MOST_RELEASES = 1 << 12;

  /** Every attempt past INPUT is charged and adds noise of its own; three bound what that costs. */
  public static final int MOST_ATTEMPTS = 3;

  public RoundTerms {
    if (release < 0 || release >= MOST_RELEASES || attempt < 1 || attempt > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "releases are 0 to %d and attempts 1 to %d, got release %d, attempt %d"
              .formatted(MOST_RELEASES - 1, MOST_ATTEMPTS, release, attempt));
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
