package org.althing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.althing.model.features.LinearModel;
import org.althing.model.linear.ClassWeights;
import org.althing.model.linear.FixedHessian;
import org.althing.model.linear.Objective;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.study.AnalysisChoice;
import org.althing.table.RecordBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A linear support vector machine beside logistic regression over the same features and rounds, at
 * δ = 10⁻⁵, all organisations surviving and honest.
 */
final class LinearSvmAccuracyTest {
  private static final int HONEST = 4;
  private static final Objective SVM =
      Objective.svm(AnalysisChoice.LinearSvm.DEFAULT_L2, ClassWeights.EQUAL);

  @ParameterizedTest
  @CsvSource({"0.5, 0.00850553", "1, 0.03055660", "3, 0.22424917"})
  void recordsAreToldApartAsWellAsByLogisticRegression(double epsilon, double rho) {
    Rho cost = Rho.roundedDown(rho);
    Adult adult = Adult.load();
    compare(
        "Adult, ε = " + epsilon,
        5,
        0.003,
        o -> new FixedHessian(adult.features(), adult.label(), cost, 6, o),
        adult.train(),
        adult::score);
    Heart heart = Heart.load();
    compare(
        "heart, ε = " + epsilon,
        20,
        0.01,
        o -> new FixedHessian(heart.features(List.of()), heart.label(), cost, 6, o),
        heart.train(),
        heart::score);
  }

  private static void compare(
      String what,
      int seeds,
      double most,
      Function<Objective, FixedHessian> training,
      List<RecordBatch> train,
      Function<LinearModel, Scores> score) {
    Scores[] mean = new Scores[2];
    for (Objective objective : List.of(Objective.LOGISTIC, SVM)) {
      FixedHessian fit = training.apply(objective);
      List<Scores> all =
          LongStream.rangeClosed(1, seeds)
              .mapToObj(seed -> PaperFederation.noisy(HONEST, seed).run(fit, train))
              .map(score)
              .toList();
      double accuracy = all.stream().mapToDouble(Scores::accuracy).average().orElseThrow();
      double auc = all.stream().mapToDouble(Scores::auc).average().orElseThrow();
      System.out.printf(
          Locale.ROOT, "%s, %s: accuracy %.4f, AUC %.4f%n", what, objective.loss(), accuracy, auc);
      mean[objective.equals(SVM) ? 1 : 0] = new Scores(accuracy, auc);
    }
    assertThat(mean[1].accuracy()).isGreaterThan(mean[0].accuracy() - most);
    assertThat(mean[1].auc()).isGreaterThan(mean[0].auc() - 2 * most);
  }
}
