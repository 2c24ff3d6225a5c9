package org.althing.node.source;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.althing.cleaning.TextRows;
import org.althing.node.source.SourceProblem.Kind;

/**
 * Reads a source in a thread of its own, while the thread that asked for the rows works on those
 * that came before. A few batches go back and forth; only the thread that holds one touches it, and
 * nothing else is shared. The rows, their batches and their order are those of a direct scan, and
 * so is an error: it comes after the rows before it.
 */
final class ReadAhead {
  /** One that is filled, one that is worked on, one between them. */
  private static final int BATCHES = 3;

  /** Has room for all batches and the end, so that nobody waits to add to it. */
  private final BlockingQueue<Optional<TextRows>> filled = new ArrayBlockingQueue<>(BATCHES + 1);

  private final BlockingQueue<TextRows> empty = new ArrayBlockingQueue<>(BATCHES);

  private ReadAhead(int fields) {
    // The reader begins with one.
    for (int i = 1; i < BATCHES; i++) {
      empty.add(new TextRows(fields));
    }
  }

  /**
   * As {@link RowSource#scan(List, Consumer)}, which it is where there is one processor alone.
   * Whatever ends it, no thread is left behind.
   */
  static RowSource.Reading scan(RowSource source, List<String> names, Consumer<TextRows> consumer)
      throws SourceProblem {
    return Runtime.getRuntime().availableProcessors() == 1
        ? source.scan(names, consumer)
        : new ReadAhead(names.size()).run(source, names, consumer);
  }

  private RowSource.Reading run(RowSource source, List<String> names, Consumer<TextRows> consumer)
      throws SourceProblem {
    FutureTask<RowSource.Reading> reading = new FutureTask<>(() -> read(source, names));
    Thread reader = new Thread(reading, "read-ahead");
    reader.setDaemon(true);
    reader.start();
    try {
      consume(consumer);
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceProblem(
          Kind.UNREADABLE, source.name(), "the reading was interrupted → run again");
    } catch (ExecutionException e) {
      throw problem(e);
    } finally {
      end(reader);
    }
  }

  private RowSource.Reading read(RowSource source, List<String> names) throws SourceProblem {
    try {
      return source.scan(names, new RowBatches(names.size(), RowBatches.MOST_ROWS, this::exchange));
    } finally {
      filled.add(Optional.empty());
    }
  }

  private TextRows exchange(TextRows rows) {
    filled.add(Optional.of(rows));
    try {
      return empty.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("nobody waits for these rows any more");
    }
  }

  private void consume(Consumer<TextRows> consumer) throws InterruptedException {
    for (Optional<TextRows> rows = filled.take(); rows.isPresent(); rows = filled.take()) {
      consumer.accept(rows.get());
      rows.get().clear();
      empty.add(rows.get());
    }
  }

  /** What the reader failed with, for whoever asked. */
  private static SourceProblem problem(ExecutionException failed) {
    if (failed.getCause() instanceof SourceProblem problem) {
      return problem;
    }
    if (failed.getCause() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(failed);
  }

  /** Stops the reader where it still reads, and waits for it, interrupted or not. */
  private static void end(Thread reader) {
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
