package org.althing.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.althing.cleaning.TextRows;
import org.althing.model.features.LinearModel;
import org.althing.scoring.RowScorer;

/** The scores of one chunk's records, in their order, and what went wrong in it, if anything. */
final class ScoredChunk {
  /** Fields that are split together; of a record of more, that record's. */
  private static final int MANY_FIELDS = 1 << 20;

  private static final int SOME_ROWS = 512;

  private final long bytes;

  /** So many of a row, one after the other: 1, or one for each class. */
  private final int width;

  private double[] scores;
  private byte[] outcomes;
  private int rows;
  private int lines;
  private Optional<RecordSplitter.Fault> fault = Optional.empty();

  /**
   * @param room for so many rows at first
   */
  private ScoredChunk(long bytes, int width, int room) {
    this.bytes = bytes;
    this.width = width;
    this.outcomes = new byte[room];
    this.scores = new double[width * outcomes.length];
  }

  /**
   * Scores a chunk's records.
   *
   * @param width how many fields a record has
   */
  static ScoredChunk of(
      RecordChunks.Chunk chunk, RecordSplitter splitter, RowScorer scorer, int width) {
    ScoredChunk scored =
        new ScoredChunk((long) chunk.to() - chunk.from(), scorer.width(), SOME_ROWS);
    int most = Math.max(1, Math.min(RowScorer.MOST_ROWS, MANY_FIELDS / width));
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
        try {
          at = splitter.records(chunk.bytes(), at, chunk.to(), width, most);
        } finally {
          // Those before a fault have their scores.
          scorer.score(chunk.bytes(), splitter.starts(), splitter.ends(), splitter.records());
          scored.take(scorer, splitter.records());
        }
      }
    } catch (RecordSplitter.Fault e) {
      scored.fault = Optional.of(e);
    }
    scored.lines = splitter.line() - 1;
    return scored;
  }

  /** Scores rows that were read elsewhere. */
  static ScoredChunk of(TextRows rows, RowScorer scorer) {
    ScoredChunk scored = new ScoredChunk(0, scorer.width(), rows.rows());
    for (int first = 0; first < rows.rows(); first += RowScorer.MOST_ROWS) {
      int count = Math.min(RowScorer.MOST_ROWS, rows.rows() - first);
      scorer.score(rows, first, count);
      scored.take(scorer, count);
    }
    return scored;
  }

  private void take(RowScorer scorer, int count) {
    if (rows + count > outcomes.length) {
      outcomes = Arrays.copyOf(outcomes, 2 * outcomes.length + count);
      scores = Arrays.copyOf(scores, width * outcomes.length);
    }
    scorer.scores(scores, rows * width);
    for (int row = 0; row < count; row++) {
      outcomes[rows + row] = (byte) scorer.outcome(row);
    }
    rows += count;
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
