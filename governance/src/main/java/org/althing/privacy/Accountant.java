package org.althing.privacy;

/**
 * Between ρ, in which costs are counted, and (ε, δ), in which people agree on them (Canonne,
 * Kamath, Steinke 2020, Corollary 13; privacy §3).
 *
 * <p>Any order α gives a valid ε, so an imprecise search errs on the safe side. Strict arithmetic:
 * every node computes the same bits.
 */
public final class Accountant {
  private static final double LEAST_LOG_ORDER = -12;
  private static final double MOST_LOG_ORDER = 20;
  private static final double GOLDEN = 0.6180339887498949;

  /** Covers the rounding of some thirty operations on doubles. */
  private static final double ROUNDING = 1e-12;

  private Accountant() {}

  /**
   * The ε at {@code delta} of something that costs {@code rho}, rounded up.
   *
   * @param delta more than 0, less than 1
   */
  public static double epsilonFor(Rho rho, double delta) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta is more than 0 and less than 1, got " + delta);
    }
    if (rho.pico() == 0) {
      return 0;
    }
    double low = LEAST_LOG_ORDER;
    double high = MOST_LOG_ORDER;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = epsilonAt(left, rho.toDouble(), delta);
    double atRight = epsilonAt(right, rho.toDouble(), delta);
    while (high - low > 1e-9) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = epsilonAt(left, rho.toDouble(), delta);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = epsilonAt(right, rho.toDouble(), delta);
      }
    }
    return Math.max(0, Math.min(atLeft, atRight)) * (1 + ROUNDING);
  }

  /** αρ + [ln(1/δ) + (α−1)·ln(1−1/α) − ln α] / (α−1) at α = 1 + e^logOrder. */
  private static double epsilonAt(double logOrder, double rho, double delta) {
    double a = StrictMath.exp(logOrder);
    double rest = -StrictMath.log(delta) - StrictMath.log1p(a);
    return (1 + a) * rho + rest / a - StrictMath.log1p(1 / a);
  }

  /**
   * The most ρ whose ε at {@code delta} is no more than {@code epsilon}, rounded down.
   *
   * @param epsilon 0 to 1000
   * @param delta more than 0, less than 1
   */
  public static Rho rhoFor(double epsilon, double delta) {
    if (!(epsilon >= 0 && epsilon <= 1000)) {
      throw new IllegalArgumentException("epsilon is 0 to 1000, got " + epsilon);
    }
    // More than alpha·rho is never less than rho, so rho is at most epsilon.
    long enough = 0;
    long tooMuch = Rho.roundedUp(epsilon).pico() + 1;
    while (tooMuch - enough > 1) {
      long middle = enough + (tooMuch - enough) / 2;
      if (epsilonFor(new Rho(middle), delta) <= epsilon) {
        enough = middle;
      } else {
        tooMuch = middle;
      }
    }
    return new Rho(enough);
  }
}
