package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SecretSharingTest {

  /** FIPS 197, section 4.2: {57}·{83} = {c1} and {57}·{13} = {fe}. */
  @Test
  void theFieldIsThatOfFips197() {
    assertThat(Gf256.times(0x57, 0x83)).isEqualTo(0xc1);
    assertThat(Gf256.times(0x57, 0x13)).isEqualTo(0xfe);
  }

  @Test
  void everyNonZeroElementHasAnInverse() {
    for (int a = 1; a < 256; a++) {
      assertThat(Gf256.times(a, Gf256.inverse(a))).isEqualTo(1);
    }
  }

  @Test
  void eightBytesMultiplyAsEachByItself() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long packed = random.nextLong();
      int factor = random.nextInt(256);
      long product = Gf256.timesEach(packed, factor);
      for (int shift = 0; shift < 64; shift += 8) {
        assertThat((int) (product >>> shift) & 255)
            .isEqualTo(Gf256.times((int) (packed >>> shift) & 255, factor));
      }
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyThresholdOfSharesRecoversTheSecret(int seed) {
    Random random = new Random(seed);
    int n = 3 + random.nextInt(seed % 10 == 0 ? 198 : 10);
    int t = 2 + random.nextInt(n - 1);
    long[] secret = random.longs(8).toArray();
    int[] points = IntStream.rangeClosed(1, n).toArray();
    long[][] shares =
        SecretSharing.share(secret.clone(), points, random.longs(8L * (t - 1)).toArray());
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, random);
    List<Integer> chosen = order.subList(0, t);
    int[] weights = SecretSharing.lagrange(chosen.stream().mapToInt(i -> points[i]).toArray(), 0);
    assertThat(SecretSharing.combine(weights, chosen.stream().map(i -> shares[i]).toList()))
        .isEqualTo(secret);
  }

  /**
   * All coefficients, one byte: each pair of shares of two holders occurs for each secret alike.
   */
  @Test
  void fewerThanThresholdSharesAreIndependentOfTheSecret() {
    for (int secret : new int[] {0, 1, 0x80, 0xff}) {
      int[] seen = new int[1 << 16];
      for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
          long[][] shares =
              SecretSharing.share(new long[] {secret}, new int[] {1, 3}, new long[] {a, b});
          seen[(int) (shares[0][0] << 8 | shares[1][0])]++;
        }
      }
      assertThat(Arrays.stream(seen).allMatch(count -> count == 1)).isTrue();
    }
    for (int secret = 0; secret < 256; secret++) {
      int[] seen = new int[256];
      for (int a = 0; a < 256; a++) {
        seen[(int) SecretSharing.share(new long[] {secret}, new int[] {2}, new long[] {a})[0][0]]++;
      }
      assertThat(Arrays.stream(seen).allMatch(count -> count == 1)).isTrue();
    }
  }

  @Test
  void refusesThePointZeroAndRepeatedPoints() {
    assertThatThrownBy(() -> SecretSharing.share(new long[1], new int[] {0}, new long[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecretSharing.lagrange(new int[] {0, 1}, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecretSharing.lagrange(new int[] {2, 2}, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
