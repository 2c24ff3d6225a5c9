package org.althing.node.source;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.althing.cleaning.TextRows;
import org.althing.node.source.ParquetFile.Part;
import org.althing.node.source.SourceProblem.Kind;

/**
 * The rows of a Parquet file as they are, none of them cleaned, in parts that threads can read
 * beside one another: whole groups of rows, which the engine finds without reading the others.
 *
 * <p>Nothing is kept of the file, so that no digest of it is taken.
 */
public final class ParquetTable implements AutoCloseable {
  /** Fewer are not worth a query of their own, which takes as long as some thousand rows. */
  private static final long FEW_ROWS_OF_PART = 1 << 16;

  /** So many scores, of two classes, may wait for those of the parts before. */
  private static final long MANY_ROWS_OF_PART = 1 << 19;

  private final ParquetFile file;
  private final Path path;
  private final EngineFile.State opened;
  private final List<ParquetFile.Output> outputs;

  /** Whether rows can be asked for by their numbers. */
  private final boolean numbered;

  private final List<Part> parts;
  private final Queue<Sandbox> idle = new ConcurrentLinkedQueue<>();

  /** Whether a text was met that is in no list: from then on they come. */
  private volatile boolean unlisted;

  private ParquetTable(
      ParquetFile file,
      Path path,
      EngineFile.State opened,
      List<ParquetFile.Output> outputs,
      boolean numbered,
      List<Part> parts) {
    this.file = file;
    this.path = path;
    this.opened = opened;
    this.outputs = outputs;
    this.numbered = numbered;
    this.parts = parts;
  }

  /** The names of a file's columns, in their order. */
  public static List<String> columns(Path path) throws SourceProblem {
    return new ParquetFile(path).names();
  }

  /**
   * Opens a file.
   *
   * @param names of the columns, in the order of a row's fields
   * @param days how days are to be written, by the column
   * @param beside how many threads may read
   */
  public static ParquetTable open(
      Path path, List<String> names, Map<String, String> days, int beside) throws SourceProblem {
    ParquetFile file = new ParquetFile(path, days);
    try {
      Path real = file.realPath();
      EngineFile.State state = EngineFile.State.of(real);
      try (Sandbox sandbox = Sandbox.around(real)) {
        List<ParquetFile.Output> outputs = file.outputs(sandbox, real, names);
        boolean numbered =
            ParquetFile.hasRowNumbers(
                ParquetFile.columnNames(sandbox, Sandbox.literal(real.toString())));
        List<Part> parts = parts(sandbox, real, numbered, beside);
        return new ParquetTable(file, real, state, outputs, numbered, parts);
      } catch (SQLException e) {
        throw file.refused(e);
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /**
   * About alike, so that threads end together: at the ends of groups, as many as threads or several
   * times as many.
   */
  private static List<Part> parts(Sandbox sandbox, Path path, boolean numbered, int beside)
      throws SQLException, SourceProblem {
    List<Long> groups = ParquetFile.groups(sandbox, path);
    long rows = groups.stream().mapToLong(Long::longValue).sum();
    if (rows == 0) {
      throw new SourceProblem(Kind.NO_ROWS, "all files", "only column names → export again");
    }
    if (!numbered || rows < beside * FEW_ROWS_OF_PART) {
      return List.of(new Part(0, rows));
    }
    long wanted = beside * ((rows - 1) / (beside * MANY_ROWS_OF_PART) + 1);
    return parts(groups, (double) rows / wanted);
  }

  /** Each ends with the group whose end is nearest to where it should. */
  static List<Part> parts(List<Long> groups, double rowsOfPart) {
    List<Part> parts = new ArrayList<>();
    long first = 0;
    long end = 0;
    for (int group = 0; group < groups.size(); group++) {
      end += groups.get(group);
      boolean last = group == groups.size() - 1;
      long next = last ? end : end + groups.get(group + 1);
      double wanted = (Math.rint(first / rowsOfPart) + 1) * rowsOfPart;
      if (end > first && (last || Math.abs(end - wanted) <= Math.abs(next - wanted))) {
        parts.add(new Part(first, end));
        first = end;
      }
    }
    return parts;
  }

  /** How many parts there are, which follow one another. */
  public int parts() {
    return parts.size();
  }

  /**
   * Hands over the rows of a part, some {@value RowBatches#FEW_ROWS} at a time, which stay in a
   * processor's own memory; different parts may be read at the same time.
   *
   * @param exchange is given rows and gives back what others go into, empty
   */
  public void scan(int part, UnaryOperator<TextRows> exchange) throws SourceProblem {
    RowBatches rows = new RowBatches(outputs.size(), RowBatches.FEW_ROWS, exchange);
    try {
      Sandbox own = idle.poll();
      Sandbox sandbox = own == null ? Sandbox.around(path) : own;
      try {
        read(sandbox, parts.get(part), rows);
      } finally {
        idle.add(sandbox);
      }
      rows.handOver();
      file.requireUnchanged(path, opened);
    } catch (SQLException e) {
      throw file.refused(e);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Without the texts that are in no list, until one comes; from its row on with them. */
  private void read(Sandbox sandbox, Part part, RowBatches rows)
      throws SQLException, SourceProblem {
    long first = part.first();
    if (numbered && !unlisted) {
      Optional<Part> own = parts.size() == 1 ? Optional.empty() : Optional.of(part);
      first += ParquetFile.read(sandbox, path, outputs, own, false, file.limits(first), rows);
    }
    if (first < part.end()) {
      unlisted = true;
      Optional<Part> rest = numbered ? Optional.of(new Part(first, part.end())) : Optional.empty();
      ParquetFile.read(sandbox, path, outputs, rest, true, file.limits(first), rows);
    }
  }

  /** To be called when no part is being read. */
  @Override
  public void close() throws SourceProblem {
    try {
      for (Sandbox each = idle.poll(); each != null; each = idle.poll()) {
        each.close();
      }
    } catch (SQLException e) {
      throw file.refused(e);
    }
  }
}
