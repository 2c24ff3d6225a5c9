package org.althing.model.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedRecordsTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("ward", new Domain.Categories(List.of("a", "b", "c"))),
              new Column("age", new Domain.Numbers(0, 120, true, List.of(40.0, 65.0))),
              new Column("weight", new Domain.Numbers(20, 200, false, List.of()))));

  private static final FeatureSpace SPACE =
      new FeatureSpace(
          SCHEMA,
          List.of("ward", "age", "weight"),
          0,
          List.of("weight"),
          List.of(new Interaction("ward", "age")));

  /** Blocks hold 256 records: one block, its ends, several. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1000})
  void whateverIsAskedForInWhateverOrderIsWhatTheRecordAloneIs(int rows) {
    RecordBatch batch = Batches.hostile(SCHEMA, rows, rows);
    FeatureSpace.RowEncoder encoder = SPACE.encoder();
    EncodedRecords records = encoder.over(batch);
    Random random = new Random(rows);
    for (int row = 0; row < rows; row++) {
      assertThat(coordinates(records.at(row))).isEqualTo(coordinates(encoder.encode(batch, row)));
      int any = random.nextInt(rows);
      assertThat(coordinates(records.at(any))).isEqualTo(coordinates(encoder.encode(batch, any)));
    }
  }

  private static List<Long> coordinates(SparseRow record) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < record.count(); i++) {
      all.add((long) record.index(i));
      all.add(record.steps(i));
    }
    return all;
  }

  @Test
  void noRecordReachesIntoAnother() {
    SparseBlock block = new SparseBlock(2, 1);
    block.append(1);
    block.append(1);
    block.set(1, 0, 1);
    block.requireRoom();
    block.set(0, 0, 1);
    block.set(0, 1, 1);
    assertThatThrownBy(block::requireRoom).isInstanceOf(IllegalStateException.class);
  }
}
