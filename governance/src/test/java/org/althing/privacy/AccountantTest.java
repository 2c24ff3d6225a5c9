package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountantTest {
  /** privacy §3 and §10, computed independently with mpmath. */
  @ParameterizedTest
  @CsvSource({
    ".0001, 1e-5, .045047",
    ".001, 1e-5, .157335",
    ".01, 1e-5, .545726",
    ".1, 1e-5, 1.914239",
    "1, 1e-5, 7.077197",
    "5, 1e-5, 19.047260",
    ".001, 1e-6, .182895",
    ".05, 1e-6, 1.471595",
    ".025, 1e-6, 1.014074254727",
    ".01, 1e-8, .752326",
    "1, 1e-9, 9.521464"
  })
  void epsilonIsThePublishedConversion(double rho, double delta, double epsilon) {
    assertThat(Accountant.epsilonFor(Rho.roundedDown(rho), delta)).isCloseTo(epsilon, within(6e-7));
  }

  /** The table of privacy §3: target ε to ρ. */
  @ParameterizedTest
  @CsvSource({
    ".1, 1e-5, .00043299",
    ".5, 1e-5, .00850553",
    "1, 1e-5, .03055660",
    "3, 1e-5, .22424917",
    "10, 1e-5, 1.78269562",
    ".1, 1e-6, .00032105",
    "1, 1e-6, .0243559703595",
    "8, 1e-6, 1.05235800"
  })
  void rhoIsThePublishedConversion(double epsilon, double delta, double rho) {
    assertThat(Accountant.rhoFor(epsilon, delta).toDouble()).isCloseTo(rho, within(6e-9));
  }

  @ParameterizedTest
  @CsvSource({".01, 1e-5", ".3, 1e-6", "1, 1e-5", "2.5, 1e-9", "20, 1e-3"})
  void rhoIsTheMostThatKeepsTheEpsilon(double epsilon, double delta) {
    Rho rho = Accountant.rhoFor(epsilon, delta);
    assertThat(Accountant.epsilonFor(rho, delta)).isLessThanOrEqualTo(epsilon);
    assertThat(Accountant.epsilonFor(rho.plus(new Rho(20)), delta)).isGreaterThan(epsilon);
  }
}
