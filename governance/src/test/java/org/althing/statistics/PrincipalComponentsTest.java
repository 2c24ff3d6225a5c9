package org.althing.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.release.PaperFederation;
import org.althing.statistics.PrincipalComponents.Component;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrincipalComponentsTest {
  /** Eigenvalues 2.2, 1.1, 0.5 and 0.2, about. */
  private static final double[][] RELATED = {
    {1, 0.75, 0.4, 0.1}, {0.75, 1, 0.5, -0.1}, {0.4, 0.5, 1, -0.3}, {0.1, -0.1, -0.3, 1}
  };

  private static PrincipalComponents of(double[][] matrix, double n, double deviation) {
    double[] means = new double[matrix.length];
    double[] variances = new double[matrix.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = 0.3 * i - 0.2;
      variances[i] = 0.1 + 0.05 * i;
    }
    List<String> names = IntStream.range(0, means.length).mapToObj(i -> "x" + i).toList();
    return new ComponentDecoder(
            names, new CorrelationErrors(n, deviation, means, variances, matrix))
        .components();
  }

  private static double[] values(List<Measure> measures) {
    return measures.stream().mapToDouble(Measure::value).toArray();
  }

  @Test
  void numbersThatAllCorrelateAlikeHaveOneComponentOfKnownSize() {
    double[][] alike = {{1, 0.4, 0.4}, {0.4, 1, 0.4}, {0.4, 0.4, 1}};
    PrincipalComponents found = of(alike, 1e6, 0);
    assertThat(values(found.components().stream().map(Component::eigenvalue).toList()))
        .containsExactly(new double[] {1.8, 0.6, 0.6}, within(1e-12));
    assertThat(found.components().get(0).share().value()).isCloseTo(0.6, within(1e-12));
    assertThat(found.above()).isEqualTo(1);
    assertThat(values(found.components().get(0).loadings()))
        .containsExactly(
            new double[] {Math.sqrt(0.6), Math.sqrt(0.6), Math.sqrt(0.6)}, within(1e-12));
    assertThat(found.components().get(1).loadings()).isEmpty();
  }

  @Test
  void twoPairsThatHaveNothingToDoWithEachOtherAreTwoComponents() {
    double[][] pairs = {{1, -0.8, 0, 0}, {-0.8, 1, 0, 0}, {0, 0, 1, 0.5}, {0, 0, 0.5, 1}};
    PrincipalComponents found = of(pairs, 5000, 5);
    assertThat(found.above()).isEqualTo(2);
    double first = Math.sqrt(0.9);
    double second = Math.sqrt(0.75);
    assertThat(values(found.components().get(0).loadings()))
        .containsExactly(new double[] {first, -first, 0, 0}, within(1e-12));
    assertThat(values(found.components().get(1).loadings()))
        .containsExactly(new double[] {0, 0, second, second}, within(1e-12));
  }

  @Test
  void loadingsOfAllComponentsWouldMakeTheMatrixAgain() {
    PrincipalComponents found = of(RELATED, 1e6, 1);
    double[][] explained = new double[4][4];
    for (Component component : found.components().subList(0, found.above())) {
      double[] loadings = values(component.loadings());
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          explained[i][j] += loadings[i] * loadings[j];
        }
      }
    }
    double left =
        found.components().stream()
            .skip(found.above())
            .mapToDouble(c -> c.eigenvalue().value())
            .max()
            .orElseThrow();
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(explained[i][j]).isCloseTo(RELATED[i][j], within(left));
      }
    }
    assertThat(found.components().stream().mapToDouble(c -> c.share().value()).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void theSameNumbersGiveTheSameBitsAgain() {
    assertThat(of(RELATED, 700, 40)).isEqualTo(of(RELATED, 700, 40));
  }

  /** Two ways to one number: here by general weights, there by the formula of one entry. */
  @Test
  void errorsOfOneEntryAreThoseOfItsCorrelation() {
    RecordBatch rows = rows(new Random(5), RELATED, 800);
    StatisticsFindings found = PaperFederation.noisy(1, 3).run(question(4, 20), List.of(rows));
    Correlations.Entry entry =
        found.correlations().orElseThrow().entries().get(0).get(2).orElseThrow();
    Statistics question = question(4, 20);
    double[] sums = PaperFederation.noisy(1, 3).releases(question, List.of(rows)).get(0).values(2);
    double deviation =
        PaperFederation.noisy(1, 3).releases(question, List.of(rows)).get(0).noiseDeviation(2);
    double n = sums[0];
    double[] means = IntStream.range(0, 4).mapToDouble(i -> sums[1 + i] / n).toArray();
    int[] squares = {5, 9, 12, 14};
    double[] variances =
        IntStream.range(0, 4)
            .mapToDouble(i -> 1 + sums[squares[i]] / n - means[i] * means[i])
            .toArray();
    double[][] matrix = new double[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        matrix[i][j] =
            found
                .correlations()
                .orElseThrow()
                .entries()
                .get(i)
                .get(j)
                .orElseThrow()
                .correlation()
                .value();
      }
    }
    double[][] weights = new double[4][4];
    weights[0][2] = 0.5;
    weights[2][0] = 0.5;
    Measure general =
        new CorrelationErrors(n, deviation, means, variances, matrix)
            .measure(matrix[0][2], weights);
    Measure own = entry.correlation();
    assertThat(general.noiseDeviation())
        .isCloseTo(own.noiseDeviation(), within(0.02 * own.noiseDeviation()));
    assertThat(general.samplingDeviation())
        .isCloseTo(own.samplingDeviation(), within(0.02 * own.samplingDeviation()));
  }

  private static Statistics question(int columns, double rho) {
    List<String> names = IntStream.range(0, columns).mapToObj(i -> "x" + i).toList();
    Schema schema =
        new Schema(
            names.stream()
                .map(name -> new Column(name, new Domain.Numbers(-4, 4, false, List.of())))
                .toList());
    return new Statistics(
        schema, new Request(List.of(), List.of(), names, List.of()), Rho.roundedUp(rho));
  }

  /** Of a normal population with this correlation matrix, within four deviations. */
  private static RecordBatch rows(Random random, double[][] matrix, int size) {
    double[][] root = new CholeskyDecomposition(new Array2DRowRealMatrix(matrix)).getL().getData();
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < size; r++) {
      double[] z = new double[matrix.length];
      for (int i = 0; i < z.length; i++) {
        z[i] = random.nextGaussian();
      }
      List<String> row = new ArrayList<>();
      for (int i = 0; i < z.length; i++) {
        double x = 0;
        for (int j = 0; j <= i; j++) {
          x += root[i][j] * z[j];
        }
        row.add(String.valueOf(Math.max(-4, Math.min(4, x))));
      }
      rows.add(row);
    }
    Schema schema =
        new Schema(
            IntStream.range(0, matrix.length)
                .mapToObj(i -> new Column("x" + i, new Domain.Numbers(-4, 4, false, List.of())))
                .toList());
    return Batches.of(schema, 0, rows);
  }

  /** Noise above the sampling error and far below. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 50})
  void intervalsHoldTheSharesOfThePopulation(double rho) {
    int runs = 500;
    EigenDecomposition truth = new EigenDecomposition(new Array2DRowRealMatrix(RELATED));
    double[] eigenvalues = truth.getRealEigenvalues();
    int[] held = new int[4];
    int loadings = 0;
    int firsts = 0;
    for (int run = 0; run < runs; run++) {
      RecordBatch rows = rows(new Random(3000 + run), RELATED, 800);
      PrincipalComponents found =
          PaperFederation.noisy(1, 9_000L + run)
              .run(question(4, rho), List.of(rows))
              .components()
              .orElseThrow();
      for (int k = 0; k < 4; k++) {
        Interval interval = found.components().get(k).total();
        double share = eigenvalues[k] / 4;
        held[k] += interval.low() <= share && share <= interval.high() ? 1 : 0;
      }
      double[] vector = truth.getEigenvector(0).toArray();
      double sign = Arrays.stream(vector).sum() < 0 ? -1 : 1;
      List<Measure> first = found.components().get(0).loadings();
      for (int i = 0; i < first.size(); i++) {
        double loading = sign * Math.sqrt(eigenvalues[0]) * vector[i];
        Interval interval = Interval.of(first.get(i));
        loadings += interval.low() <= loading && loading <= interval.high() ? 1 : 0;
        firsts++;
      }
    }
    System.out.printf(
        "coverage of 95 %% intervals of components at rho %s: shares %s of %d, loadings %d of %d%n",
        rho, Arrays.toString(held), runs, loadings, firsts);
    for (int each : held) {
      assertThat((double) each / runs).isBetween(0.92, 0.98);
    }
    assertThat((double) loadings / firsts).isBetween(0.92, 0.98);
  }

  /** By noise alone: the records stay the same, their own components are the truth. */
  @Test
  void noiseMovesAShareAsFarAsItsDeviationSays() {
    RecordBatch rows = rows(new Random(8), RELATED, 800);
    PrincipalComponents exact =
        PaperFederation.exact().run(question(4, 900), List.of(rows)).components().orElseThrow();
    int runs = 500;
    double[] squares = new double[4];
    for (int run = 0; run < runs; run++) {
      PrincipalComponents found =
          PaperFederation.noisy(1, 500L + run)
              .run(question(4, 2), List.of(rows))
              .components()
              .orElseThrow();
      for (int k = 0; k < 4; k++) {
        Measure share = found.components().get(k).share();
        double moved = share.value() - exact.components().get(k).share().value();
        squares[k] += Math.pow(moved / share.noiseDeviation(), 2) / runs;
      }
    }
    System.out.println("moved by deviations, squared: " + Arrays.toString(squares));
    for (double each : squares) {
      assertThat(each).isBetween(0.8, 1.25);
    }
  }

  /** At most 5 % of releases over unrelated numbers show a component, as promised. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 50})
  void unrelatedNumbersShowNoComponent(double rho) {
    double[][] identity = new double[5][5];
    for (int i = 0; i < 5; i++) {
      identity[i][i] = 1;
    }
    int runs = 1000;
    int asked = 0;
    int shown = 0;
    for (int run = 0; run < runs; run++) {
      RecordBatch rows = rows(new Random(100_000L + run), identity, 600);
      StatisticsFindings found =
          PaperFederation.noisy(1, 7_000_000L + run).run(question(5, rho), List.of(rows));
      asked += found.components().isPresent() ? 1 : 0;
      shown += found.components().filter(c -> c.above() > 0).isPresent() ? 1 : 0;
    }
    System.out.printf("unrelated at rho %s: %d of %d show a component%n", rho, shown, asked);
    assertThat(asked).isGreaterThan(runs / 2);
    assertThat((double) shown / asked).isLessThan(0.07);
  }

  @Test
  void twoColumnsHaveNoComponentsBesideTheirCorrelation() {
    double[][] two = {{1, 0.5}, {0.5, 1}};
    RecordBatch rows = rows(new Random(1), two, 300);
    StatisticsFindings found = PaperFederation.noisy(1, 1).run(question(2, 20), List.of(rows));
    assertThat(found.correlations()).isPresent();
    assertThat(found.components()).isEmpty();
  }
}
