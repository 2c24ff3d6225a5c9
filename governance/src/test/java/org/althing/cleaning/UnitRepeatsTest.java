package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitRepeatsTest {
  @Test
  void countsHowOftenEachHashCameBefore() {
    Random random = new Random(8);
    UnitRepeats repeats = new UnitRepeats();
    for (int pass = 0; pass < 2; pass++) {
      Map<Long, Integer> before = new HashMap<>();
      for (int i = 0; i < 60_000; i++) {
        // Many that differ in their upper bits alone, and some that come hundreds of times.
        long hash = random.nextBoolean() ? random.nextLong() << 40 : random.nextInt(50);
        int expected = before.merge(hash == 0 ? 1 : hash, 1, Integer::sum) - 1;
        assertThat(repeats.next(hash)).isEqualTo(expected);
      }
      repeats.clear();
    }
  }
}
