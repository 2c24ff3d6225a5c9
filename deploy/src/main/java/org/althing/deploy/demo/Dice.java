package org.althing.deploy.demo;

/**
 * A small generator whose numbers are the same on every platform and version: SplitMix64 (Steele,
 * Lea, Flood 2014). For synthetic data only; nothing private may come from it.
 */
final class Dice {
  private long state;

  Dice(long seed) {
    this.state = seed;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in (0, 1). */
  double uniform() {
    return ((next() >>> 11) + 0.5) * 0x1p-53;
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** Normal by Box and Muller, in strict arithmetic. */
  double normal(double mean, double deviation) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
    return mean + deviation * radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /** The index of a share that a uniform number falls in; the last for the rest. */
  int pick(double... shares) {
    double left = uniform();
    for (int i = 0; i < shares.length; i++) {
      left -= shares[i];
      if (left < 0) {
        return i;
      }
    }
    return shares.length;
  }
}
