package org.althing.node.source;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.cleaning.TextList;
import org.althing.cleaning.TextRows;
import org.althing.node.source.ResultColumn.Form;

/**
 * A Parquet file. Numbers leave the engine as such, texts that repeat as their places in a list,
 * everything else as texts, and all mean what their texts mean: whole numbers come without a
 * fraction whatever their type, so that a code 1 is {@code 1}; dates and times as ISO 8601 writes
 * them, those of a zone in UTC; flags as {@code true} and {@code false}.
 */
final class ParquetFile extends EngineFile {
  private static final Set<String> PLAIN =
      Set.of(
          "VARCHAR", "BOOLEAN", "BIGINT", "HUGEINT", "UBIGINT", "UHUGEINT", "DATE", "TIME", "UUID");

  /** All their values are doubles. */
  private static final Set<String> WHOLE =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER");

  /** Decimals of so many digits are the shortest texts of the doubles next to them. */
  private static final Pattern SHORT_DECIMAL = Pattern.compile("DECIMAL\\((\\d|1[0-5]),\\d+\\)");

  /**
   * A text column whose first rows have no more different texts leaves the engine as their numbers.
   */
  private static final int MOST_CODES = ResultColumn.UNLISTED;

  private static final int CODED_ROWS = 8192;

  /** The engine's column of a row's number in its file, from 0. */
  private static final String ROW_NUMBER = "file_row_number";

  private static final TextList NO_LIST = new TextList(List.of());

  /**
   * How a column leaves the engine.
   *
   * @param column the engine's name of it, or other SQL of its values
   * @param type of those, as the engine has it
   * @param first SQL of a DOUBLE, of a BIGINT for {@link Form#WHOLE}, or of a UTINYINT for {@link
   *     Form#PLACE}, which may be NULL where the value is not; "" for {@link Form#TEXT}
   * @param list the texts that places stand for
   */
  record Output(Form form, String column, String type, String first, TextList list) {}

  /**
   * Rows that follow one another.
   *
   * @param first the number of the first, from 0
   * @param end that of the row after the last
   */
  record Part(long first, long end) {}

  private final Map<String, String> days;

  ParquetFile(Path path) {
    this(path, Map.of());
  }

  /**
   * Names a file.
   *
   * @param days how days are to be written, by the column; as ISO 8601 does where nothing is said
   */
  ParquetFile(Path path, Map<String, String> days) {
    super(path);
    this.days = days;
  }

  @Override
  String expected() {
    return "Parquet";
  }

  /** The names of its columns, in their order; none of its values is read. */
  List<String> names() throws SourceProblem {
    try (Sandbox sandbox = Sandbox.around(realPath())) {
      return columnNames(sandbox, Sandbox.literal(realPath().toString()));
    } catch (SQLException e) {
      throw refused(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  void read(Sandbox sandbox, Path file, List<String> names, RowLimits limits, RowBatches rows)
      throws SQLException, SourceProblem {
    read(sandbox, file, outputs(sandbox, file, names), Optional.empty(), true, limits, rows);
  }

  private static String from(Path file) {
    return " FROM read_parquet(%s, hive_partitioning = false)"
        .formatted(Sandbox.literal(file.toString()));
  }

  /** How columns leave the engine, by a look at the file's first rows. */
  List<Output> outputs(Sandbox sandbox, Path file, List<String> names)
      throws SQLException, SourceProblem {
    String literal = Sandbox.literal(file.toString());
    List<String> own = columnNames(sandbox, literal);
    if (own.stream().distinct().count() != own.size()) {
      throw duplicate();
    }
    List<String> missing = names.stream().filter(n -> !own.contains(n)).toList();
    if (!missing.isEmpty()) {
      throw missing(missing, own.size());
    }
    String from = from(file);
    // The engine renames columns that differ in case alone, so its names are taken by position.
    List<String[]> described = new ArrayList<>();
    sandbox.each(
        "SELECT column_name, column_type FROM (DESCRIBE SELECT *" + from + ")",
        row -> described.add(row.texts(0, 2)));
    List<Output> outputs = new ArrayList<>();
    for (String name : names) {
      String[] column = described.get(own.indexOf(name));
      outputs.add(output(Sandbox.identifier(column[0]), column[1], name));
    }
    code(sandbox, from, outputs);
    return outputs;
  }

  /** Whether rows can be asked for by their number: by the engine's name for it, if it is free. */
  static boolean hasRowNumbers(List<String> own) {
    return own.stream().noneMatch(ROW_NUMBER::equalsIgnoreCase);
  }

  /** The numbers of rows of groups that each can be read without the others, in their order. */
  static List<Long> groups(Sandbox sandbox, Path file) throws SQLException, SourceProblem {
    List<Long> groups = new ArrayList<>();
    sandbox.each(
        "SELECT max(row_group_num_rows)::BIGINT FROM parquet_metadata(%s) GROUP BY row_group_id ORDER BY row_group_id"
            .formatted(Sandbox.literal(file.toString())),
        row -> groups.add(row.whole(0)));
    return groups;
  }

  /**
   * Hands over some rows.
   *
   * @param part which of them; all without
   * @param unlisted whether texts that are not listed come too
   * @return how many, fewer than there are where one of them has such a text, and it does not come
   */
  static long read(
      Sandbox sandbox,
      Path file,
      List<Output> outputs,
      Optional<Part> part,
      boolean unlisted,
      RowLimits limits,
      RowBatches rows)
      throws SQLException, SourceProblem {
    String from =
        part.map(
                p ->
                    " FROM read_parquet(%s, hive_partitioning = false, %2$s = true) WHERE %2$s >= %3$d AND %2$s < %4$d"
                        .formatted(
                            Sandbox.literal(file.toString()), ROW_NUMBER, p.first(), p.end()))
            .orElseGet(() -> from(file));
    List<ResultColumn> columns = new ArrayList<>();
    String query = query(outputs, from, unlisted, columns);
    long[] taken = {0};
    sandbox.chunks(
        query,
        chunk -> {
          int count = take(chunk, columns, limits, rows);
          taken[0] += count;
          return count == chunk.rows();
        });
    return taken[0];
  }

  /** Takes the rows of a chunk, up to one that has a text which does not come: how many. */
  private static int take(
      Sandbox.Chunk chunk, List<ResultColumn> columns, RowLimits limits, RowBatches rows)
      throws SourceProblem {
    for (int first = 0; first < chunk.rows(); first += RowLimits.MOST_AHEAD) {
      int count = Math.min(RowLimits.MOST_AHEAD, chunk.rows() - first);
      TextRows into = rows.reserveRows(count);
      boolean all = true;
      for (int field = 0; field < columns.size(); field++) {
        all &= columns.get(field).take(chunk, first, count, field, into, limits);
      }
      if (!all) {
        return first;
      }
      limits.endRows(count);
      rows.endRows(count);
    }
    return chunk.rows();
  }

  /** As the file's own schema has them, which may name two alike; columns may have columns. */
  static List<String> columnNames(Sandbox sandbox, String literal)
      throws SQLException, SourceProblem {
    List<String> names = new ArrayList<>();
    // How many nodes of the tree are still to come before the next column, the root's entry apart.
    long[] inside = {-1};
    sandbox.each(
        "SELECT name, coalesce(num_children, 0)::BIGINT FROM parquet_schema(" + literal + ")",
        row -> {
          long children = row.whole(1);
          if (inside[0] == -1) {
            inside[0] = 0;
          } else if (inside[0] == 0) {
            names.add(row.text(0).strip());
            inside[0] = children;
          } else {
            inside[0] += children - 1;
          }
        });
    return names;
  }

  private Output output(String column, String type, String name) throws SourceProblem {
    String format = type.equals("DATE") ? days.get(name) : null;
    if (format != null) {
      String day = IsoDay.written(column + "::VARCHAR", format);
      return new Output(Form.TEXT, day, "VARCHAR", "", NO_LIST);
    }
    String text = text(column, type).orElseThrow(() -> nested(name));
    if (type.equals("DOUBLE")) {
      return number(column, type, column);
    }
    if (WHOLE.contains(type) || SHORT_DECIMAL.matcher(type).matches()) {
      return number(column, type, column + "::DOUBLE");
    }
    if (type.equals("FLOAT")) {
      return number(column, type, "(%s)::DOUBLE".formatted(text));
    }
    if (type.equals("BIGINT")) {
      return new Output(Form.WHOLE, column, type, column, NO_LIST);
    }
    return new Output(Form.TEXT, column, type, "", NO_LIST);
  }

  /** Those columns of texts that repeat leave as places. One look at all: each opens the file. */
  private static void code(Sandbox sandbox, String from, List<Output> outputs)
      throws SQLException, SourceProblem {
    List<Integer> texts =
        IntStream.range(0, outputs.size())
            .filter(i -> outputs.get(i).form == Form.TEXT)
            .boxed()
            .toList();
    if (texts.isEmpty()) {
      return;
    }
    List<SortedSet<String>> codes = firstTexts(sandbox, from, texts.stream().map(outputs::get));
    for (int i = 0; i < codes.size(); i++) {
      Output output = outputs.get(texts.get(i));
      if (!codes.get(i).isEmpty()
          && codes.get(i).size() <= MOST_CODES
          && codes.get(i).stream().noneMatch(ParquetFile::hasNul)) {
        outputs.set(texts.get(i), coded(output, List.copyOf(codes.get(i))));
      }
    }
  }

  /** The different texts in the first rows of each column but long ones, or one more than codes. */
  private static List<SortedSet<String>> firstTexts(
      Sandbox sandbox, String from, Stream<Output> outputs) throws SQLException, SourceProblem {
    List<String> inner = new ArrayList<>();
    List<String> outer = new ArrayList<>();
    List<SortedSet<String>> found = new ArrayList<>();
    outputs.forEach(
        output -> {
          String name = "t" + found.size();
          inner.add(text(output.column, output.type).orElseThrow() + " AS " + name);
          outer.add("CASE WHEN len(%1$s) < 64 THEN %1$s END".formatted(name));
          found.add(new TreeSet<>());
        });
    sandbox.chunks(
        "SELECT %s FROM (SELECT %s%s LIMIT %d)"
            .formatted(String.join(", ", outer), String.join(", ", inner), from, CODED_ROWS),
        chunk -> {
          for (int column = 0; column < found.size(); column++) {
            SortedSet<String> texts = found.get(column);
            for (int row = 0; row < chunk.rows() && texts.size() <= MOST_CODES; row++) {
              if (!chunk.isNull(column, row)) {
                texts.add(chunk.text(column, row));
              }
            }
          }
          return true;
        });
    return found;
  }

  private static Output coded(Output output, List<String> codes) {
    String place =
        "enum_code(TRY_CAST(%s AS ENUM(%s)))::UTINYINT"
            .formatted(
                text(output.column, output.type).orElseThrow(),
                codes.stream().map(Sandbox::literal).collect(Collectors.joining(", ")));
    return new Output(Form.PLACE, output.column, output.type, place, new TextList(codes));
  }

  private static Output number(String column, String type, String number) {
    return new Output(Form.NUMBER, column, type, number, NO_LIST);
  }

  /**
   * Works every number out once; the engine would do so again to see where it has none.
   *
   * @param unlisted whether texts without a place come in columns of their own, which cost time
   *     where there are none too; else a place of their own tells of them
   * @param columns where the query's result has what; added to
   */
  private static String query(
      List<Output> outputs, String from, boolean unlisted, List<ResultColumn> columns) {
    List<String> inner = new ArrayList<>();
    List<String> outer = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      boolean plain = output.form == Form.TEXT;
      inner.add(output.column + " AS v" + i);
      int first = ResultColumn.NONE;
      if (!plain) {
        inner.add(
            output.form == Form.PLACE && !unlisted
                ? "coalesce(%s, CASE WHEN %s IS NOT NULL THEN %d::UTINYINT END) AS n%d"
                    .formatted(output.first, output.column, ResultColumn.UNLISTED, i)
                : output.first + " AS n" + i);
        first = outer.size();
        outer.add("n" + i);
      }
      int rest = ResultColumn.NONE;
      if (plain || (output.form == Form.PLACE && unlisted)) {
        String text = text("v" + i, output.type).orElseThrow();
        rest = outer.size();
        outer.add(plain ? text : "CASE WHEN n%d IS NULL THEN %s END".formatted(i, text));
      }
      columns.add(new ResultColumn(output.form, first, rest, output.list));
    }
    return "SELECT %s FROM (SELECT %s%s)"
        .formatted(String.join(", ", outer), String.join(", ", inner), from);
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  /** A column as text; nothing where it holds other than plain values. */
  private static Optional<String> text(String column, String type) {
    String plain = column + "::VARCHAR";
    if (PLAIN.contains(type) || WHOLE.contains(type) || type.startsWith("ENUM(")) {
      return Optional.of(plain);
    }
    if (type.equals("DOUBLE") || type.equals("FLOAT")) {
      return Optional.of(
          "CASE WHEN isfinite(%1$s) AND %1$s = trunc(%1$s) AND abs(%1$s) < 1e15 THEN %1$s::BIGINT::VARCHAR ELSE %1$s::VARCHAR END"
              .formatted(column));
    }
    if (type.startsWith("DECIMAL(")) {
      return Optional.of(
          type.endsWith(",0)") ? plain : "rtrim(rtrim(%s, '0'), '.')".formatted(plain));
    }
    if (Set.of("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS").contains(type)) {
      return Optional.of("replace(%s, ' ', 'T')".formatted(plain));
    }
    if (type.equals("TIMESTAMP WITH TIME ZONE")) {
      return Optional.of(
          "replace((%s AT TIME ZONE 'UTC')::VARCHAR, ' ', 'T') || 'Z'".formatted(column));
    }
    return Optional.empty();
  }
}
