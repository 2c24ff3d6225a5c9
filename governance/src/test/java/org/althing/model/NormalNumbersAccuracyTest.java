package org.althing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.LinearModel;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Naive Bayes with numbers taken for normal beside the same with numbers in bins, on the Adult data
 * over four sectors and the heart disease data of four hospitals, δ = 10⁻⁵, all surviving and
 * honest: the case that central figures speak of.
 */
final class NormalNumbersAccuracyTest {
  private static final List<String> ADULT_NUMBERS =
      List.of("age", "education-num", "capital-gain", "capital-loss", "hours-per-week");
  private static final int HONEST = 4;

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.00850553, 0.83, 0.80",
    "1, 0.03055660, 0.83, 0.80",
    "3, 0.22424917, 0.83, 0.80"
  })
  void adultComesNearTheFiguresOfBins(
      double epsilon, double rho, double leastBinned, double leastNormal) {
    Adult adult = Adult.load();
    FeatureSpace cells = adult.features();
    FeatureSpace normal =
        new FeatureSpace(
            cells.schema(), cells.columns(), FeatureSpace.DEFAULT_BUCKETS, ADULT_NUMBERS);
    Rho cost = Rho.roundedDown(rho);
    Scores binned = mean("Adult, bins", epsilon, 5, noisy(cells, adult, cost), adult::score);
    Scores taken = mean("Adult, normal", epsilon, 5, noisy(normal, adult, cost), adult::score);
    assertThat(binned.accuracy()).isGreaterThan(leastBinned - 0.01);
    assertThat(taken.accuracy()).isGreaterThan(leastNormal - 0.01);
  }

  private static Function<Long, LinearModel> noisy(FeatureSpace features, Adult adult, Rho cost) {
    NaiveBayes model = new NaiveBayes(features, adult.label(), cost);
    return seed -> PaperFederation.noisy(HONEST, seed).run(model, adult.train());
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.00850553, 0.65, 0.60",
    "1, 0.03055660, 0.72, 0.68",
    "3, 0.22424917, 0.75, 0.74"
  })
  void heartComesNearTheFiguresOfBins(
      double epsilon, double rho, double leastBinned, double leastNormal) {
    Heart heart = Heart.load();
    Rho cost = Rho.roundedDown(rho);
    Scores binned = mean("heart, bins", epsilon, 20, noisy(heart, List.of(), cost), heart::score);
    Scores taken =
        mean("heart, normal", epsilon, 20, noisy(heart, Heart.NUMBERS, cost), heart::score);
    assertThat(binned.accuracy()).isGreaterThan(leastBinned);
    assertThat(taken.accuracy()).isGreaterThan(leastNormal);
  }

  private static Function<Long, LinearModel> noisy(Heart heart, List<String> normal, Rho cost) {
    NaiveBayes model = new NaiveBayes(heart.features(normal), heart.label(), cost);
    return seed -> PaperFederation.noisy(HONEST, seed).run(model, heart.train());
  }

  private static Scores mean(
      String what,
      double epsilon,
      int seeds,
      Function<Long, LinearModel> fit,
      Function<LinearModel, Scores> score) {
    List<Scores> all = LongStream.rangeClosed(1, seeds).boxed().map(fit).map(score).toList();
    double accuracy = all.stream().mapToDouble(Scores::accuracy).average().orElseThrow();
    double auc = all.stream().mapToDouble(Scores::auc).average().orElseThrow();
    double spread =
        Math.sqrt(
            all.stream()
                    .mapToDouble(s -> (s.accuracy() - accuracy) * (s.accuracy() - accuracy))
                    .sum()
                / (seeds - 1));
    System.out.printf(
        Locale.ROOT,
        "%s, ε = %s: accuracy %.4f ± %.4f, AUC %.4f%n",
        what,
        epsilon,
        accuracy,
        spread,
        auc);
    return new Scores(accuracy, auc);
  }
}
