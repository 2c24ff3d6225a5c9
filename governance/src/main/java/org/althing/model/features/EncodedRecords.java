package org.althing.model.features;

import org.althing.table.RecordBatch;

/**
 * The records of one batch as sparse vectors, made some at a time and column by column, because the
 * fields of one record lie apart in a batch. Not safe for concurrent use.
 */
public final class EncodedRecords {
  private static final int BLOCK = 256;

  private final FeatureSpace.RowEncoder encoder;
  private final RecordBatch batch;
  private final SparseBlock block;
  private int first;

  EncodedRecords(FeatureSpace.RowEncoder encoder, RecordBatch batch) {
    this.encoder = encoder;
    this.batch = batch;
    this.block = encoder.block(Math.min(BLOCK, batch.rows()));
  }

  /** A record's coordinates, the bias last; they hold until the next record is asked for. */
  public SparseRow at(int row) {
    if (row < first || row >= first + block.records()) {
      first = row - row % BLOCK;
      encoder.encode(batch, first, Math.min(BLOCK, batch.rows() - first), block);
    }
    return block.row(row - first);
  }
}
