package org.althing.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.althing.cleaning.TextRows;
import org.althing.scoring.RowScorer;

/**
 * Scores the rows of a table as they are read: elsewhere, while the thread that reads them goes on;
 * results in their order. A few batches are used over and over.
 */
final class TableScoring {
  /** Batches read ahead of the one that is written. */
  private static final int MOST_AHEAD = 4;

  private final int fields;
  private final Supplier<RowScorer> scorers;
  private final Executor executor;
  private final Scoring.Sink sink;
  private final Queue<CompletableFuture<Scored>> ahead = new ArrayDeque<>();
  private final Queue<RowScorer> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param fields of each row
   */
  TableScoring(int fields, Supplier<RowScorer> scorers, Executor executor, Scoring.Sink sink) {
    this.fields = fields;
    this.scorers = scorers;
    this.executor = executor;
    this.sink = sink;
  }

  private record Scored(TextRows rows, ScoredChunk chunk) {}

  /** Takes rows; answers what others shall be put into. */
  TextRows exchange(TextRows rows) {
    ahead.add(CompletableFuture.supplyAsync(() -> score(rows), executor));
    if (ahead.size() < MOST_AHEAD) {
      return new TextRows(fields);
    }
    try {
      TextRows written = write();
      written.clear();
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To be called after the last rows. */
  void end() throws IOException {
    while (!ahead.isEmpty()) {
      write();
    }
  }

  private Scored score(TextRows rows) {
    RowScorer scorer = Optional.ofNullable(idle.poll()).orElseGet(scorers);
    Scored scored = new Scored(rows, ScoredChunk.of(rows, scorer));
    idle.add(scorer);
    return scored;
  }

  private TextRows write() throws IOException {
    Scored scored = ahead.remove().join();
    sink.take(scored.chunk);
    return scored.rows;
  }
}
