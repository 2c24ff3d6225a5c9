package org.althing.privacy;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;

/**
 * What the ledger needs to know of a release before the study starts.
 *
 * @param rho what {@link NoisePlan#rho()} of the release will be, exactly; at most {@value
 *     #MOST_RHO}
 */
public record PlannedRelease(Partition partition, Rho rho) {
  /** Beyond it a guarantee says nothing; bounding it keeps every sum of costs inside a long. */
  public static final long MOST_RHO = 1000;

  public PlannedRelease {
    if (rho.pico() < 1 || rho.compareTo(Rho.roundedDown(MOST_RHO)) > 0) {
      throw new IllegalArgumentException(
          "a planned release costs more than 0 and at most rho " + MOST_RHO + ", got " + rho);
    }
  }

  void writeTo(CanonicalWriter out) {
    out.putString(partition.name()).putLong(rho.pico());
  }

  static PlannedRelease readFrom(CanonicalReader in) throws MalformedEncoding {
    try {
      return new PlannedRelease(in.getName(Partition.values()), new Rho(in.getLong()));
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
