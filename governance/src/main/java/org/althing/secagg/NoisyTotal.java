package org.althing.secagg;

import java.util.Arrays;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;

/** The exact sum of the survivors' paid sums, mod 2⁶⁴ as signed steps: public from here on. */
public final class NoisyTotal {
  private final long[] steps;
  private final Digest digest;

  /** Takes {@code steps} over. */
  NoisyTotal(long[] steps) {
    this.steps = steps;
    this.digest = digestOf(steps);
  }

  /** The digest by which transcripts and log entries name a total. */
  public static Digest digestOf(long[] steps) {
    return CanonicalWriter.digestOfLongs("noisy-total/v1", steps);
  }

  public Digest digest() {
    return digest;
  }

  /** One signed number of steps per coordinate. */
  public long[] steps() {
    return steps.clone();
  }

  public int length() {
    return steps.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoisyTotal that && Arrays.equals(steps, that.steps);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(steps);
  }

  @Override
  public String toString() {
    return "NoisyTotal[" + steps.length + "]";
  }
}
