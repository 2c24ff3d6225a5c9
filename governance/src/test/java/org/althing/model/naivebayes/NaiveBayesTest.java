package org.althing.model.naivebayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NaiveBayesTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("age", new Domain.Numbers(0, 100, true, List.of(40.0))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes")))));
  private static final FeatureSpace FEATURES = new FeatureSpace(SCHEMA, List.of("sex", "age"));
  private static final Label LABEL = new Label(SCHEMA, "ill", Set.of("yes"));

  /** (1 + 1/F)/2: what two fields and three say is believed so far. */
  private static final double OF_TWO = 0.75;

  private static final double OF_THREE = 2 / 3.0;

  private static final NaiveBayes QUIET = new NaiveBayes(FEATURES, LABEL, Rho.roundedUp(900));

  private static FeatureSpace read(double s, int classes, Set<String> kept) {
    int size = classes == 2 ? FEATURES.size() : classes * FEATURES.size();
    long records = (long) Math.ceil(s * Math.sqrt((double) FEATURES.l2Squared() * size));
    OptionalLong people = OptionalLong.of(records);
    return NaiveBayes.read(FEATURES, classes, Rho.roundedDown(0.5), people, kept);
  }

  @Test
  void takesNumbersForNormalWhereCountsOfBinsWouldDrown() {
    for (int classes : new int[] {2, 4}) {
      assertThat(read(4.5, classes, Set.of()).squared()).containsExactly("age");
      assertThat(read(5, classes, Set.of()).squared()).isEmpty();
      assertThat(read(4.5, classes, Set.of("age")).squared()).as("cut by the study").isEmpty();
    }
    Rho rho = Rho.roundedDown(0.5);
    assertThat(NaiveBayes.read(FEATURES, 2, rho, OptionalLong.empty(), Set.of()).squared())
        .as("nobody declared the people")
        .isEmpty();
    FeatureSpace asked = new FeatureSpace(SCHEMA, List.of("sex", "age", "bp"), 0, List.of("bp"));
    assertThat(NaiveBayes.read(asked, 2, rho, OptionalLong.of(1), Set.of())).isEqualTo(asked);
  }

  @Test
  void equalsTheCountsDoneByHand() {
    List<List<String>> rows =
        List.of(
            List.of("f", "30", "90", "yes"),
            List.of("f", "50", "90", "yes"),
            List.of("m", "50", "90", "yes"),
            List.of("m", "30", "90", "no"),
            List.of("", "30", "90", "no"),
            List.of("m", "30", "90", "unknown"));
    double[] weights =
        PaperFederation.exact().run(QUIET, List.of(Batches.of(SCHEMA, 0, rows))).weights();
    double[] expected = {
      Math.log(3.0 / 6) - Math.log(1.0 / 5),
      Math.log(2.0 / 6) - Math.log(2.0 / 5),
      Math.log(1.0 / 6) - Math.log(2.0 / 5),
      Math.log(2.0 / 6) - Math.log(3.0 / 5),
      Math.log(3.0 / 6) - Math.log(1.0 / 5),
      Math.log(1.0 / 6) - Math.log(1.0 / 5),
      Math.log(4.0) - Math.log(3.0)
    };
    for (int i = 0; i < 6; i++) {
      expected[i] *= OF_TWO;
    }
    assertThat(weights).containsExactly(expected, within(1e-15));
  }

  /** Exactly one of the two: neither column says anything by itself. */
  @Test
  void aPairTellsWhatNeitherOfItsColumnsDoes() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(List.of("f", "30", "90", "yes"));
      rows.add(List.of("m", "50", "90", "yes"));
      rows.add(List.of("f", "50", "90", "no"));
      rows.add(List.of("m", "30", "90", "no"));
    }
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    FeatureSpace pair =
        new FeatureSpace(SCHEMA, List.of(), 0, List.of(), List.of(new Interaction("sex", "age")));
    LinearModel together =
        PaperFederation.exact()
            .run(new NaiveBayes(pair, LABEL, Rho.roundedUp(900)), List.of(batch));
    LinearModel alone = PaperFederation.exact().run(QUIET, List.of(batch));
    for (int row = 0; row < 4; row++) {
      double side = row < 2 ? 1 : -1;
      assertThat(side * together.scorer().logit(batch, row)).isGreaterThan(3);
      assertThat(alone.scorer().logit(batch, row)).isCloseTo(0, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void withoutNoiseEqualsBruteForceToTheLastBit(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 300);
    LinearModel model =
        PaperFederation.exact()
            .run(
                QUIET,
                List.of(
                    Batches.part(batch, 0, 3),
                    Batches.part(batch, 1, 3),
                    Batches.part(batch, 2, 3)));
    assertThat(model.weights()).isEqualTo(bruteForce(batch));
  }

  /** Counts first, no vectors: another way to the same sums. */
  private static double[] bruteForce(RecordBatch batch) {
    double[][] counts = new double[2][6];
    double[] totals = new double[2];
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.verdict(3, row) == org.althing.table.Verdict.OK) {
        int k = batch.cell(3, row);
        totals[k]++;
        counts[k][batch.verdict(0, row) == org.althing.table.Verdict.OK ? batch.cell(0, row) : 2]++;
        counts[k][
            3 + (batch.verdict(1, row) == org.althing.table.Verdict.OK ? batch.cell(1, row) : 2)]++;
      }
    }
    double[] weights = new double[7];
    for (int i = 0; i < 6; i++) {
      weights[i] =
          OF_TWO * StrictMath.log((counts[1][i] + 1) / (totals[1] + 3))
              - OF_TWO * StrictMath.log((counts[0][i] + 1) / (totals[0] + 3));
    }
    weights[6] = StrictMath.log(totals[1] + 1) - StrictMath.log(totals[0] + 1);
    return weights;
  }

  @Test
  void smoothsAtTheLevelOfTheNoise() {
    NaiveBayes noisy = new NaiveBayes(FEATURES, LABEL, Rho.roundedUp(1e-6));
    List<List<String>> rows = java.util.Collections.nCopies(20, List.of("f", "30", "90", "yes"));
    double[] weights =
        PaperFederation.exact().run(noisy, List.of(Batches.of(SCHEMA, 0, rows))).weights();
    // σ = √(2 / 2ρ) = 1000: twenty records say next to nothing.
    assertThat(Arrays.stream(weights).map(Math::abs).max().orElseThrow()).isLessThan(0.03);
  }

  /** Log densities summed record by record: no weights, no squares less 1. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void takesNumbersForNormalWithTheMomentsOfEachClass(long seed) {
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 600);
    FeatureSpace mixed =
        new FeatureSpace(SCHEMA, List.of("sex", "bp", "age"), 0, List.of("bp", "age"));
    LinearModel model =
        PaperFederation.exact()
            .run(
                new NaiveBayes(mixed, LABEL, Rho.roundedUp(900)),
                List.of(Batches.part(batch, 0, 2), Batches.part(batch, 1, 2)));
    for (int row = 0; row < batch.rows(); row++) {
      double expected = logJoint(batch, 1, row) - logJoint(batch, 0, row);
      assertThat(model.scorer().logit(batch, row)).isCloseTo(expected, within(0.02));
    }
  }

  private static double logJoint(RecordBatch batch, int k, int at) {
    int records = 0;
    int[] sexes = new int[3];
    for (int row = 0; row < batch.rows(); row++) {
      if (isOf(batch, k, row)) {
        records++;
        sexes[sex(batch, row)]++;
      }
    }
    double said =
        Math.log((sexes[sex(batch, at)] + 1.0) / (records + 3))
            + logNormal(batch, k, at, records, new Range(1, 0, 100))
            + logNormal(batch, k, at, records, new Range(2, 80, 180));
    return Math.log(records + 1) + OF_THREE * said;
  }

  private static boolean isOf(RecordBatch batch, int k, int row) {
    return batch.verdict(3, row) == Verdict.OK && batch.cell(3, row) == k;
  }

  private static int sex(RecordBatch batch, int row) {
    return batch.verdict(0, row) == Verdict.OK ? batch.cell(0, row) : 2;
  }

  private record Range(int column, double least, double most) {
    double place(RecordBatch batch, int row) {
      return (2 * batch.number(column, row) - least - most) / (most - least);
    }
  }

  private static double logNormal(RecordBatch batch, int k, int at, int records, Range range) {
    double[] values =
        java.util.stream.IntStream.range(0, batch.rows())
            .filter(row -> isOf(batch, k, row))
            .filter(row -> batch.verdict(range.column(), row) == Verdict.OK)
            .mapToDouble(row -> range.place(batch, row))
            .toArray();
    if (batch.verdict(range.column(), at) != Verdict.OK) {
      return Math.log((records - values.length + 1.0) / (records + 2));
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double off = range.place(batch, at) - mean;
    return Math.log((values.length + 1.0) / (records + 2))
        - off * off / (2 * variance)
        - Math.log(variance) / 2;
  }

  @Test
  void drawsNormalNumbersTogetherAtTheLevelOfTheNoise() {
    FeatureSpace mixed = new FeatureSpace(SCHEMA, List.of("sex", "bp"), 0, List.of("bp"));
    NaiveBayes noisy = new NaiveBayes(mixed, LABEL, Rho.roundedUp(1e-6));
    List<List<String>> rows = java.util.Collections.nCopies(20, List.of("f", "30", "90", "yes"));
    double[] weights =
        PaperFederation.exact().run(noisy, List.of(Batches.of(SCHEMA, 0, rows))).weights();
    // σ = 1000: the mean of twenty records is not known to better than the whole range.
    assertThat(Arrays.stream(weights).map(Math::abs).max().orElseThrow()).isLessThan(0.1);
  }

  @Test
  void refusesNumbersWithoutBins() {
    FeatureSpace mixed = new FeatureSpace(SCHEMA, List.of("sex", "bp"));
    assertThatThrownBy(() -> new NaiveBayes(mixed, LABEL, Rho.roundedUp(1)))
        .hasMessageContaining("declare bins");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void projectionIsTheNearestPointOfTheSimplex(long seed) {
    Random random = new Random(seed);
    double total = 10 * random.nextDouble();
    double[] point = random.doubles(6, -5, 8).toArray();
    double[] projected = SimplexProjection.of(point, total);
    assertThat(Arrays.stream(projected).sum()).isCloseTo(total, within(1e-12));
    assertThat(Arrays.stream(projected).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    for (int i = 0; i < 200; i++) {
      double[] other = random.doubles(6).map(u -> -Math.log(u)).toArray();
      double sum = Arrays.stream(other).sum();
      double[] inside = Arrays.stream(other).map(x -> x / sum * total).toArray();
      assertThat(distance(point, projected)).isLessThanOrEqualTo(distance(point, inside) + 1e-12);
    }
  }

  @Test
  void projectionLeavesExactCountsAlone() {
    assertThat(SimplexProjection.of(new double[] {3, 0, 7}, 10)).containsExactly(3, 0, 7);
    assertThat(SimplexProjection.of(new double[] {-1, -1, 5}, 0)).containsExactly(0, 0, 0);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
