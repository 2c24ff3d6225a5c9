package org.althing.model.naivebayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
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

final class WordDiscriminantTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("note", new Domain.Words(Language.ENGLISH, List.of())),
              new Column("ill", new Domain.Categories(List.of("yes", "no")))));
  private static final FeatureSpace FEATURES = new FeatureSpace(SCHEMA, List.of("note"), 256);
  private static final Label ILL = new Label(SCHEMA, "ill", Set.of("yes"));

  /** One text in eight is of the smaller class; every text has ten words by chance of 200. */
  private static RecordBatch texts(int rows, boolean tells, long seed) {
    Random random = new Random(seed);
    List<List<String>> records = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean ill = i % 8 == 0;
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < 10; w++) {
        int from = tells && ill && random.nextInt(3) == 0 ? 180 : 0;
        text.append('w').append(from + random.nextInt(200 - from)).append(' ');
      }
      records.add(List.of(text.toString(), ill ? "yes" : "no"));
    }
    return Batches.of(SCHEMA, 0, records);
  }

  private static LinearModel fit(RecordBatch batch, double rho, long seed) {
    return PaperFederation.noisy(1, seed)
        .run(new NaiveBayes(FEATURES, ILL, Rho.roundedUp(rho)), List.of(batch));
  }

  private static double mean(LinearModel model, RecordBatch batch, int from, int step) {
    double sum = 0;
    int count = 0;
    for (int row = from; row < batch.rows(); row += step) {
      sum += 1 / (1 + Math.exp(-model.scorer().logit(batch, row)));
      count++;
    }
    return sum / count;
  }

  @Test
  void textsOfTheSmallerClassGetTheLargerProbability() {
    RecordBatch batch = texts(4000, true, 1);
    LinearModel model = fit(batch, 1, 2);
    assertThat(mean(model, batch, 0, 8)).isGreaterThan(0.4);
    assertThat(mean(model, batch, 1, 8)).isLessThan(0.1);
  }

  /** The bias of cut-off counts would make every text of unknown words one of the smaller class. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1})
  void wordsThatTellNothingLeaveTheShareOfTheClasses(double rho) {
    RecordBatch batch = texts(4000, false, 3);
    double all = 0;
    for (long seed = 1; seed <= 20; seed++) {
      all += mean(fit(batch, rho, seed), batch, 1, 1) / 20;
    }
    assertThat(all).isCloseTo(0.125, within(0.04));
  }

  @Test
  void noTextsAtAllMakeAModelOfNothing() {
    LinearModel model =
        PaperFederation.exact()
            .run(
                new NaiveBayes(FEATURES, ILL, Rho.roundedUp(1)),
                List.of(Batches.of(SCHEMA, 0, List.of())));
    RecordBatch one = texts(8, true, 1);
    for (int row = 0; row < one.rows(); row++) {
      assertThat(model.scorer().logit(one, row)).isCloseTo(0, within(1e-9));
    }
  }
}
