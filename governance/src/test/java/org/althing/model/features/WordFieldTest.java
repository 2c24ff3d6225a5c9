package org.althing.model.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordFieldTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("text", new Domain.Words(Language.ENGLISH, List.of())),
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column(
                  "note", new Domain.Words(Language.ENGLISH, List.of("win", "free", "call"))),
              new Column(
                  "rare",
                  new Domain.Words(
                      Language.ENGLISH, List.of("win", "free", "call"), List.of(1, 100, 5000)))));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noTextHoweverLongExceedsTheNormOfItsField(long seed) {
    FeatureSpace space = new FeatureSpace(SCHEMA, List.of("text", "sex", "note", "rare"), 512);
    RecordBatch batch = Batches.hostile(SCHEMA, seed, 200);
    long unit = space.stepsPerUnit();
    for (int row = 0; row < batch.rows(); row++) {
      SparseRow record = space.encoder().encode(batch, row);
      long squares = 0;
      for (int i = 0; i < record.count(); i++) {
        assertThat(i == 0 || record.index(i) > record.index(i - 1)).isTrue();
        squares += record.steps(i) * record.steps(i);
      }
      assertThat(record.index(record.count() - 1)).isEqualTo(space.size() - 1);
      assertThat(record.count()).isLessThanOrEqualTo(space.mostEntries());
      assertThat(squares).isLessThanOrEqualTo(space.l2Squared() * unit * unit);
    }
  }

  @Test
  void sharesTheNormAmongItsWordsAndSaysWhereThereIsNone() {
    FeatureSpace space = new FeatureSpace(SCHEMA, List.of("note"));
    RecordBatch batch =
        Batches.of(
            SCHEMA,
            0,
            List.of(
                List.of("", "f", "win free win", ""),
                List.of("", "f", "hello", ""),
                List.of("", "f", "", "")));
    assertThat(space.buckets()).isZero();
    assertThat(space.coordinateNames())
        .endsWith("note = no word", "bias")
        .contains("note = win", "note = free", "note = call");
    SparseRow two = space.encoder().encode(batch, 0);
    assertThat(two.count()).isEqualTo(3);
    assertThat(two.steps(0)).isEqualTo(two.steps(1)).isEqualTo(181);
    assertThat(space.coordinateNames().get(two.index(0))).isIn("note = win", "note = free");
    for (int row = 1; row < 3; row++) {
      SparseRow none = space.encoder().encode(batch, row);
      assertThat(none.count()).isEqualTo(2);
      assertThat(space.coordinateNames().get(none.index(0))).isEqualTo("note = no word");
    }
  }

  /** log(10001/n)/log 10001 is 1, 0.500 and 0.075 for n = 1, 100 and 5000. */
  @Test
  void rareWordsTakeMoreOfTheNormAndKeepIt() {
    FeatureSpace space = new FeatureSpace(SCHEMA, List.of("rare"));
    RecordBatch batch =
        Batches.of(
            SCHEMA,
            0,
            List.of(
                List.of("", "f", "", "win free call"),
                List.of("", "f", "", "call"),
                List.of("", "f", "", "none")));
    SparseRow all = space.encoder().encode(batch, 0);
    Map<String, Long> steps = new HashMap<>();
    long squares = 0;
    for (int i = 0; i < all.count() - 1; i++) {
      steps.put(space.coordinateNames().get(all.index(i)), all.steps(i));
      squares += all.steps(i) * all.steps(i);
    }
    // Weights 256, 128 and 19, over the root of 256² + 128² + 19².
    assertThat(steps)
        .isEqualTo(Map.of("rare = win", 228L, "rare = free", 114L, "rare = call", 16L));
    assertThat(squares).isBetween(256L * 256 - 512, 256L * 256);
    assertThat(space.encoder().encode(batch, 1).steps(0)).as("alone").isEqualTo(256);
    assertThat(space.coordinateNames().get(space.encoder().encode(batch, 2).index(0)))
        .isEqualTo("rare = no word");
  }

  @Test
  void refusesTooFewOrTooManyBuckets() {
    for (int buckets : new int[] {-1, 1, 63, 8193}) {
      assertThatThrownBy(() -> new FeatureSpace(SCHEMA, List.of("text"), buckets))
          .hasMessageContaining("64 to 8192 buckets");
    }
    assertThatThrownBy(() -> new FeatureSpace(SCHEMA, List.of("text"), 0))
        .hasMessageContaining("spread over buckets");
  }
}
