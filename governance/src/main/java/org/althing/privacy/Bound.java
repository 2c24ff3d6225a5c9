package org.althing.privacy;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How far one record can move a block, as a function of the block's scale. */
public sealed interface Bound {
  /** The bound as squared L2 norm in integer steps when a unit of value has {@code scale} steps. */
  long recordL2Squared(long scale);

  /**
   * The least noise share, in steps, that makes rounding and the discreteness of the noise
   * negligible.
   */
  long leastSigma();

  /**
   * Contributions that are whole numbers of the block's base steps, such as counts: no rounding, so
   * no inflation.
   *
   * @param l2Squared squared L2 norm of one record at base scale
   * @param baseScale steps per unit of value that make contributions whole; 1 for counts
   */
  record Exact(long l2Squared, long baseScale) implements Bound {
    public Exact {
      if (l2Squared < 1 || baseScale < 1) {
        throw new IllegalArgumentException("an exact bound and its base scale are positive");
      }
    }

    /** For counts: base scale 1. */
    public static Exact ofCounts(long l2Squared) {
      return new Exact(l2Squared, 1);
    }

    @Override
    public long recordL2Squared(long scale) {
      if (scale % baseScale != 0) {
        throw new IllegalArgumentException(
            "scale " + scale + " is no multiple of the base scale " + baseScale);
      }
      long finer = scale / baseScale;
      return Math.multiplyExact(l2Squared, Math.multiplyExact(finer, finer));
    }

    /**
     * At 8 steps the sum of discrete Gaussians costs under 10⁻²⁷³ more than one discrete Gaussian
     * (privacy §1.2).
     */
    @Override
    public long leastSigma() {
      return 8;
    }
  }

  /**
   * Real contributions, rounded half-even coordinate by coordinate: Δ_int = ⌈scale·l2⌉ + ⌈√nonZeros
   * / 2⌉ (privacy §1.4).
   *
   * @param l2 L2 norm of one record's contribution before rounding
   * @param nonZeros the most coordinates that one record leaves non-zero
   */
  record Rounded(double l2, int nonZeros) implements Bound {
    public Rounded {
      if (!(l2 > 0 && l2 < 1e9) || nonZeros < 1) {
        throw new IllegalArgumentException("a rounded bound is positive and finite");
      }
    }

    @Override
    public long recordL2Squared(long scale) {
      // The product is exact in decimals: a rounded one could fall below the bound it stands for.
      BigDecimal scaled = new BigDecimal(l2).multiply(BigDecimal.valueOf(scale));
      long norm =
          Math.addExact(
              scaled.setScale(0, RoundingMode.CEILING).longValueExact(),
              (long) StrictMath.ceil(StrictMath.sqrt(nonZeros) / 2));
      return Math.multiplyExact(norm, norm);
    }

    /**
     * The rounding of equal contributions does not average out: at 2²⁰ steps that of a million
     * records is half a deviation of the noise (privacy §1.4).
     */
    @Override
    public long leastSigma() {
      return 1L << 20;
    }
  }
}
