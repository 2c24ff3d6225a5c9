package org.althing.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether chance is named as often as it strikes, and what is there is found. */
final class AssociationTest {
  private static final int TIMES = 4000;

  /** Records drawn from the joint shares, each count with noise. */
  private static double[][] drawn(double[][] shares, int records, double noise, Random random) {
    double[][] counts = new double[shares.length][shares[0].length];
    for (int i = 0; i < records; i++) {
      double u = random.nextDouble();
      int cell = -1;
      while (u >= 0 && cell + 1 < shares.length * shares[0].length) {
        cell++;
        u -= shares[cell / shares[0].length][cell % shares[0].length];
      }
      counts[cell / shares[0].length][cell % shares[0].length]++;
    }
    for (double[] row : counts) {
      for (int c = 0; c < row.length; c++) {
        row[c] += noise * random.nextGaussian();
      }
    }
    return counts;
  }

  private static double[][] product(double[] rows, double[] columns) {
    double[][] shares = new double[rows.length][columns.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        shares[r][c] = rows[r] * columns[c];
      }
    }
    return shares;
  }

  /** Rows of unlike sizes, the last two small: the one of them is missing. */
  private static double[] rows(int cells) {
    double[] rows = new double[cells];
    double whole = 0;
    for (int r = 0; r < cells; r++) {
      rows[r] = r >= cells - 2 ? 0.02 : 1.0 / (r + 1);
      whole += rows[r];
    }
    for (int r = 0; r < cells; r++) {
      rows[r] /= whole;
    }
    return rows;
  }

  private static final double[] CLASSES = {0.5, 0.3, 0.2};
  private static final double[] TWO = {0.75, 0.25};

  @ParameterizedTest
  @CsvSource({
    "4, 2, 700, 0",
    "4, 2, 700, 5",
    "4, 2, 700, 15",
    "9, 3, 700, 5",
    "9, 3, 3000, 20",
    "12, 2, 3000, 10",
    "12, 3, 2000, 30"
  })
  void columnsThatTellNothingAreSeldomTaken(int cells, int classes, int records, double noise) {
    double[][] shares = product(rows(cells), classes == 2 ? TWO : CLASSES);
    Random random = new Random(5);
    int one = 0;
    int ofTen = 0;
    double mean = 0;
    for (int time = 0; time < TIMES; time++) {
      double[][] counts = drawn(shares, records, noise, random);
      Association found = Association.of(counts, noise, 1);
      one += found.isTold() ? 1 : 0;
      ofTen += Association.of(counts, noise, 10).isTold() ? 1 : 0;
      mean += found.information() / TIMES;
    }
    System.out.printf(
        "chance, %d x %d, %d records, noise %s: %.4f and %.4f told, mean %.5f bits%n",
        cells, classes, records, noise, (double) one / TIMES, (double) ofTen / TIMES, mean);
    assertThat((double) one / TIMES).isBetween(0.03, 0.065);
    assertThat((double) ofTen / TIMES).isLessThan(0.0095);
  }

  @ParameterizedTest
  @CsvSource({"3000, 0", "3000, 5", "3000, 15"})
  void informationIsThatOfThePopulation(int records, double noise) {
    double[][] shares = product(rows(6), CLASSES);
    shares[0][0] -= 0.08;
    shares[0][1] += 0.08;
    shares[1][0] += 0.08;
    shares[1][1] -= 0.04;
    shares[1][2] -= 0.04;
    Random random = new Random(6);
    double mean = 0;
    for (int time = 0; time < TIMES; time++) {
      Association found = Association.of(drawn(shares, records, noise, random), noise, 20);
      assertThat(found.isTold()).isTrue();
      assertThat(found.information()).isGreaterThan(found.informationByChance());
      mean += found.information() / TIMES;
    }
    System.out.printf(
        "information, noise %s: %.4f bits, %.4f found%n", noise, information(shares), mean);
    assertThat(mean).isCloseTo(information(shares), within(0.06 * information(shares)));
  }

  private static double information(double[][] shares) {
    double information = 0;
    for (int r = 0; r < shares.length; r++) {
      for (int c = 0; c < shares[0].length; c++) {
        double row = 0;
        double column = 0;
        for (int i = 0; i < shares[0].length; i++) {
          row += shares[r][i];
        }
        for (double[] each : shares) {
          column += each[c];
        }
        information += shares[r][c] * Math.log(shares[r][c] / row / column) / Math.log(2);
      }
    }
    return information;
  }

  @Test
  void withoutNoiseChiSquaredIsPearsons() {
    // The textbook's 2 × 2: N(ad − bc)² / (row and column sums).
    Association found = Association.of(new double[][] {{30, 10}, {20, 40}}, 0, 1);
    double expected = 100 * Math.pow(30 * 40 - 10 * 20, 2) / (40.0 * 60 * 50 * 50);
    assertThat(found.chiSquared()).isCloseTo(expected, within(1e-9));
    assertThat(found.chiSquaredByChance()).isCloseTo(3.84, within(0.15));
  }

  @Test
  void whatDrownsInNoiseTellsNothing() {
    Association found = Association.of(new double[][] {{3, 1}, {2, 4}}, 100, 1);
    assertThat(found).isEqualTo(new Association(0, 0, 0, 0));
    assertThat(found.isTold()).isFalse();
    assertThat(found.isDrowned()).isTrue();
    assertThat(Association.of(new double[][] {{-5, -900}, {-2, -4}}, 1, 1).isTold()).isFalse();
  }
}
