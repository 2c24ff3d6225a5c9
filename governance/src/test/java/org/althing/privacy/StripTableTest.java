package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the proof of exactness asks of the table (ADR 23), in exact numbers. */
class StripTableTest {
  private static final int BITS = 120;

  private static TreeMap<Integer, Integer> entries() {
    TreeMap<Integer, Integer> entries = new TreeMap<>();
    for (int i = 0; i < StripTable.ENTRIES; i++) {
      entries.merge(StripTable.strip(i), 1, Integer::sum);
    }
    return entries;
  }

  @Test
  void everyStripHasItsEntriesAndTheTailThoseOfTwiceItsFirstSection() {
    TreeMap<Integer, Integer> entries = entries();
    for (int strip = 0; strip < StripTable.TAIL; strip++) {
      assertThat(entries.remove(strip)).as("strip %d", strip).isEqualTo(StripTable.count(strip));
    }
    assertThat(entries.remove(StripTable.TAIL))
        .isEqualTo(2 * StripTable.SECTION * StripTable.count(StripTable.TAIL));
    // A higher table would not fit, and few entries name nothing.
    assertThat(entries.get(StripTable.NONE)).isBetween(1, 20);
    assertThat(entries.keySet()).containsExactly(StripTable.NONE);
  }

  /** n_i ≥ K·exp(-x²/2σ²) wherever x may lie in strip i: no acceptance is above 1. */
  @Test
  void noStripIsLowerThanTheDensityInIt() {
    for (long sigma : new long[] {1, 5, 8, 15, 16, 17, 1000, 1 << 20, 1 << 30}) {
      long width = (sigma + StripTable.PER_SIGMA - 1) / StripTable.PER_SIGMA;
      for (int strip = 0; strip <= StripTable.TAIL; strip++) {
        assertThat(scaled(StripTable.count(strip)))
            .as("sigma %d, strip %d", sigma, strip)
            .isGreaterThanOrEqualTo(heightAt(sigma, strip * width));
      }
    }
  }

  /** n_T·2^-j ≥ K·exp(-x²/2σ²) in section j of the tail. */
  @Test
  void theTailFallsFasterThanItsSections() {
    for (long sigma : new long[] {1, 8, 16, 1000, 1 << 30}) {
      long width = (sigma + StripTable.PER_SIGMA - 1) / StripTable.PER_SIGMA;
      for (int j = 0; ; j++) {
        long x = (StripTable.TAIL + (long) StripTable.SECTION * j) * width;
        if (x > 30 * sigma) {
          break;
        }
        assertThat(scaled(StripTable.count(StripTable.TAIL)))
            .as("sigma %d, section %d", sigma, j)
            .isGreaterThanOrEqualTo(heightAt(sigma, x).shiftLeft(j));
      }
    }
  }

  private static BigInteger scaled(int count) {
    return BigInteger.valueOf(count).shiftLeft(BITS);
  }

  private static BigInteger heightAt(long sigma, long x) {
    return new GaussianWeight(sigma)
        .bounds(x, BITS)
        .above()
        .multiply(BigInteger.valueOf(StripTable.HEIGHT));
  }
}
