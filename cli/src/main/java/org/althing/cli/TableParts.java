package org.althing.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.althing.scoring.RowScorer;

/**
 * Scores the parts of a table beside one another: each is read and scored by one thread, where its
 * rows stay at hand; results in the order of the rows.
 */
final class TableParts {
  /** Scores that wait to be written, of a part; its thread waits with more. */
  private static final int MOST_WAITING = 1 << 20;

  /** About how many rows come at once. */
  private static final int ROWS_OF_CHUNK = 256;

  private final TableReader.Table table;
  private final Supplier<RowScorer> scorers;
  private final ExecutorService threads;
  private final Scoring.Sink sink;
  private final Queue<RowScorer> idle = new ConcurrentLinkedQueue<>();

  TableParts(
      TableReader.Table table,
      Supplier<RowScorer> scorers,
      ExecutorService threads,
      Scoring.Sink sink) {
    this.table = table;
    this.scorers = scorers;
    this.threads = threads;
    this.sink = sink;
  }

  /**
   * Scores everything, or fails with what is wrong after the rows before it.
   *
   * @param beside parts that are begun before the first of them has ended
   */
  void run(int beside) throws IOException {
    Queue<Part> begun = new ArrayDeque<>();
    for (int part = 0; part < table.parts(); part++) {
      if (begun.size() == beside) {
        begun.remove().write();
      }
      begun.add(new Part(part));
    }
    while (!begun.isEmpty()) {
      begun.remove().write();
    }
  }

  /** A part on its way. */
  private final class Part {
    private final BlockingQueue<Optional<ScoredChunk>> scored;
    private final Future<?> read;

    Part(int number) {
      RowScorer scorer = Optional.ofNullable(idle.poll()).orElseGet(scorers);
      int chunks = MOST_WAITING / (ROWS_OF_CHUNK * scorer.width());
      scored = new ArrayBlockingQueue<>(Math.max(1, chunks));
      read = threads.submit(() -> read(number, scorer));
    }

    private void read(int number, RowScorer scorer) {
      try {
        table.scan(
            number,
            rows -> {
              put(Optional.of(ScoredChunk.of(rows, scorer)));
              rows.clear();
              return rows;
            });
      } finally {
        idle.add(scorer);
        put(Optional.empty());
      }
    }

    /** Waits where many are waiting. */
    private void put(Optional<ScoredChunk> chunk) {
      try {
        scored.put(chunk);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("nobody waits for these scores any more");
      }
    }

    void write() throws IOException {
      try {
        for (Optional<ScoredChunk> chunk = scored.take();
            chunk.isPresent();
            chunk = scored.take()) {
          sink.take(chunk.get());
        }
        read.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("it was interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
