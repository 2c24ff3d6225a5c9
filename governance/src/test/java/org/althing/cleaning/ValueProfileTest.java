package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.althing.table.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValueProfileTest {
  private static final Domain NUMBERS = new Domain.Numbers(-1e9, 1e9, false, List.of());

  private static ValueProfile of(List<Double> values, int most) {
    ValueProfile.Tally tally = new ValueProfile.Tally(NUMBERS, most);
    values.forEach(tally::see);
    return tally.told();
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isWhatSortingAllValuesGives(long seed) {
    Random random = new Random(seed);
    List<Double> values = new ArrayList<>();
    int spread = 1 + random.nextInt(500);
    for (int n = 1 + random.nextInt(3000); n > 0; n--) {
      values.add(
          random.nextBoolean() ? random.nextInt(spread) - spread / 2 : random.nextGaussian() * 3);
    }
    List<Double> sorted = values.stream().map(v -> v + 0.0).sorted().toList();
    ValueProfile profile = of(values, 1 << 13);
    assertThat(profile.different()).hasValue(sorted.stream().distinct().count());
    ValueProfile.Order order = profile.order().orElseThrow();
    assertThat(order.least()).isEqualTo(sorted.get(0));
    assertThat(order.greatest()).isEqualTo(sorted.get(sorted.size() - 1));
    assertThat(order.quantiles())
        .isEqualTo(
            ValueProfile.PERCENTS.stream()
                .map(p -> sorted.get((p * sorted.size() + 99) / 100 - 1))
                .toList());
  }

  @Test
  void beyondWhatIsKeptOnlyTheEndsAreKnown() {
    List<Double> values = List.of(5.0, -1.0, 5.0, 3.0, 9.0);
    assertThat(of(values, 4).different()).hasValue(4);
    ValueProfile profile = of(values, 3);
    assertThat(profile.different()).isEqualTo(OptionalLong.empty());
    assertThat(profile.order()).contains(new ValueProfile.Order(-1, List.of(), 9));
  }

  @Test
  void bothZerosAreOneValueAndNoValuesHaveNoOrder() {
    assertThat(of(List.of(0.0, -0.0), 9).different()).hasValue(1);
    assertThat(of(List.of(), 9).order()).isEmpty();
  }
}
