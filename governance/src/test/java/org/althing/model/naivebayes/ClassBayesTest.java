package org.althing.model.naivebayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassBayesTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("note", new Domain.Words(Language.ENGLISH, List.of())),
              new Column("stage", new Domain.Categories(List.of("no", "yes", "never")))));
  private static final Label STAGE = new Label(SCHEMA, "stage", Set.of());
  private static final Rho QUIET = Rho.roundedUp(900);

  @Test
  void scoresAreLogarithmsOfSmoothedSharesLessTheirMean() {
    List<List<String>> rows = new ArrayList<>();
    String[][] table = {{"f", "no"}, {"f", "no"}, {"m", "no"}, {"m", "yes"}, {"f", "never"}};
    for (int i = 0; i < 500; i++) {
      rows.add(List.of(table[i % 5][0], "100", "a", table[i % 5][1]));
    }
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    FeatureSpace sex = new FeatureSpace(SCHEMA, List.of("sex"));
    SoftmaxModel model =
        PaperFederation.exact().run(new ClassBayes(sex, STAGE, QUIET), List.of(batch));
    double[] p = SoftmaxModel.probabilities(model.scorer().scores(batch, 0));
    // Of 300, 100 and 100 records 200, 0 and 100 are women; three cells, each with 1 more.
    double no = 301 * 201.0 / 303;
    double yes = 101 * 1.0 / 103;
    double never = 101 * 101.0 / 103;
    double all = no + yes + never;
    assertThat(p).containsExactly(new double[] {no / all, yes / all, never / all}, within(1e-9));
  }

  /** With a class that nobody is in, the two others are as the model of two classes has them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheModelOfTwoClassesWhereTheThirdIsEmpty(long seed) {
    List<List<String>> rows = new ArrayList<>();
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < 600; i++) {
      boolean yes = random.nextInt(3) == 0;
      double bp = Math.max(80, Math.min(180, 125 + 12 * random.nextGaussian() + (yes ? 12 : 0)));
      rows.add(
          List.of(
              random.nextInt(4) == 0 == yes ? "f" : "m",
              random.nextInt(9) == 0 ? "" : Double.toString(bp),
              yes ? "ill w" + i % 7 : "well w" + i % 5,
              yes ? "yes" : "no"));
    }
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    for (FeatureSpace features :
        List.of(
            new FeatureSpace(SCHEMA, List.of("sex")),
            new FeatureSpace(SCHEMA, List.of("note", "sex"), 64))) {
      SoftmaxModel three =
          PaperFederation.exact().run(new ClassBayes(features, STAGE, QUIET), List.of(batch));
      Label yes = new Label(SCHEMA, "stage", Set.of("yes"));
      LinearModel two =
          PaperFederation.exact().run(new NaiveBayes(features, yes, QUIET), List.of(batch));
      for (int row = 0; row < batch.rows(); row++) {
        double[] scores = three.scorer().scores(batch, row);
        // The model of two counts the empty class among the negatives, which changes nothing.
        // Of words, the noise that its sums are expected to have is taken off.
        double near = features.hasWords() ? 1e-3 : 1e-9;
        assertThat(scores[1] - scores[0]).isCloseTo(two.scorer().logit(batch, row), within(near));
      }
    }
  }

  @Test
  void normalNumbersTellClassesApart() {
    List<List<String>> rows = new ArrayList<>();
    java.util.Random random = new java.util.Random(4);
    String[] stages = {"no", "yes", "never"};
    for (int i = 0; i < 3000; i++) {
      double bp = Math.max(80, Math.min(180, 100 + 30 * (i % 3) + 8 * random.nextGaussian()));
      rows.add(List.of("f", Double.toString(bp), "a", stages[i % 3]));
    }
    RecordBatch batch = Batches.of(SCHEMA, 0, rows);
    FeatureSpace bp = new FeatureSpace(SCHEMA, List.of("bp"), 0, List.of("bp"));
    SoftmaxModel model =
        PaperFederation.noisy(2, 3)
            .run(new ClassBayes(bp, STAGE, Rho.roundedUp(0.05)), List.of(batch));
    int right = 0;
    for (int row = 0; row < batch.rows(); row++) {
      right += SoftmaxModel.largest(model.scorer().scores(batch, row)) == row % 3 ? 1 : 0;
    }
    // The best that two borders 15 apart from means of deviation 8 can do is 0.96.
    assertThat(right / 3000.0).isGreaterThan(0.94);
  }
}
