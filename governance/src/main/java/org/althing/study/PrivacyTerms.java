package org.althing.study;

/**
 * What a study may cost each privacy unit, in the terms people agree on.
 *
 * @param epsilon more than 0, at most {@value #MOST_EPSILON}
 * @param delta more than 0, at most {@value #MOST_DELTA}
 * @param spareAttempts how many releases of the whole study may be tried again after a round broke
 *     down behind the charge; each costs once more and is reserved from the start
 */
public record PrivacyTerms(double epsilon, double delta, int spareAttempts) {
  public static final double MOST_EPSILON = 20;
  public static final double MOST_DELTA = 1e-3;
  public static final int DEFAULT_SPARE_ATTEMPTS = 1;
  public static final int MOST_SPARE_ATTEMPTS = 10;

  public PrivacyTerms {
    if (!(epsilon > 0 && epsilon <= MOST_EPSILON)) {
      throw new IllegalArgumentException(
          "epsilon must be more than 0 and at most 20, got " + epsilon);
    }
    if (!(delta > 0 && delta <= MOST_DELTA)) {
      throw new IllegalArgumentException(
          "delta must be more than 0 and at most 0.001, got " + delta);
    }
    if (spareAttempts < 0 || spareAttempts > MOST_SPARE_ATTEMPTS) {
      throw new IllegalArgumentException(
          "spare attempts are 0 to " + MOST_SPARE_ATTEMPTS + ", got " + spareAttempts);
    }
  }
}
