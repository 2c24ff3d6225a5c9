package org.althing.model.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SparseRow;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear models with the Huberised hinge, against training written out anew on pooled rows. */
final class LinearSvmTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0, 60.0))),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));
  private static final FeatureSpace SPACE = new FeatureSpace(SCHEMA, List.of("sex", "bp", "age"));
  private static final Label LABEL = new Label(SCHEMA, "ill", Set.of("yes"));
  private static final Rho QUIET = Rho.roundedUp(900);
  private static final double L2 = 0.02;

  private static double hinge(double score, int outcome) {
    double z = outcome == 1 ? score : -score;
    double h = Loss.WIDTH;
    if (z >= 1 + h) {
      return 0;
    }
    return z <= 1 - h ? 1 - z : (1 + h - z) * (1 + h - z) / (4 * h);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSlopeIsThatOfTheHingeNeverSteeperThanOneAndNeverBentMoreThanItsBound(long seed) {
    Random random = new Random(seed);
    double step = 1e-6;
    for (int i = 0; i < 2000; i++) {
      double score = 3 * random.nextGaussian();
      int outcome = i % 2;
      double slope = Loss.HUBER_HINGE.residual(score, outcome);
      double rise = hinge(score + step, outcome) - hinge(score - step, outcome);
      assertThat(slope).isCloseTo(rise / (2 * step), within(1e-5)).isBetween(-1.0, 1.0);
      double other = Loss.HUBER_HINGE.residual(score + 0.1, outcome);
      assertThat(other - slope).isBetween(-1e-15, 0.1 * Loss.HUBER_HINGE.mostCurvature() + 1e-12);
    }
    double atZero = Loss.HUBER_HINGE.slopeAtZero() * Loss.LOGISTIC.residual(0, 1);
    assertThat(Loss.HUBER_HINGE.residual(0, 1)).isEqualTo(atZero);
  }

  /** Illness goes with sex, age and pressure; about one label in six is against them. */
  private static RecordBatch patients(int rows) {
    Random random = new Random(5);
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean male = random.nextBoolean();
      int age = random.nextInt(100);
      int bp = 80 + random.nextInt(101);
      double score = (male ? 0.7 : -0.7) + (age - 50) / 25.0 + (bp - 130) / 40.0;
      boolean ill = score + 0.8 * random.nextGaussian() > 0.3;
      all.add(
          List.of(
              male ? "m" : "f",
              Integer.toString(age < 2 ? 101 : age),
              "" + bp,
              ill ? "yes" : "no"));
    }
    List<List<String>> ordered =
        all.stream().map(r -> List.of(r.get(0), r.get(2), r.get(1), r.get(3))).toList();
    return Batches.of(SCHEMA, 0, ordered);
  }

  private static double[][] dense(RecordBatch batch) {
    double[][] rows = new double[batch.rows()][SPACE.size()];
    for (int row = 0; row < rows.length; row++) {
      SparseRow record = SPACE.encoder().encode(batch, row);
      for (int i = 0; i < record.count(); i++) {
        rows[row][record.index(i)] = (double) record.steps(i) / record.stepsPerUnit();
      }
    }
    return rows;
  }

  private static double objective(RecordBatch batch, double[] weights) {
    double[][] x = dense(batch);
    double sum = 0;
    for (int row = 0; row < x.length; row++) {
      sum += hinge(dot(weights, x[row]), LABEL.reader().outcome(batch, row)) / x.length;
    }
    double squares =
        dot(weights, weights) - weights[weights.length - 1] * weights[weights.length - 1];
    return sum + L2 / 2 * squares;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Plain gradient descent on the pooled rows, to the end. */
  private static double[] central(RecordBatch batch) {
    double[][] x = dense(batch);
    double[] weights = new double[SPACE.size()];
    for (int step = 0; step < 20_000; step++) {
      double[] gradient = new double[weights.length];
      for (int row = 0; row < x.length; row++) {
        double z = LABEL.reader().outcome(batch, row) == 1 ? 1 : -1;
        double missing = (1 + Loss.WIDTH - z * dot(weights, x[row])) / (2 * Loss.WIDTH);
        double slope = -z * Math.max(0, Math.min(1, missing));
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] += slope * x[row][i] / x.length;
        }
      }
      for (int i = 0; i < gradient.length; i++) {
        double penalty = i < gradient.length - 1 ? L2 * weights[i] : 0;
        weights[i] -= 0.3 * (gradient[i] + penalty);
      }
    }
    return weights;
  }

  @Test
  void tenRoundsWithoutNoiseComeToTheObjectiveOfCentralTraining() {
    RecordBatch batch = patients(600);
    double least = objective(batch, central(batch));
    double none = objective(batch, new double[SPACE.size()]);
    Objective svm = Objective.svm(L2, ClassWeights.EQUAL);
    List<RecordBatch> nodes = List.of(Batches.part(batch, 0, 2), Batches.part(batch, 1, 2));
    for (Procedure<LinearModel> training :
        List.of(
            new FixedHessian(SPACE, LABEL, QUIET, 10, svm),
            new CentredDescent(SPACE, LABEL, QUIET, 10, svm))) {
      LinearModel model = PaperFederation.exact().run(training, nodes);
      double reached = objective(batch, uncentred(training, nodes, model));
      assertThat(reached).isBetween(least - 1e-9, least + 0.002 * (none - least));
    }
  }

  @Test
  void theFirstGradientIsReleasedAsThatOfLogisticRegression() {
    List<RecordBatch> nodes = List.of(patients(100));
    Objective svm = Objective.svm(L2, new ClassWeights.Declared(3));
    Release hinge =
        PaperFederation.exact()
            .releases(new CentredDescent(SPACE, LABEL, QUIET, 1, svm), nodes)
            .get(1);
    Release logistic =
        PaperFederation.exact().releases(new CentredDescent(SPACE, LABEL, QUIET, 1), nodes).get(1);
    assertThat(hinge.values(0)).isEqualTo(logistic.values(0));
    hinge =
        PaperFederation.exact()
            .releases(new FixedHessian(SPACE, LABEL, QUIET, 1, svm), nodes)
            .get(0);
    logistic =
        PaperFederation.exact().releases(new FixedHessian(SPACE, LABEL, QUIET, 1), nodes).get(0);
    assertThat(hinge.values(0)).isEqualTo(logistic.values(0));
    assertThat(hinge.values(1)).isEqualTo(logistic.values(1));
  }

  /** The weights before they are taken from their averages, which the penalty speaks of. */
  private static double[] uncentred(
      Procedure<LinearModel> training, List<RecordBatch> nodes, LinearModel model) {
    if (training instanceof CentredDescent) {
      return model.weights();
    }
    List<Release> releases = PaperFederation.exact().releases(training, nodes);
    Objective svm = Objective.svm(L2, ClassWeights.EQUAL);
    FirstCurvature bound = new FirstCurvature(SPACE.size(), svm.loss().mostCurvature());
    return new Descent(releases, bound, svm, ClassFactors.EQUAL).weights();
  }

  @Test
  void aStrongerPenaltyLeavesSmallerWeights() {
    RecordBatch batch = patients(400);
    double before = Double.MAX_VALUE;
    for (double l2 : new double[] {0, 0.1, 1}) {
      Objective svm = Objective.svm(l2, ClassWeights.EQUAL);
      double[] weights =
          PaperFederation.exact()
              .run(new FixedHessian(SPACE, LABEL, QUIET, 6, svm), List.of(batch))
              .weights();
      double norm = dot(Arrays.copyOf(weights, weights.length - 1), weights.clone());
      assertThat(norm).isLessThan(before);
      before = norm;
    }
    assertThatThrownBy(() -> Objective.svm(-1, ClassWeights.EQUAL)).hasMessageContaining("0 to 10");
    assertThatThrownBy(() -> Objective.svm(Double.NaN, ClassWeights.EQUAL))
        .hasMessageContaining("0 to 10");
  }

  @Test
  void releasesAreNamedAfterTheAnalysisAndTellNoErrorsOfWeights() {
    FixedHessian svm =
        new FixedHessian(SPACE, LABEL, QUIET, 2, Objective.svm(0, ClassWeights.EQUAL));
    assertThat(svm.releases().get(1).name()).isEqualTo("linear-svm round 2");
    List<Release> releases = PaperFederation.exact().releases(svm, List.of(patients(50)));
    assertThat(svm.weights(releases)).isEmpty();
  }
}
