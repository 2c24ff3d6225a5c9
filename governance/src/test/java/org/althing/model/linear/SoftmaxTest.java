package org.althing.model.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.release.Release;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logistic regression of several classes. */
final class SoftmaxTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0, 60.0))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("stage", new Domain.Categories(List.of("0", "1", "2", "3"))),
              new Column("note", new Domain.Words(Language.ENGLISH, List.of()))));
  private static final FeatureSpace MIXED = new FeatureSpace(SCHEMA, List.of("bp", "sex", "age"));
  private static final FeatureSpace TEXT = new FeatureSpace(SCHEMA, List.of("note", "sex"), 64);
  private static final Label STAGE = new Label(SCHEMA, "stage", Set.of());
  private static final int CLASSES = 4;
  private static final int D = MIXED.size();

  private static SoftmaxHessian quiet(int rounds) {
    return new SoftmaxHessian(MIXED, STAGE, Rho.roundedUp(900), rounds);
  }

  private static double[] dense(FeatureSpace space, RecordBatch batch, int row) {
    SparseRow record = space.encoder().encode(batch, row);
    double[] dense = new double[space.size()];
    for (int i = 0; i < record.count(); i++) {
      dense[record.index(i)] = (double) record.steps(i) / space.stepsPerUnit();
    }
    return dense;
  }

  /** The gradient by its formula, in double precision; class after class. */
  private static double[] gradient(RecordBatch batch, double[][] weights) {
    return gradient(batch, weights, Double.POSITIVE_INFINITY);
  }

  /** As the other, with every number of a record rounded to whole steps of 1 / scale. */
  private static double[] gradient(RecordBatch batch, double[][] weights, double scale) {
    double[] gradient = new double[CLASSES * D];
    var label = STAGE.reader();
    for (int row = 0; row < batch.rows(); row++) {
      if (label.isLabelled(batch, row)) {
        double[] x = dense(MIXED, batch, row);
        double[] odds = new double[CLASSES];
        for (int k = 0; k < CLASSES; k++) {
          for (int i = 0; i < D; i++) {
            odds[k] += weights[k][i] * x[i];
          }
          odds[k] = Math.exp(odds[k]);
        }
        double all = Arrays.stream(odds).sum();
        for (int k = 0; k < CLASSES; k++) {
          double residual = odds[k] / all - (k == label.outcome(batch, row) ? 1 : 0);
          for (int i = 0; i < D; i++) {
            double whole = Math.rint(residual * x[i] * scale) / scale;
            gradient[k * D + i] += Double.isFinite(scale) ? whole : residual * x[i];
          }
        }
      }
    }
    return gradient;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void firstReleaseHoldsTheSecondMomentsOfTheBinaryOneAndTheExactGradient(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 100);
    Release release = PaperFederation.exact().releases(quiet(1), List.of(batch)).get(0);
    // Whoever has a stage counts, whichever it is.
    FixedHessian binary =
        new FixedHessian(MIXED, new Label(SCHEMA, "stage", Set.of("0")), Rho.roundedUp(900), 1);
    Release other = PaperFederation.exact().releases(binary, List.of(batch)).get(0);
    assertThat(release.values(0)).isEqualTo(other.values(0));
    assertThat(release.values(1))
        .containsExactly(gradient(batch, new double[CLASSES][D]), within(1e-12));
  }

  @Test
  void laterReleasesHoldTheGradientAtTheWeightsSoFar() {
    RecordBatch batch = Batches.hostile(SCHEMA, 4, 200);
    List<Release> releases = PaperFederation.exact().releases(quiet(3), List.of(batch));
    double[][] weights =
        quiet(3).conclude(releases.subList(0, 2)).weightsByScore().toArray(double[][]::new);
    // Rounding half-even: at most half a step of each record and coordinate.
    double slack = 200 * 0.5 / releases.get(2).spec().noise().shape().blocks().get(0).scale();
    assertThat(releases.get(2).values(0))
        .containsExactly(gradient(batch, weights), within(slack + 1e-9));
  }

  /**
   * The same steps on the pooled rows in double precision, without shares, integers or noise.
   *
   * @param releases for what the plan says of noise, which steps allow for
   * @param rounded whether each record's gradient is rounded to the plan's grid
   */
  private static double[][] central(RecordBatch batch, List<Release> releases, boolean rounded) {
    double[][] bound = new double[D][D];
    var label = STAGE.reader();
    for (int row = 0; row < batch.rows(); row++) {
      if (label.isLabelled(batch, row)) {
        double[] x = dense(MIXED, batch, row);
        for (int i = 0; i < D; i++) {
          for (int j = 0; j < D; j++) {
            bound[i][j] += x[i] * x[j] / 2;
          }
        }
      }
    }
    double ridge = Math.sqrt((double) D) * releases.get(0).noiseDeviation(0);
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(bound));
    double[][] weights = new double[CLASSES][D];
    double[][] velocity = new double[CLASSES][D];
    for (int t = 0; t < releases.size(); t++) {
      int block = t == 0 ? 1 : 0;
      double damping = Math.sqrt(0.75) * releases.get(t).noiseDeviation(block) / 3;
      double scale = releases.get(t).spec().noise().shape().blocks().get(block).scale();
      double[] gradient = gradient(batch, weights, rounded ? scale : Double.POSITIVE_INFINITY);
      for (int i = 0; i < D; i++) {
        // Rounded, the classes' numbers of a record no longer sum to 0.
        double mean = 0;
        for (int k = 0; k < CLASSES; k++) {
          mean += gradient[k * D + i] / CLASSES;
        }
        for (int k = 0; k < CLASSES; k++) {
          gradient[k * D + i] -= mean;
        }
      }
      for (int k = 0; k < CLASSES; k++) {
        double[] step = new double[D];
        for (int e = 0; e < D; e++) {
          double along = 0;
          for (int i = 0; i < D; i++) {
            along += eigen.getEigenvector(e).getEntry(i) * gradient[k * D + i];
          }
          double h = Math.max(0, eigen.getRealEigenvalue(e)) + ridge;
          for (int i = 0; i < D; i++) {
            step[i] +=
                along * h / (h * h + damping * damping) * eigen.getEigenvector(e).getEntry(i);
          }
        }
        for (int i = 0; i < D; i++) {
          velocity[k][i] = velocity[k][i] / 2 - step[i];
          weights[k][i] += velocity[k][i];
        }
      }
    }
    return weights;
  }

  /**
   * However the rows are divided; the noise is off, what steps allow for it is not. On the grid of
   * the sums to 10⁻⁹, and with real numbers to what rounding 400 records to that grid leaves.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void withoutNoiseScoresAreThoseOfCentralTraining(long seed) {
    RecordBatch pooled = Batches.hostile(SCHEMA, seed, 400);
    List<RecordBatch> nodes =
        IntStream.range(0, 4).mapToObj(part -> Batches.part(pooled, part, 4)).toList();
    List<Release> releases = PaperFederation.exact().releases(quiet(6), nodes);
    SoftmaxModel model = quiet(6).conclude(releases);
    double[][] onGrid = central(pooled, releases, true);
    double[][] real = central(pooled, releases, false);
    var scorer = model.scorer();
    for (int row = 0; row < pooled.rows(); row++) {
      double[] x = dense(MIXED, pooled, row);
      double[] ours = scorer.scores(pooled, row);
      for (int k = 0; k < CLASSES; k++) {
        assertThat(ours[k]).isCloseTo(product(onGrid[k], x), within(1e-9));
        assertThat(ours[k]).isCloseTo(product(real[k], x), within(1e-6));
      }
    }
    RecordBatch nobody = Batches.empty(SCHEMA);
    assertThat(PaperFederation.exact().run(quiet(6), List.of(nobody, pooled, nobody, nobody)))
        .isEqualTo(model);
  }

  private static double product(double[] weights, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += weights[i] * x[i];
    }
    return sum;
  }

  @Test
  void findsTheSharesOfATable() {
    // Of women 4, 2, 1, 1 in eight have stages 0 to 3, of men 1, 1, 2, 4.
    String[] women = {"0", "0", "0", "0", "1", "1", "2", "3"};
    String[] men = {"0", "1", "2", "2", "3", "3", "3", "3"};
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 1600; i++) {
      boolean woman = i % 2 == 0;
      rows.add(
          List.of(woman ? "f" : "m", "30", "130", woman ? women[i / 2 % 8] : men[i / 2 % 8], "a"));
    }
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    FeatureSpace sex = new FeatureSpace(SCHEMA, List.of("sex"));
    Rho rho = Rho.roundedUp(900);
    for (SoftmaxModel model :
        List.of(
            PaperFederation.exact().run(new SoftmaxHessian(sex, STAGE, rho, 10), List.of(batch)),
            PaperFederation.exact().run(new SoftmaxDescent(sex, STAGE, rho, 10), List.of(batch)))) {
      double[] ofWomen = SoftmaxModel.probabilities(model.scorer().scores(batch, 0));
      double[] ofMen = SoftmaxModel.probabilities(model.scorer().scores(batch, 1));
      assertThat(ofWomen).containsExactly(new double[] {0.5, 0.25, 0.125, 0.125}, within(0.03));
      assertThat(ofMen).containsExactly(new double[] {0.125, 0.125, 0.25, 0.5}, within(0.03));
    }
  }

  @Test
  void classesAreToldApartByTheirWords() {
    List<List<String>> rows = new ArrayList<>();
    String[] words = {"win money now", "see you soon", "invoice due today", "goal in the match"};
    for (int i = 0; i < 800; i++) {
      rows.add(List.of("f", "30", "130", Integer.toString(i % 4), words[i % 4] + " w" + i % 11));
    }
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    SoftmaxDescent text = new SoftmaxDescent(TEXT, STAGE, Rho.roundedUp(0.5), 6);
    SoftmaxModel model = PaperFederation.noisy(2, 7).run(text, List.of(batch));
    var scorer = model.scorer();
    int right = 0;
    for (int row = 0; row < batch.rows(); row++) {
      right += SoftmaxModel.largest(scorer.scores(batch, row)) == row % 4 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(780);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void weightsOfAllClassesSumToNothingAtEveryCoordinate(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 200);
    SoftmaxHessian noisy = new SoftmaxHessian(MIXED, STAGE, Rho.roundedUp(0.1), 6);
    List<double[]> weights =
        PaperFederation.noisy(2, seed).run(noisy, List.of(batch)).weightsByScore();
    for (int i = 0; i < D; i++) {
      int coordinate = i;
      assertThat(weights.stream().mapToDouble(w -> w[coordinate]).sum()).isCloseTo(0, within(1e-9));
    }
  }

  /**
   * Records whose every coordinate is at its end, and weights that give all probability to one
   * class: the gradient of a record of another class measures √2·‖x‖, and no more is certified.
   */
  @Test
  void theWorstRecordReachesTheBoundAndDoesNotPassIt() {
    List<String> worst = List.of("f", "30", "180", "1", "");
    RecordBatch one = Batches.of(SCHEMA, 0, List.of(worst));
    double[][] weights = new double[CLASSES][D];
    weights[0][D - 1] = 1e6;
    SoftmaxModel sure = new SoftmaxModel(MIXED, STAGE, weights);
    NoisePlan plan = NoisePlan.calibrate(quiet(2).releases().get(1).blocks(), 1, 1);
    ContributionSum sum = new ContributionSum(plan);
    new SoftmaxGradientQuery(MIXED.encoder(), STAGE.reader(), sure.scorer(), D, 1)
        .over(one)
        .add(0, sum);
    double squares = Arrays.stream(OpenedSums.exact(sum)).mapToDouble(v -> (double) v * v).sum();
    double bound = plan.shape().blocks().get(0).recordL2Squared();
    assertThat(squares).isLessThanOrEqualTo(bound);
    // ‖x‖² of three fields and the bias is 4, all of it used.
    assertThat(squares / bound).isCloseTo(1, within(1e-4));
  }

  /** Any weights at all, also absurd ones, and any record. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 10, 1e6, 1e300})
  void noWeightsMakeARecordPassItsBound(double size) {
    Random random = new Random(5);
    NoisePlan plan = NoisePlan.calibrate(quiet(2).releases().get(1).blocks(), 1, 1);
    long bound = plan.shape().blocks().get(0).recordL2Squared();
    for (int trial = 0; trial < 20; trial++) {
      double[][] weights = new double[CLASSES][];
      Arrays.setAll(weights, k -> random.doubles(D, -size, size).toArray());
      var scorer = new SoftmaxModel(MIXED, STAGE, weights).scorer();
      var query = new SoftmaxGradientQuery(MIXED.encoder(), STAGE.reader(), scorer, D, 1);
      RecordBatch batch = Batches.hostile(SCHEMA, trial, 100);
      for (int row = 0; row < batch.rows(); row++) {
        ContributionSum sum = new ContributionSum(plan);
        query.over(batch).add(row, sum);
        long squares = 0;
        for (long value : OpenedSums.exact(sum)) {
          squares = Math.addExact(squares, Math.multiplyExact(value, value));
        }
        assertThat(squares).isLessThanOrEqualTo(bound);
      }
    }
  }

  /** diag(p) − ppᵀ ≼ ½(I − 11ᵀ/K): what the steps rest on (Böhning 1992). */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 8})
  void halfTheSecondMomentsBoundTheCurvature(int classes) {
    Random random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      double[] p =
          SoftmaxModel.probabilities(
              random.doubles(classes, -6, 6).map(score -> score * random.nextDouble()).toArray());
      double[][] apart = new double[classes][classes];
      for (int i = 0; i < classes; i++) {
        for (int j = 0; j < classes; j++) {
          double same = i == j ? 1 : 0;
          apart[i][j] = (same - 1.0 / classes) / 2 - (same * p[i] - p[i] * p[j]);
        }
      }
      double[] eigenvalues =
          new EigenDecomposition(new Array2DRowRealMatrix(apart)).getRealEigenvalues();
      assertThat(Arrays.stream(eigenvalues).min().orElseThrow()).isGreaterThan(-1e-12);
    }
  }

  /** Recorded once; equal compiled and interpreted. */
  @Test
  void weightsAreTheSameBitsOnEveryMachine() {
    RecordBatch batch = Batches.hostile(SCHEMA, 9, 200);
    SoftmaxModel table =
        PaperFederation.noisy(2, 9)
            .run(new SoftmaxHessian(MIXED, STAGE, Rho.roundedUp(0.5), 6), List.of(batch));
    SoftmaxModel text =
        PaperFederation.noisy(2, 9)
            .run(new SoftmaxDescent(TEXT, STAGE, Rho.roundedUp(0.5), 6), List.of(batch));
    assertThat(List.of(bits(table), bits(text))).containsExactly(-625675161, -413560431);
  }

  private static int bits(SoftmaxModel model) {
    return Arrays.deepHashCode(model.weightsByScore().toArray());
  }

  @Test
  void refusesALabelOfYesAndNo() {
    Label binary = new Label(SCHEMA, "stage", Set.of("1"));
    assertThatThrownBy(() -> new SoftmaxHessian(MIXED, binary, Rho.roundedUp(1), 6))
        .hasMessageContaining("yes-or-no");
    assertThatThrownBy(
            () -> new FixedHessian(MIXED, STAGE, Rho.roundedUp(1), 6).conclude(List.of()))
        .isInstanceOf(RuntimeException.class);
  }
}
