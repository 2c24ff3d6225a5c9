package org.althing.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldsTest {
  private static final Schema SCHEMA =
      new Schema(List.of(new Column("sex", new Domain.Categories(List.of("f", "m")))));
  private static final int ROWS = 500;
  private static final RecordBatch RECORDS = Batches.hostile(SCHEMA, 3, ROWS);

  /** Counts for each fold how often a record was offered to it; releases nothing. */
  private record Counting(int[] offered) implements Procedure<int[]> {
    static Counting none() {
      return new Counting(new int[ROWS]);
    }

    @Override
    public List<ReleaseTemplate> releases() {
      return List.of(
          new ReleaseTemplate(
              "count",
              Partition.TRAIN,
              List.of(new BlockDemand("count", 1, Bound.Exact.ofCounts(1), new Rho(1_000_000)))));
    }

    @Override
    public SumQuery query(int index, List<Release> before) {
      return batch -> (row, sum) -> offered[row]++;
    }

    @Override
    public int[] conclude(List<Release> releases) {
      return offered;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10})
  void everyUnitIsInOneFoldAndFoldsDifferByOneHundredthAtMost(int count) {
    Folds folds = new Folds(count);
    int[] sizes = new int[count];
    IntStream.range(0, 100).forEach(hundredth -> sizes[folds.of(hundredth)]++);
    assertThat(sizes).containsOnly(100 / count, (99 + count) / count);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 7, 10})
  void eachRecordIsLearntFromInEveryFoldButItsOwnAndEvaluatedInItsOwn(int count) {
    Folds folds = new Folds(count);
    List<Counting> learning = IntStream.range(0, count).mapToObj(f -> Counting.none()).toList();
    for (int f = 0; f < count; f++) {
      PaperFederation.exact().run(folds.outside(f, learning.get(f)), List.of(RECORDS));
    }
    List<Counting> evaluating = IntStream.range(0, count).mapToObj(f -> Counting.none()).toList();
    PaperFederation.exact().run(folds.joined(List.copyOf(evaluating)), List.of(RECORDS));
    for (int row = 0; row < ROWS; row++) {
      int own = folds.of(RECORDS.hundredth(row));
      for (int f = 0; f < count; f++) {
        assertThat(learning.get(f).offered()[row]).isEqualTo(f == own ? 0 : 1);
        assertThat(evaluating.get(f).offered()[row]).isEqualTo(f == own ? 1 : 0);
      }
    }
  }

  @Test
  void everyReleaseIsChargedToEveryRecord() {
    Folds folds = new Folds(3);
    List<Procedure<int[]>> three = List.of(Counting.none(), Counting.none(), Counting.none());
    assertThat(folds.outside(1, Counting.none()).releases())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.name()).isEqualTo("fold 2: count");
              assertThat(r.partition()).isEqualTo(Partition.ALL);
            });
    assertThat(folds.joined(three).releases())
        .singleElement()
        .extracting(ReleaseTemplate::partition)
        .isEqualTo(Partition.ALL);
  }

  @Test
  void refusesOtherCounts() {
    assertThatThrownBy(() -> new Folds(2)).hasMessage("the folds are 3 to 10, got 2");
    assertThatThrownBy(() -> new Folds(11)).hasMessage("the folds are 3 to 10, got 11");
    assertThatThrownBy(() -> new Folds(3).joined(List.of(Counting.none())))
        .hasMessageContaining("each of 3 folds, got 1");
  }
}
