package org.althing.secagg;

import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.Roster;

/**
 * One key set-up of one study: what every node knows from its own files before the first message,
 * and never takes from one (secure-aggregation protocol §4.1).
 *
 * @param plan digest of the study's plan
 * @param epoch from 1; a new epoch has new keys
 */
public record EpochTerms(Digest plan, int epoch, Roster roster) {
  public EpochTerms {
    if (epoch < 1) {
      throw new IllegalArgumentException("epochs count from 1, got " + epoch);
    }
  }

  /**
   * What every set-up message is bound to: the study, the epoch, and the roster with its quorum.
   */
  public Digest ctx() {
    return new CanonicalWriter("secagg-epoch/v1")
        .putString(SUITE)
        .putDigest(plan)
        .putInt(epoch)
        .putDigest(roster.digest())
        .digest();
  }

  /**
   * Names the algorithms, so that a later suite never shares a key or a signature with this one.
   */
  static final String SUITE = "x25519+mlkem768/hkdf-sha256/aes256-ctr/aes256-gcm/ed25519";
}
