package org.althing.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.althing.model.features.Classifier;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.scoring.RowScorer;
import org.althing.table.RecordBatch;

/** The scores of one chunk's records, in their order, and what went wrong in it, if anything. */
final class ScoredChunk {
  private final long bytes;

  /** So many of a row, one after the other: 1, or one for each class. */
  private final int width;

  private double[] scores;
  private byte[] outcomes = new byte[512];
  private int rows;
  private int lines;
  private Optional<RecordSplitter.Fault> fault = Optional.empty();

  private ScoredChunk(long bytes, int width) {
    this.bytes = bytes;
    this.width = width;
    this.scores = new double[width * outcomes.length];
  }

  /**
   * Scores a chunk's records.
   *
   * @param width how many fields a record has
   */
  static ScoredChunk of(
      RecordChunks.Chunk chunk, RecordSplitter splitter, RowScorer scorer, int width) {
    ScoredChunk scored = new ScoredChunk((long) chunk.to() - chunk.from(), scorer.width());
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
  static ScoredChunk of(RecordBatch batch, Classifier model) {
    ScoredChunk scored = new ScoredChunk(0, model.weightsByScore().size());
    scored.scores = RowScorer.scores(model, batch);
    scored.outcomes = new byte[batch.rows()];
    scored.rows = batch.rows();
    Label.Reader label = model.label().reader();
    for (int row = 0; row < batch.rows(); row++) {
      scored.outcomes[row] =
          (byte) (label.isLabelled(batch, row) ? label.outcome(batch, row) : RowScorer.UNLABELLED);
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
    if (rows == outcomes.length) {
      scores = Arrays.copyOf(scores, 2 * rows * this.width);
      outcomes = Arrays.copyOf(outcomes, 2 * rows);
    }
    scorer.scores(scores, rows * this.width);
    outcomes[rows] = (byte) scorer.outcome();
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

  /** Of a yes-or-no label. */
  double logit(int row) {
    return scores[row];
  }

  /** Of a yes-or-no label. */
  double probability(int row) {
    return LinearModel.probabilityOf(scores[row]);
  }

  /** The score of each class. */
  double[] scores(int row) {
    return Arrays.copyOfRange(scores, row * width, (row + 1) * width);
  }

  /** 1, 0, the place of a class, or {@link RowScorer#UNLABELLED}. */
  int outcome(int row) {
    return outcomes[row];
  }

  Optional<RecordSplitter.Fault> fault() {
    return fault;
  }
}
