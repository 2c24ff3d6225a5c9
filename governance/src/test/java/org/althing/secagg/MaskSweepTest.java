package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskSweepTest {
  private static Secret seed(int of) {
    byte[] bytes = new byte[32];
    new Random(of).nextBytes(bytes);
    return Secret.copying(bytes);
  }

  /** Around one and two tiles, so that a stream that restarts or skips at a border shows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 2047, 2048, 2049, 4096, 5000})
  void aSweepAddsAndSubtractsWholeKeyStreams(int length) {
    long[] swept = new Random(3).longs(length).toArray();
    long[] expected = swept.clone();
    long[] first = words(seed(1), length);
    long[] second = words(seed(2), length);
    for (int i = 0; i < length; i++) {
      expected[i] += first[i] - second[i];
    }
    new MaskSweep().add(seed(1)).subtract(seed(2)).over(swept);
    assertThat(swept).isEqualTo(expected);
  }

  private static long[] words(Secret seed, int length) {
    long[] words = new long[length];
    ByteBuffer.wrap(new KeyStream(seed).next(8 * length))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(words);
    return words;
  }

  @Test
  void oppositeMasksCancel() {
    long[] vector = new Random(4).longs(3000).toArray();
    long[] swept = vector.clone();
    new MaskSweep().add(seed(1)).over(swept);
    assertThat(swept).isNotEqualTo(vector);
    new MaskSweep().subtract(seed(1)).over(swept);
    assertThat(swept).isEqualTo(vector);
  }
}
