package org.althing.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.althing.model.Adult;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Quantiles of age and weekly hours over the four sectors of the Adult data, with noise as in a
 * federation of 4 with shares for 2 honest survivors; skipped where the data are not on the
 * machine.
 */
final class AdultQuantilesTest {
  private static final int SEEDS = 5;

  /** ρ of ε = 1 and 0.2 at δ = 10⁻⁵; the seeds are fixed. */
  @ParameterizedTest
  @CsvSource({"1, 0.03055660, 1", "0.2, 0.00138, 3"})
  void quartilesAreWithinFewWholeNumbersOfTheExactOnes(double epsilon, double rho, double most) {
    Adult adult = Adult.load(false);
    List<RecordBatch> nodes = adult.train();
    List<String> names = List.of("age", "hours-per-week");
    Statistics statistics =
        new Statistics(
            nodes.get(0).schema(),
            new Request(names, names, List.of(), List.of()),
            Rho.roundedDown(rho));
    for (int c = 0; c < names.size(); c++) {
      double[] exact = sorted(nodes, names.get(c));
      double worst = 0;
      for (long seed = 1; seed <= SEEDS; seed++) {
        StatisticsFindings found = PaperFederation.noisy(2, seed).run(statistics, nodes);
        for (Quantile quantile : found.columns().get(c).quantiles()) {
          if (quantile.level() >= 0.25 && quantile.level() <= 0.75) {
            int rank = (int) Math.ceil(quantile.level() * exact.length);
            worst = Math.max(worst, Math.abs(quantile.value() - exact[rank - 1]));
          }
        }
      }
      System.out.printf(
          Locale.ROOT,
          "Adult, quartiles of %s, \u03b5 = %s: at most %.0f off in %d runs%n",
          names.get(c),
          epsilon,
          worst,
          SEEDS);
      assertThat(worst).isLessThanOrEqualTo(most);
    }
  }

  private static double[] sorted(List<RecordBatch> nodes, String name) {
    return nodes.stream()
        .flatMapToDouble(
            batch -> {
              int column = batch.schema().indexOf(name);
              return IntStream.range(0, batch.rows())
                  .filter(row -> batch.verdict(column, row) == Verdict.OK)
                  .mapToDouble(row -> batch.number(column, row));
            })
        .sorted()
        .toArray();
  }
}
