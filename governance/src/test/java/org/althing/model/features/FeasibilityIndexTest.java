package org.althing.model.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.althing.model.features.FeasibilityIndex.Band;
import org.althing.privacy.Rho;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeasibilityIndexTest {
  /** Privacy §5: 22,621 records, 104 coordinates, R = √14, ε = 0.1 at δ = 10⁻⁵ (ρ ≈ 4.4·10⁻⁴). */
  @Test
  void equalsTheWorkedExample() {
    var index = FeasibilityIndex.of(22_621, Rho.roundedUp(4.4e-4), Math.sqrt(14), 104);
    assertThat(index.value()).isCloseTo(17, within(0.6));
    assertThat(index.band()).isEqualTo(Band.GOOD);
    assertThat(index.withExcessVariance(4).value()).isEqualTo(index.value() / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, NO_BETTER_THAN_GUESSING",
    "1.99, NO_BETTER_THAN_GUESSING",
    "2, WEAK",
    "4, USABLE",
    "9, GOOD",
    "20, NEAR_NON_PRIVATE"
  })
  void bandsStartAtTheirLowerBound(double value, Band band) {
    assertThat(new FeasibilityIndex(value).band()).isEqualTo(band);
  }

  @Test
  void isThatOfFewerPeopleWhereOneClassIsRare() {
    FeasibilityIndex even = FeasibilityIndex.of(10_000, Rho.roundedUp(0.03), 2, 50);
    assertThat(even.ofPositives(0.5)).isEqualTo(even);
    assertThat(even.ofPositives(0.01).value()).isCloseTo(even.value() * 0.0396, within(1e-9));
    assertThat(even.ofPositives(0.99).value())
        .isCloseTo(even.ofPositives(0.01).value(), within(1e-9));
  }

  @Test
  void isZeroWithoutRecordsOrBudget() {
    assertThat(FeasibilityIndex.of(0, Rho.roundedUp(1), 1, 1).value()).isZero();
    assertThat(FeasibilityIndex.of(100, Rho.ZERO, 1, 1).value()).isZero();
  }
}
