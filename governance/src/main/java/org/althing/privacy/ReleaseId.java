package org.althing.privacy;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * Names one attempt at one release of one study: what a charge is for, and what is burnt once used.
 *
 * @param study digest of the study's plan
 * @param release index in the plan, from 0
 * @param attempt from 1
 */
public record ReleaseId(Digest study, int release, int attempt) {
  public ReleaseId {
    if (release < 0 || attempt < 1) {
      throw new IllegalArgumentException("releases count from 0 and attempts from 1");
    }
  }

  public void writeTo(CanonicalWriter out) {
    out.putDigest(study).putInt(release).putInt(attempt);
  }

  public static ReleaseId readFrom(CanonicalReader in) throws MalformedEncoding {
    try {
      return new ReleaseId(in.getDigest(), in.getInt(), in.getInt());
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  /** Whether this is a later release of the same study, or a later attempt at the same one. */
  boolean isLaterThan(ReleaseId burnt) {
    return release > burnt.release || (release == burnt.release && attempt > burnt.attempt);
  }
}
