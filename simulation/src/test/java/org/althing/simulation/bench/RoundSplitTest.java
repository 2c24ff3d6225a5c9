package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundSplitTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void givesTheTimeBeforeALookToWhatTheLookFound() {
    List<RoundSplit.Look> looks =
        List.of(
            look(0, 0), look(60, 0, Activity.NETWORK), look(90, 0, Activity.DISK), look(100, 0));

    RoundSplit split = RoundSplit.of(looks, List.of(round(0, 100)));

    assertThat(split.share(Activity.NETWORK)).isCloseTo(0.6, within(1e-12));
    assertThat(split.share(Activity.DISK)).isCloseTo(0.3, within(1e-12));
    assertThat(split.share(Activity.WAITING)).isCloseTo(0.1, within(1e-12));
    assertThat(split.share(Activity.CRYPTO)).isZero();
  }

  @Test
  void dividesAMomentEvenlyAmongTheThreadsAtWork() {
    RoundSplit split =
        RoundSplit.of(
            List.of(look(0, 0), look(10, 0, Activity.CRYPTO, Activity.CRYPTO, Activity.DISK)),
            List.of(round(0, 10)));

    assertThat(split.share(Activity.CRYPTO)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(split.share(Activity.DISK)).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void leavesOutWhatLiesBetweenRounds() {
    List<RoundSplit.Look> looks =
        List.of(
            look(0, 0),
            look(20, 0, Activity.CRYPTO),
            look(80, 0, Activity.OTHER),
            look(100, 0, Activity.NETWORK));

    RoundSplit split = RoundSplit.of(looks, List.of(round(10, 20), round(80, 110)));

    assertThat(split.share(Activity.OTHER)).isZero();
    assertThat(split.share(Activity.CRYPTO)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(split.share(Activity.NETWORK)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(split.roundMillis()).isCloseTo(20, within(1e-9));
  }

  @Test
  void takesOfTheCpuTimeBetweenLooksTheRoundsPart() {
    List<RoundSplit.Look> looks = List.of(look(0, 1.0), look(100, 1.2), look(200, 1.3));

    RoundSplit split = RoundSplit.of(looks, List.of(round(50, 150)));

    // Half of 200 ms, and half of 100 ms.
    assertThat(split.cpuMillis()).isCloseTo(150, within(1e-6));
  }

  @Test
  void tellsNothingAfterTooFewLooks() {
    List<RoundSplit.Look> few = IntStream.rangeClosed(0, 99).mapToObj(i -> look(i, 0)).toList();
    List<RoundSplit.Look> enough = IntStream.rangeClosed(0, 100).mapToObj(i -> look(i, 0)).toList();

    assertThat(RoundSplit.of(few, List.of(round(0, 500))).isTelling()).isFalse();
    assertThat(RoundSplit.of(enough, List.of(round(0, 500))).isTelling()).isTrue();
  }

  @Test
  void refusesLooksThatSawNoRound() {
    assertThatThrownBy(() -> RoundSplit.of(List.of(look(0, 0)), List.of(round(5, 6))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RoundSplit.Look look(long millis, double cpuSeconds, Activity... active) {
    return new RoundSplit.Look(START.plusMillis(millis), List.of(active), cpuSeconds);
  }

  private static StudyTimes round(long begun, long witnessed) {
    Instant end = START.plusMillis(witnessed);
    return new StudyTimes(START, START.plusMillis(begun), end, end);
  }
}
