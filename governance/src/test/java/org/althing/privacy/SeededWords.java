package org.althing.privacy;

import java.util.SplittableRandom;

/** Random words that repeat: for tests only. */
public final class SeededWords implements RandomWords {
  private final SplittableRandom random;

  public SeededWords(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public long next() {
    return random.nextLong();
  }
}
