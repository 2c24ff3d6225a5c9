package org.althing.privacy;

/** A stream of uniform 64-bit words: the one seam through which randomness reaches a sampler. */
@FunctionalInterface
public interface RandomWords {
  long next();
}
