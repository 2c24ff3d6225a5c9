package org.althing.model.linear;

/** How much a positive record counts in training beside a negative one. */
public sealed interface ClassWeights {
  double LEAST = 0.01;
  double MOST = 100;

  /** Every record counts alike. */
  ClassWeights EQUAL = new Declared(1);

  /** Both classes count alike as wholes, by their sizes in the first releases, at no cost. */
  record Balanced() implements ClassWeights {}

  /**
   * As declared.
   *
   * @param positive how many negative records a positive one is worth, {@value #LEAST} to {@value
   *     #MOST}
   */
  record Declared(double positive) implements ClassWeights {
    public Declared {
      if (!(positive >= LEAST && positive <= MOST)) {
        throw new IllegalArgumentException(
            "a positive record counts for %s to %s negative ones, got %s"
                .formatted(LEAST, MOST, positive));
      }
    }
  }
}
