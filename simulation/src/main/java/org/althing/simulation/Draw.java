package org.althing.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Randomness by name: what is drawn for one purpose does not depend on what was drawn for others,
 * so that leaving a fault out of a script leaves the rest of the play as it was.
 */
record Draw(long seed) {
  /** A generator of its own for a purpose and its numbers. */
  SplittableRandom of(String purpose, long... numbers) {
    long mixed = mix(seed ^ 0x9e3779b97f4a7c15L);
    for (int i = 0; i < purpose.length(); i++) {
      mixed = mix(mixed ^ purpose.charAt(i));
    }
    for (long number : numbers) {
      mixed = mix(mixed ^ number);
    }
    return new SplittableRandom(mixed);
  }

  /** A duration between two, both included, to the millisecond. */
  Duration between(int leastMillis, int mostMillis, String purpose, long... numbers) {
    return Duration.ofMillis(of(purpose, numbers).nextInt(leastMillis, mostMillis + 1));
  }

  byte[] seedBytes(String purpose, long... numbers) {
    SplittableRandom random = of(purpose, numbers);
    ByteBuffer bytes = ByteBuffer.allocate(32);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong());
    }
    return bytes.array();
  }

  /** Stafford's variant 13 of the finaliser of MurmurHash3. */
  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
    return y ^ (y >>> 31);
  }
}
