package org.althing.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.scoring.RowScorer;
import org.althing.table.RecordBatch;

/** The scores of one chunk's records, in their order, and what went wrong in it, if anything. */
final class ScoredChunk {
  private final long bytes;
  private double[] logits = new double[512];
  private byte[] outcomes = new byte[512];
  private int rows;
  private int lines;
  private Optional<RecordSplitter.Fault> fault = Optional.empty();

  private ScoredChunk(long bytes) {
    this.bytes = bytes;
  }

  /**
   * Scores a chunk's records.
   *
   * @param width how many fields a record has
   */
  static ScoredChunk of(
      RecordChunks.Chunk chunk, RecordSplitter splitter, RowScorer scorer, int width) {
    ScoredChunk scored = new ScoredChunk((long) chunk.to() - chunk.from());
    splitter.begin();
    try {
      if (!Utf8Input.isUtf8(chunk.bytes(), chunk.from(), chunk.to())) {
        throw new RecordSplitter.Fault(
            1,
            "from here on the text is not written in %s: save it so, or declare its character set in a binding"
                .formatted(StandardCharsets.UTF_8));
      }
      int at = chunk.from();
      while (at < chunk.to()) {
        at = splitter.next(chunk.bytes(), at, chunk.to());
        scored.score(chunk.bytes(), splitter, scorer, width);
      }
    } catch (RecordSplitter.Fault e) {
      scored.fault = Optional.of(e);
    }
    scored.lines = splitter.line() - 1;
    return scored;
  }

  /** Scores records that were read and cleaned elsewhere. */
  static ScoredChunk of(RecordBatch batch, LinearModel.Scorer scorer, Label.Reader label) {
    ScoredChunk scored = new ScoredChunk(0);
    for (int row = 0; row < batch.rows(); row++) {
      scored.add(
          scorer.logit(batch, row),
          label.isLabelled(batch, row) ? label.outcome(batch, row) : RowScorer.UNLABELLED);
    }
    return scored;
  }

  private void score(byte[] utf8, RecordSplitter splitter, RowScorer scorer, int width)
      throws RecordSplitter.Fault {
    if (splitter.fields() != width) {
      throw new RecordSplitter.Fault(
          splitter.recordLine(),
          "expected %d fields as in the first line, got %d".formatted(width, splitter.fields()));
    }
    for (int i = 0; i < width; i++) {
      scorer.field(i, utf8, splitter.start(i), splitter.end(i));
    }
    scorer.endRow();
    add(scorer.logit(), scorer.outcome());
  }

  private void add(double logit, int outcome) {
    if (rows == logits.length) {
      logits = Arrays.copyOf(logits, 2 * rows);
      outcomes = Arrays.copyOf(outcomes, 2 * rows);
    }
    logits[rows] = logit;
    outcomes[rows] = (byte) outcome;
    rows++;
  }

  int rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  /** How many lines the chunk has. */
  int lines() {
    return lines;
  }

  double logit(int row) {
    return logits[row];
  }

  double probability(int row) {
    return LinearModel.probabilityOf(logits[row]);
  }

  /** 1, 0 or {@link RowScorer#UNLABELLED}. */
  int outcome(int row) {
    return outcomes[row];
  }

  Optional<RecordSplitter.Fault> fault() {
    return fault;
  }
}
