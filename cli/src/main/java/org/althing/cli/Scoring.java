package org.althing.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.report.ModelFile;
import org.althing.scoring.RowScorer;

/**
 * Scores the records of one delimited text, computed here and nowhere else: chunk by chunk on
 * several threads, in memory that does not grow with the text, results in its order.
 */
final class Scoring {
  /** Chunks read ahead of the one that is written. */
  private static final int MOST_AHEAD = 16;

  private final ModelFile model;
  private final Binding given;
  private final String name;

  /**
   * @param given how columns and codes translate; columns it does not name keep the contract's name
   * @param name of the text, as errors shall show it
   */
  Scoring(ModelFile model, Binding given, String name) {
    this.model = model;
    this.given = given;
    this.name = name;
  }

  /** What becomes of the scores. */
  interface Sink {
    void take(ScoredChunk chunk) throws IOException;
  }

  /** Scores everything, or fails with the line that is wrong after the chunks before it. */
  void run(InputStream in, Executor executor, Sink sink) throws IOException {
    RecordChunks chunks =
        new RecordChunks(Utf8Input.of(in, given.format().charset()), given.format().quotes());
    try {
      Optional<RecordChunks.Chunk> first = chunks.next();
      if (first.isEmpty()) {
        throw wrong(1, "the file is empty: expected a line of column names, or rows");
      }
      Head head = head(first.get());
      Binding binding =
          byName(
              model, head.names(), "the file's %d columns".formatted(head.names().size()), given);
      new Course(binding, head, executor, sink).run(head.behind(), chunks);
    } catch (CharacterCodingException e) {
      throw notWritten(e);
    } catch (RecordChunks.Endless e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, name + ": " + e.getMessage(), e);
    }
  }

  private CommandFailure notWritten(CharacterCodingException e) {
    return new CommandFailure(
        ExitCode.BAD_INPUT,
        "%s is not written in %s: save it so, or declare its character set in a binding"
            .formatted(name, given.format().charset()),
        e);
  }

  private CommandFailure wrong(long line, String why) {
    return new CommandFailure(ExitCode.BAD_INPUT, "%s, line %d: %s".formatted(name, line, why));
  }

  /**
   * The names, and what of the first chunk stands behind them.
   *
   * @param lines that the names took
   */
  private record Head(List<String> names, int lines, RecordChunks.Chunk behind) {}

  private Head head(RecordChunks.Chunk first) {
    if (!Utf8Input.isUtf8(first.bytes(), first.from(), first.to())) {
      throw notWritten(new CharacterCodingException());
    }
    RecordSplitter splitter = new RecordSplitter(given.format());
    // A first line that is a row is split again among the others, so the bytes must stay as they
    // are.
    byte[] bytes = given.format().header() ? first.bytes() : first.bytes().clone();
    try {
      int end = splitter.next(bytes, first.from(), first.to());
      List<String> names = splitter.names(bytes, given.format());
      return given.format().header()
          ? new Head(
              names, splitter.line() - 1, new RecordChunks.Chunk(first.bytes(), end, first.to()))
          : new Head(names, 0, first);
    } catch (RecordSplitter.Fault e) {
      throw wrong(e.line(), String.valueOf(e.getMessage()));
    }
  }

  /** One text on its way. */
  private final class Course {
    private final Binding binding;
    private final Head head;
    private final Executor executor;
    private final Sink sink;
    private final Queue<CompletableFuture<ScoredChunk>> ahead = new ArrayDeque<>();
    private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();
    private long lines;

    Course(Binding binding, Head head, Executor executor, Sink sink) {
      this.binding = binding;
      this.head = head;
      this.executor = executor;
      this.sink = sink;
      this.lines = head.lines();
    }

    void run(RecordChunks.Chunk first, RecordChunks chunks) throws IOException {
      Optional<RecordChunks.Chunk> chunk = Optional.of(first);
      while (chunk.isPresent()) {
        RecordChunks.Chunk own = chunk.get();
        ahead.add(CompletableFuture.supplyAsync(() -> score(own), executor));
        if (ahead.size() == MOST_AHEAD) {
          take(ahead.remove().join());
        }
        chunk = chunks.next();
      }
      while (!ahead.isEmpty()) {
        take(ahead.remove().join());
      }
    }

    private ScoredChunk score(RecordChunks.Chunk chunk) {
      Worker worker = Optional.ofNullable(idle.poll()).orElseGet(this::worker);
      ScoredChunk scored =
          ScoredChunk.of(chunk, worker.splitter(), worker.scorer(), head.names().size());
      idle.add(worker);
      return scored;
    }

    private Worker worker() {
      return new Worker(
          new RecordSplitter(given.format()), new RowScorer(model, binding, head.names()));
    }

    private void take(ScoredChunk chunk) throws IOException {
      sink.take(chunk);
      if (chunk.fault().isPresent()) {
        RecordSplitter.Fault fault = chunk.fault().get();
        throw wrong(lines + fault.line(), String.valueOf(fault.getMessage()));
      }
      lines += chunk.lines();
    }
  }

  /** What one thread needs at a time. */
  private record Worker(RecordSplitter splitter, RowScorer scorer) {}

  /** How the model's columns are bound: by the contract's name where nothing else is said. */
  private static BoundColumn bound(String name, Binding given) {
    return given.columns().stream()
        .filter(c -> c.column().equals(name))
        .findFirst()
        .orElse(BoundColumn.same(name));
  }

  /** Under which names a file may have the model's columns. */
  static List<String> localNames(ModelFile file, Binding given) {
    return file.columns().stream()
        .flatMap(column -> bound(column.column().name(), given).localName().stream())
        .distinct()
        .toList();
  }

  /**
   * A binding that takes every column by the contract's name, the label only where it is there.
   *
   * @param names that the file has
   * @param among which columns, in words
   */
  static Binding byName(ModelFile file, List<String> names, String among, Binding given) {
    Set<String> features = new HashSet<>(file.model().features().columnsRead());
    List<BoundColumn> columns = new ArrayList<>();
    for (var column : file.columns()) {
      String name = column.column().name();
      BoundColumn bound = bound(name, given);
      boolean there = bound.localName().map(names::contains).orElse(false);
      if (!there && bound.localName().isPresent() && features.contains(name)) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            // Not the file's names: where it has none, its first line is a row of data.
            "the model needs a column %s, none of %s has that name: rename one, or give --contract and --binding%s"
                .formatted(bound.localName().get(), among, otherDelimiter(names)));
      }
      columns.add(there || bound.constant().isPresent() ? bound : absent(bound));
    }
    return new Binding(
        given.contractId(), given.contractVersion(), given.format(), columns, given.digest());
  }

  /** That one column alone may be several, which only a binding can say. */
  private static String otherDelimiter(List<String> names) {
    return names.size() == 1 && names.get(0).matches("(?s).*[;|\t].*")
        ? ", which says how fields are delimited: by a comma unless it says otherwise"
        : "";
  }

  private static BoundColumn absent(BoundColumn bound) {
    return new BoundColumn(
            bound.column(),
            Optional.empty(),
            bound.missingCodes(),
            bound.codes(),
            bound.factor(),
            bound.offset())
        .written(bound.dayFormat(), bound.decimalComma());
  }
}
