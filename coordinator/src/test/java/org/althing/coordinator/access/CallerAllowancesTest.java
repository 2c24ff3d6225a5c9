package org.althing.coordinator.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks too much waits, then is refused; nobody else notices. */
class CallerAllowancesTest {
  private static final Optional<PeerName> ANNA =
      Optional.of(new PeerName(PeerName.Role.LEAD, "anna"));
  private static final Optional<PeerName> WEST =
      Optional.of(new PeerName(PeerName.Role.NODE, "west"));

  private long now;
  private final CallerAllowances allowances =
      new CallerAllowances(
          new Rate(10, Duration.ofSeconds(1)), Duration.ofSeconds(2), 2, () -> now);

  @Test
  void aBurstIsFreeThenEachWaitsForTheOnesBefore() {
    for (int i = 0; i <= 10; i++) {
      assertThat(allowances.pay(ANNA, 1)).hasValue(0);
    }
    assertThat(allowances.pay(ANNA, 1)).hasValue(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(allowances.pay(ANNA, 1)).hasValue(TimeUnit.MILLISECONDS.toNanos(200));
    assertThat(allowances.pay(WEST, 1)).hasValue(0);
    now += TimeUnit.MILLISECONDS.toNanos(300);
    assertThat(allowances.pay(ANNA, 1)).hasValue(0);
  }

  @Test
  void whoWouldWaitTooLongIsRefusedAndOwesNoMoreForIt() {
    allowances.pay(ANNA, 31);
    assertThat(allowances.pay(ANNA, 1)).isEmpty();
    assertThat(allowances.pay(WEST, 1)).hasValue(0);
    now += TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(allowances.pay(ANNA, 1)).hasValue(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void remembersNoMoreCallersThanItShouldAndForgetsNoDebt() {
    allowances.pay(ANNA, 20);
    allowances.pay(WEST, 1);
    assertThat(allowances.pay(Optional.empty(), 1)).isEmpty();
    now += TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(allowances.pay(Optional.empty(), 1)).as("west owes nothing by now").hasValue(0);
    assertThat(allowances.pay(ANNA, 1).orElseThrow()).isPositive();
  }
}
