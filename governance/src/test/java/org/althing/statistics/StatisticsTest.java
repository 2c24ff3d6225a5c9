package org.althing.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.release.Release;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;
import org.althing.vector.Block;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatisticsTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0, 60.0))),
              new Column("bp", new Domain.Numbers(60, 260, true, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes", "very")))));

  private static final Request EVERYTHING =
      new Request(
          List.of(),
          List.of("age", "bp"),
          List.of("bp", "age"),
          List.of(new Request.Pair("sex", "age"), new Request.Pair("age", "ill")));

  private static Statistics statistics(double rho) {
    return new Statistics(SCHEMA, EVERYTHING, Rho.roundedUp(rho));
  }

  private static StatisticsFindings exact(RecordBatch rows) {
    Release release = PaperFederation.exact().releases(statistics(900), List.of(rows)).get(0);
    List<NoisyBlock> blocks = new ArrayList<>();
    for (int b = 0; b < release.spec().noise().sigmas().size(); b++) {
      blocks.add(new NoisyBlock(release.values(b), 0));
    }
    return statistics(900).findings(blocks);
  }

  /** A table with faults in every column and numbers that hang together. */
  private static RecordBatch table(long seed, int size) {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int age = random.nextInt(101);
      int bp = 60 + Math.min(200, random.nextInt(101) + age);
      rows.add(
          List.of(
              faulty(random, random.nextBoolean() ? "f" : "m"),
              faulty(random, String.valueOf(age)),
              faulty(random, String.valueOf(bp)),
              faulty(random, List.of("no", "yes", "very").get(random.nextInt(3)))));
    }
    return Batches.of(SCHEMA, 0, rows);
  }

  private static String faulty(Random random, String value) {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> "?";
      case 2 -> "1e9";
      default -> value;
    };
  }

  private static int[] ok(RecordBatch rows, int... columns) {
    return IntStream.range(0, rows.rows())
        .filter(r -> Arrays.stream(columns).allMatch(c -> rows.verdict(c, r) == Verdict.OK))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsWithoutNoiseAreThoseOfTheTable(long seed) {
    RecordBatch rows = table(seed, (int) (30 * seed));
    StatisticsFindings found = exact(rows);
    assertThat(found.rows().value()).isEqualTo(rows.rows());
    for (int c = 0; c < 4; c++) {
      int column = c;
      ColumnStatistics statistics = found.columns().get(c);
      long missing =
          IntStream.range(0, rows.rows())
              .mapToObj(r -> rows.verdict(column, r))
              .filter(v -> v == Verdict.MISSING || v == Verdict.SENTINEL)
              .count();
      assertThat(statistics.validity().valid().value()).isEqualTo(ok(rows, c).length);
      assertThat(statistics.validity().missing().value()).isEqualTo(missing);
      assertThat(statistics.validity().invalid().value())
          .isEqualTo(rows.rows() - missing - ok(rows, c).length);
      for (int cell = 0; cell < SCHEMA.columns().get(c).domain().cells(); cell++) {
        int declared = cell;
        assertThat(statistics.cells().get(cell).count().value())
            .isEqualTo(
                Arrays.stream(ok(rows, c)).filter(r -> rows.cell(column, r) == declared).count());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void quantilesWithoutNoiseAreThoseOfTheTable(long seed) {
    RecordBatch rows = table(seed, (int) (40 * seed));
    StatisticsFindings found = exact(rows);
    for (int c : new int[] {1, 2}) {
      double[] sorted =
          Arrays.stream(ok(rows, c)).mapToDouble(r -> rows.number(c, r)).sorted().toArray();
      for (Quantile quantile : found.columns().get(c).quantiles()) {
        int rank = (int) Math.ceil(quantile.level() * sorted.length);
        assertThat(quantile.value()).isEqualTo(sorted[Math.max(0, rank - 1)]);
        assertThat(quantile.noise()).isEqualTo(new Interval(quantile.value(), quantile.value()));
      }
    }
    double[] ranges =
        found.columns().get(2).cells().stream().mapToDouble(cell -> cell.count().value()).toArray();
    assertThat(Arrays.stream(ranges).sum()).isEqualTo(ok(rows, 2).length);
    assertThat(found.columns().get(2).cells().get(0).cell()).isEqualTo("60 to 72");
    assertThat(ranges[0])
        .isEqualTo(Arrays.stream(ok(rows, 2)).filter(r -> rows.number(2, r) <= 72).count());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void momentsAndCorrelationsWithoutNoiseAreThoseOfTheTable(long seed) {
    RecordBatch rows = table(seed, (int) (100 + 40 * seed));
    StatisticsFindings found = exact(rows);
    for (int c : new int[] {1, 2}) {
      Domain.Numbers range = (Domain.Numbers) SCHEMA.columns().get(c).domain();
      double grain = (range.maximum() - range.minimum()) / 2 / 8192;
      double[] values = Arrays.stream(ok(rows, c)).mapToDouble(r -> rows.number(c, r)).toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
      Moments moments = found.columns().get(c).moments().orElseThrow();
      assertThat(moments.mean().value()).isCloseTo(mean, within(grain));
      assertThat(moments.mean().samplingDeviation())
          .isCloseTo(Math.sqrt(variance / values.length), within(grain));
      Moments.Spread spread = moments.spread().orElseThrow();
      assertThat(spread.standardDeviation().value())
          .isCloseTo(Math.sqrt(variance), within(2 * grain));
      assertThat(spread.variance().value())
          .isCloseTo(Math.pow(spread.standardDeviation().value(), 2), within(1e-6));
      double fourth = Arrays.stream(values).map(v -> Math.pow(v - mean, 4)).average().orElseThrow();
      double sampling =
          Math.sqrt((fourth - variance * variance) / values.length) / 2 / Math.sqrt(variance);
      assertThat(spread.samplingDeviation().orElseThrow()).isCloseTo(sampling, within(5 * grain));
    }
    int[] complete = ok(rows, 1, 2);
    Correlations correlations = found.correlations().orElseThrow();
    assertThat(correlations.complete().value()).isEqualTo(complete.length);
    double r = correlations.entries().get(0).get(1).orElseThrow().correlation().value();
    assertThat(r).isCloseTo(correlation(rows, complete), within(1e-3));
  }

  private static double correlation(RecordBatch rows, int[] complete) {
    double[] age = Arrays.stream(complete).mapToDouble(r -> rows.number(1, r)).toArray();
    double[] bp = Arrays.stream(complete).mapToDouble(r -> rows.number(2, r)).toArray();
    return new PearsonsCorrelation().correlation(age, bp);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void crossTablesWithoutNoiseCountEveryRecordOnce(long seed) {
    RecordBatch rows = table(seed, 150);
    CrossTable table = exact(rows).tables().get(0);
    assertThat(table.rowNames()).containsExactly("f", "m", CrossTable.OTHER);
    assertThat(table.columnNames())
        .containsExactly("< 40", "40 \u2013 60", "\u2265 60", CrossTable.OTHER);
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        int wantedRow = r;
        int wantedColumn = c;
        long expected =
            IntStream.range(0, rows.rows())
                .filter(i -> (rows.cell(0, i) < 0 ? 2 : rows.cell(0, i)) == wantedRow)
                .filter(i -> (rows.cell(1, i) < 0 ? 3 : rows.cell(1, i)) == wantedColumn)
                .count();
        assertThat(table.counts().get(r).get(c).value()).isEqualTo(expected);
      }
    }
  }

  @Test
  void everyCoordinateHasTheSameNoiseInUnitsOfValue() {
    Release release =
        PaperFederation.exact().releases(statistics(0.1), List.of(table(1, 10))).get(0);
    // Shares are rounded up to whole steps, of which counts have 8 at least.
    // 4 histograms, 2 powers, 2 trees of 4 levels, 2 tables, 1 + 2·3/2 products.
    double expected = Math.sqrt((4 + 2 + 8 + 2 + 4) / 0.2);
    for (int b = 0; b < 5; b++) {
      assertThat(release.noiseDeviation(b)).isBetween(expected, 1.13 * expected);
    }
  }

  /** The bounds are no larger than they must be: some record comes within 1 % of each. */
  @Test
  void someRecordAttainsEveryBound() {
    NoisePlan plan = NoisePlan.calibrate(statistics(900).releases().get(0).blocks(), 1, 1);
    RecordBatch row = Batches.of(SCHEMA, 0, List.of(List.of("f", "100", "260", "no")));
    long[] moved = sum(plan, row, 0, 1);
    for (int b = 0; b < plan.sigmas().size(); b++) {
      Block block = plan.shape().blocks().get(b);
      double squares =
          IntStream.range(plan.shape().offset(b), plan.shape().offset(b + 1))
              .mapToDouble(i -> (double) moved[i] * moved[i])
              .sum();
      assertThat(squares / block.recordL2Squared()).as(block.name()).isBetween(0.99, 1.0);
    }
  }

  private static long[] sum(NoisePlan plan, RecordBatch rows, int from, int to) {
    ContributionSum sum = new ContributionSum(plan);
    for (int row = from; row < to; row++) {
      statistics(900).query(0, List.of()).over(rows).add(row, sum);
    }
    return OpenedSums.exact(sum);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void removingAUnitOfSeveralRowsMovesEachBlockByAtMostTheirNumberTimesTheBound(long seed) {
    int rowsPerUnit = 3;
    NoisePlan plan =
        NoisePlan.calibrate(statistics(0.2).releases().get(0).blocks(), rowsPerUnit, 2);
    RecordBatch rows = Batches.hostile(SCHEMA, seed, 30);
    long[] all = sum(plan, rows, 0, 30);
    for (int first = 0; first + rowsPerUnit <= 30; first++) {
      long[] before = sum(plan, rows, 0, first);
      long[] after = sum(plan, rows, first + rowsPerUnit, 30);
      for (int b = 0; b < plan.sigmas().size(); b++) {
        double squares = 0;
        for (int i = plan.shape().offset(b); i < plan.shape().offset(b + 1); i++) {
          squares += Math.pow(all[i] - before[i] - after[i], 2);
        }
        assertThat(squares)
            .isLessThanOrEqualTo(9.0 * plan.shape().blocks().get(b).recordL2Squared());
      }
    }
  }

  @Test
  void refusesMoreRowsOfAUnitThanItsNoiseCovers() {
    NoisePlan plan = NoisePlan.calibrate(statistics(0.2).releases().get(0).blocks(), 1, 2);
    RecordBatch one = Batches.of(SCHEMA, 7, List.of(List.of("f", "30", "120", "no")));
    ContributionSum sum = new ContributionSum(plan);
    statistics(0.2).query(0, List.of()).over(one).add(0, sum);
    assertThatThrownBy(() -> statistics(0.2).query(0, List.of()).over(one).add(0, sum))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than 1 rows");
  }

  @Test
  void fewRecordsUnderMuchNoiseHaveCountsButNothingThatDividesByThem() {
    StatisticsFindings found =
        PaperFederation.noisy(1, 5).run(statistics(1e-4), List.of(table(1, 20)));
    assertThat(found.columns()).allMatch(c -> c.moments().isEmpty() && c.quantiles().isEmpty());
    assertThat(found.correlations().orElseThrow().entries().get(0).get(1)).isEmpty();
  }

  @Test
  void correlationMatrixUnderNoiseIsThatOfSomeData() {
    Schema schema =
        new Schema(
            IntStream.range(0, 5)
                .mapToObj(i -> new Column("x" + i, new Domain.Numbers(-1, 1, false, List.of())))
                .toList());
    List<List<String>> rows = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 3000; i++) {
      String one = String.valueOf(2 * random.nextDouble() - 1);
      String other = String.valueOf(2 * random.nextDouble() - 1);
      rows.add(List.of(one, one, other, other, one));
    }
    Request request =
        new Request(List.of(), List.of(), List.of("x0", "x1", "x2", "x3", "x4"), List.of());
    Statistics question = new Statistics(schema, request, Rho.roundedUp(0.05));
    for (long seed = 1; seed <= 20; seed++) {
      Correlations found =
          PaperFederation.noisy(1, seed)
              .run(question, List.of(Batches.of(schema, 0, rows)))
              .correlations()
              .orElseThrow();
      double[][] matrix = new double[5][5];
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5; j++) {
          matrix[i][j] = found.entries().get(i).get(j).orElseThrow().correlation().value();
          assertThat(matrix[i][j]).isBetween(-1.0, 1.0);
          assertThat(found.entries().get(j).get(i)).isEqualTo(found.entries().get(i).get(j));
        }
      }
      var eigen = new EigenDecomposition(new Array2DRowRealMatrix(matrix));
      assertThat(Arrays.stream(eigen.getRealEigenvalues()).min().orElseThrow())
          .isGreaterThan(-1e-9);
    }
  }

  @Test
  void refusesWhatNoDataCouldAnswer() {
    Request.Pair pair = new Request.Pair("sex", "bp");
    Request crossed = new Request(List.of(), List.of(), List.of(), List.of(pair));
    assertThatThrownBy(() -> new Statistics(SCHEMA, crossed, Rho.roundedUp(1)))
        .hasMessageContaining("column bp has no cells");
    Request quantile = new Request(List.of(), List.of("sex"), List.of(), List.of());
    assertThatThrownBy(() -> new Statistics(SCHEMA, quantile, Rho.roundedUp(1)))
        .hasMessageContaining("column sex has no declared range");
  }
}
