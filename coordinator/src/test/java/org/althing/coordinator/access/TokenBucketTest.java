package org.althing.coordinator.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Rate TEN_A_SECOND = new Rate(10, Duration.ofSeconds(1));

  // Close to the end of the range, for a monotonic clock may start anywhere and wrap.
  private long now = Long.MAX_VALUE - SECOND / 2;
  private final TokenBucket bucket = new TokenBucket(TEN_A_SECOND, () -> now);

  @Test
  void letsAWholeBurstThroughAtOnce() {
    bucket.spend(10);
    assertThat(bucket.debtNanos()).isZero();
  }

  @Test
  void waitsForExactlyWhatWasSpentBeyondTheBurst() {
    bucket.spend(13);
    assertThat(bucket.debtNanos()).isEqualTo(3 * SECOND / 10);
    now += 3 * SECOND / 10;
    assertThat(bucket.debtNanos()).isZero();
  }

  @Test
  void isFullAgainAfterItsWindowAndNeverFuller() {
    bucket.spend(10);
    assertThat(bucket.full()).isFalse();
    now += SECOND;
    assertThat(bucket.full()).isTrue();
    now += 1000 * SECOND;
    bucket.spend(11);
    assertThat(bucket.debtNanos()).isEqualTo(SECOND / 10);
  }

  @Test
  void refusesAnEleventhTokenUntilOneHasGrown() {
    for (int i = 0; i < 10; i++) {
      assertThat(bucket.take()).isTrue();
    }
    assertThat(bucket.take()).isFalse();
    now += SECOND / 10 - 1;
    assertThat(bucket.take()).isFalse();
    now += 1;
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isFalse();
  }

  /** Whatever is asked and when, no more passes than the burst and what has grown since. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverLetsMoreThroughThanTheRate(long seed) {
    Random random = new Random(seed);
    TokenBucket odd = new TokenBucket(new Rate(7, Duration.ofNanos(1_000_003)), () -> now);
    long begin = now;
    long taken = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(300_000);
      taken += odd.take() ? 1 : 0;
      assertThat(taken).isLessThanOrEqualTo(7 + Math.floorDiv((now - begin) * 7, 1_000_003L));
    }
    assertThat(taken).isGreaterThan(10_000);
  }

  /**
   * A peer that always waits as told reaches the rate, and passes it by a spending at either end.
   */
  @Test
  void givesThePatientTheWholeRate() {
    long begin = now;
    long spent = 0;
    while (now - begin < 100 * SECOND) {
      now += bucket.debtNanos();
      bucket.spend(3);
      spent += 3;
    }
    assertThat(spent).isBetween(1000L, 1000L + 10 + 2 * 3);
  }

  @Test
  void refusesARateThatLetsNothingThrough() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ZERO));
  }
}
