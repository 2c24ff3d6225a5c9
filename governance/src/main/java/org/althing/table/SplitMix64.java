package org.althing.table;

/** The increment and the finaliser of SplitMix64 (Steele, Lea and Flood 2014, Fig. 17). */
public final class SplitMix64 {
  public static final long GAMMA = 0x9e3779b97f4a7c15L;

  private SplitMix64() {}

  /** Every bit of the result depends on every bit of {@code z}; a bijection. */
  public static long mixed(long z) {
    long first = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
    return second ^ (second >>> 31);
  }
}
