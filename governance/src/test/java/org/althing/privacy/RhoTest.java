package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RhoTest {
  private static final BigDecimal PICO = new BigDecimal("1e-12");

  /** Against the double's exact value, of which .1 is a little more than a tenth. */
  @Test
  void aCostIsRoundedUpAndABudgetDown() {
    assertThat(Rho.roundedUp(.1)).isEqualTo(new Rho(100_000_000_001L));
    assertThat(Rho.roundedDown(.1)).isEqualTo(new Rho(100_000_000_000L));
    assertThat(Rho.roundedUp(.25)).isEqualTo(Rho.roundedDown(.25));
    assertThat(Rho.roundedUp(Double.MIN_VALUE)).isEqualTo(new Rho(1));
    assertThat(Rho.roundedDown(Double.MIN_VALUE)).isEqualTo(Rho.ZERO);
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double real = Math.exp(random.nextDouble() * 40 - 28);
      BigDecimal exact = new BigDecimal(real);
      BigDecimal up = BigDecimal.valueOf(Rho.roundedUp(real).pico(), 12);
      BigDecimal down = BigDecimal.valueOf(Rho.roundedDown(real).pico(), 12);
      assertThat(up).isBetween(exact, exact.add(PICO));
      assertThat(down).isBetween(exact.subtract(PICO), exact);
    }
  }

  @Test
  void theSumOfAnySplitIsTheWhole() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      Rho whole = new Rho(random.nextLong() >>> 1 + random.nextInt(60));
      Rho left = whole;
      Rho sum = Rho.ZERO;
      while (left.pico() > 0) {
        Rho part = new Rho(Math.min(left.pico(), random.nextLong() >>> 1 + random.nextInt(62)));
        left = left.minus(part);
        sum = part.plus(sum);
      }
      assertThat(sum).isEqualTo(whole);
    }
  }

  /** A cost below zero would fill a budget up again; one that wraps around would as well. */
  @Test
  void noCostIsNegativeOrWrapsAround() {
    Rho most = new Rho(Long.MAX_VALUE);
    assertThatIllegalArgumentException().isThrownBy(() -> new Rho(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rho(5).minus(new Rho(6)));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(new Rho(1)));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.times(2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-300, -10, 1.0000001e6, Double.NaN, Double.POSITIVE_INFINITY})
  void noRealNumberOutOfRangeIsACost(double real) {
    assertThatIllegalArgumentException().isThrownBy(() -> Rho.roundedUp(real));
    assertThatIllegalArgumentException().isThrownBy(() -> Rho.roundedDown(real));
  }

  @Test
  void nothingAndAMillionAreCosts() {
    assertThat(Rho.roundedUp(0)).isEqualTo(Rho.ZERO);
    assertThat(Rho.roundedDown(1e6)).isEqualTo(new Rho(1_000_000_000_000_000_000L));
  }
}
