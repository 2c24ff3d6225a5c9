package org.althing.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.althing.model.features.LinearModel;
import org.althing.scoring.RowScorer;

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
    try {
      splitter.all(chunk.bytes(), chunk.from(), chunk.to(), scored.sink(scorer, width));
      if (!Utf8Input.isUtf8(chunk.bytes(), chunk.from(), chunk.to())) {
        throw new RecordSplitter.Fault(
            1,
            "from here on the text is not written in %s: save it so, or declare its character set in a binding"
                .formatted(StandardCharsets.UTF_8));
      }
    } catch (RecordSplitter.Fault e) {
      scored.fault = Optional.of(e);
    }
    scored.lines = splitter.line() - 1;
    return scored;
  }

  private RecordSplitter.Sink sink(RowScorer scorer, int width) {
    return new RecordSplitter.Sink() {
      @Override
      public void field(int position, byte[] utf8, int from, int to) {
        if (position < width) {
          scorer.field(position, utf8, from, to);
        }
      }

      @Override
      public void end(int fields, int line) throws RecordSplitter.Fault {
        if (fields != width) {
          throw new RecordSplitter.Fault(
              line, "expected %d fields as in the first line, got %d".formatted(width, fields));
        }
        scorer.endRow();
        add(scorer.logit(), scorer.outcome());
      }
    };
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
