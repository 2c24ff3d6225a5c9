package org.althing.release;

/**
 * Intervals that hold all at once in 95 % of cases, whichever of them is looked at (Bonferroni).
 */
public final class Simultaneous {
  private Simultaneous() {}

  /**
   * The quantile of the normal distribution that {@code intervals} two-sided intervals need for
   * that, to 0.0005 (Abramowitz and Stegun 26.2.23).
   *
   * @param intervals at least 1
   */
  public static double quantile(int intervals) {
    double t = StrictMath.sqrt(-2 * StrictMath.log(0.025 / intervals));
    double above = 2.515517 + t * (0.802853 + t * 0.010328);
    double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return t - above / below;
  }
}
