package org.althing.node.source;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.node.source.SourceProblem.Kind;

/**
 * One JSON object (RFC 8259) a line, each key a column. A column that some lines lack is empty
 * there; one that all lack is missing. A line that has a key twice is refused, since readers differ
 * over which one counts.
 */
final class JsonLinesFile extends EngineFile {
  private static final int NO_OBJECT = -1;
  private static final int KEY_TWICE = -2;
  private static final int MOST_KEYS = 10_000;

  private final String compression;
  private final Map<String, String> days;

  JsonLinesFile(Path path) {
    this(path, Map.of());
  }

  /**
   * Names a file.
   *
   * @param days how days that are there as ISO 8601 writes them are to be written, by the key; left
   *     as they are where nothing is said
   */
  JsonLinesFile(Path path, Map<String, String> days) {
    super(path);
    this.days = days;
    this.compression = FileContent.compressed(path) ? "gzip" : "uncompressed";
  }

  @Override
  String expected() {
    return "one JSON object a line in UTF-8";
  }

  /**
   * Those of {@code names} that some line has as a key. Reads no further than to where all of them
   * are found.
   */
  List<String> keysAmong(List<String> names) throws SourceProblem {
    boolean[] seen = new boolean[names.size()];
    requireLines(
        file -> query(file, names),
        chunk -> {
          chunk.each(row -> look(row, names, seen));
          return !unseen(names, seen).isEmpty();
        });
    List<String> missing = unseen(names, seen);
    return names.stream().filter(name -> !missing.contains(name)).toList();
  }

  /** The keys that some line has, in the order in which they are first met. */
  List<String> keys() throws SourceProblem {
    Set<String> keys = new LinkedHashSet<>();
    requireLines(
        this::keysQuery,
        chunk -> {
          chunk.each(row -> keys.add(row.text(0)));
          return keys.size() <= MOST_KEYS;
        });
    if (keys.size() > MOST_KEYS) {
      throw problem(
          Kind.MALFORMED,
          "expected at most %d different keys → export a table, each line with the same keys"
              .formatted(MOST_KEYS));
    }
    return List.copyOf(keys);
  }

  /** Asks for something of all lines, of which there is one at least. */
  private void requireLines(Function<Path, String> query, Sandbox.ChunkSink chunks)
      throws SourceProblem {
    boolean[] any = {false};
    try {
      Path file = realPath();
      if (FileContent.compressed(file)) {
        // The engine expands whatever it is given.
        FileContent.digest(file);
      }
      try (Sandbox sandbox = Sandbox.around(file)) {
        sandbox.chunks(
            query.apply(file),
            chunk -> {
              any[0] = true;
              return chunks.take(chunk);
            });
      } catch (SQLException e) {
        throw refused(e);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (!any[0]) {
      throw problem(Kind.NO_ROWS, "expected %s → export it again".formatted(expected()));
    }
  }

  @Override
  void read(Sandbox sandbox, Path file, List<String> names, RowLimits limits, RowBatches rows)
      throws SQLException, SourceProblem {
    boolean[] seen = new boolean[names.size()];
    boolean[] any = {false};
    sandbox.each(
        query(file, names),
        row -> {
          any[0] = true;
          look(row, names, seen);
          String[] texts = row.texts(1, names.size());
          limits.check(texts);
          rows.add(texts);
        });
    List<String> missing = unseen(names, seen);
    if (any[0] && !missing.isEmpty()) {
      throw problem(
          Kind.MISSING_COLUMN,
          "expected %s in some line → correct \"from:\" in the binding, or declare the column absent"
              .formatted(missing));
    }
  }

  private String keysQuery(Path file) {
    return "SELECT unnest(json_keys(json)) FROM " + lines(file);
  }

  private String lines(Path file) {
    return "read_json_objects(%s, format = 'newline_delimited', compression = '%s', maximum_object_size = %d, hive_partitioning = false)"
        .formatted(
            Sandbox.literal(file.toString()), compression, CsvReader.MOST_CHARACTERS_PER_ROW);
  }

  /** First what is wrong with the line, then its texts: NULL for no such key, "" for null. */
  private String query(Path file, List<String> names) {
    String paths =
        names.stream()
            .map(n -> Sandbox.literal("/" + n.replace("~", "~0").replace("/", "~1")))
            .collect(Collectors.joining(", ", "[", "]"));
    StringBuilder nested = new StringBuilder();
    StringBuilder fields = new StringBuilder();
    for (int i = 1; i <= names.size(); i++) {
      nested.append(" WHEN t[%d] IN ('ARRAY', 'OBJECT') THEN %d".formatted(i, i));
      String value = "v[%d]".formatted(i);
      String format = days.get(names.get(i - 1));
      fields.append(
          ", CASE t[%1$d] WHEN 'NULL' THEN '' WHEN 'DOUBLE' THEN regexp_replace(v[%1$d], '\\.0$', '') ELSE %2$s END"
              .formatted(i, format == null ? value : IsoDay.written(value, format)));
    }
    return """
        WITH line AS (
          SELECT json_type(json) AS kind, json_keys(json) AS k,
                 json_extract_string(json, %1$s) AS v, json_type(json, %1$s) AS t
          FROM %2$s)
        SELECT (CASE WHEN kind <> 'OBJECT' THEN %3$d
                     WHEN len(k) <> len(list_distinct(k)) THEN %4$d%5$s ELSE 0 END)::BIGINT%6$s
        FROM line
        """
        .formatted(paths, lines(file), NO_OBJECT, KEY_TWICE, nested, fields);
  }

  private void refuse(long wrong, List<String> names) throws SourceProblem {
    if (wrong == NO_OBJECT) {
      throw problem(
          Kind.MALFORMED, "expected %s, got another value → export it again".formatted(expected()));
    }
    if (wrong == KEY_TWICE) {
      throw duplicate();
    }
    if (wrong > 0) {
      throw nested(names.get((int) wrong - 1));
    }
  }

  /** Refuses what is wrong with a line, and notes which keys it has. */
  private void look(Sandbox.Row row, List<String> names, boolean[] seen) throws SourceProblem {
    refuse(row.whole(0), names);
    for (int i = 0; i < seen.length; i++) {
      seen[i] = seen[i] || !row.isNull(i + 1);
    }
  }

  private static List<String> unseen(List<String> names, boolean[] seen) {
    return IntStream.range(0, seen.length).filter(i -> !seen[i]).mapToObj(names::get).toList();
  }
}
