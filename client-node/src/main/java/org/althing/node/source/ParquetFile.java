package org.althing.node.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.althing.cleaning.TextRows;

/**
 * A Parquet file. Short numbers leave the engine as whole ones, everything else as texts, and all
 * are read as texts: whole numbers come without a fraction whatever their type, so that a code 1 is
 * {@code 1}; dates and times as ISO 8601 writes them, those of a zone in UTC; flags as {@code true}
 * and {@code false}.
 */
final class ParquetFile extends EngineFile {
  private static final Set<String> PLAIN =
      Set.of("VARCHAR", "BOOLEAN", "HUGEINT", "UBIGINT", "UHUGEINT", "DATE", "TIME", "UUID");

  private static final Set<String> WHOLE =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");

  /** Decimal places of a short number. */
  private static final int PLACES = 4;

  /** A number of at most 15 digits in steps; these digits are then those of its shortest text. */
  private static final String SHORT =
      "CASE WHEN abs(%1$s) < 1e11 AND round(%1$s * 1e4) / 1e4 = %1$s THEN round(%1$s * 1e4)::BIGINT END";

  /**
   * A text column whose first rows have no more different texts leaves the engine as their numbers.
   */
  private static final int MOST_CODES = 256;

  private static final int CODED_ROWS = 8192;

  /**
   * How a column leaves the engine: as a number, a text where there is none, or either.
   *
   * @param column the engine's name of it
   * @param number SQL of a BIGINT or NULL; none for {@link Form#TEXT}
   * @param type as the engine has it
   * @param codes the texts that numbers stand for, in that order, in UTF-8
   */
  private record Output(Form form, String column, String number, String type, List<byte[]> codes) {
    enum Form {
      TEXT,
      WHOLE,
      /** In steps of {@link #PLACES} places. */
      SHORT,
      CODE
    }
  }

  ParquetFile(Path path) {
    super(path);
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
    String literal = Sandbox.literal(file.toString());
    List<String> own = columnNames(sandbox, literal);
    if (own.stream().distinct().count() != own.size()) {
      throw duplicate();
    }
    List<String> missing = names.stream().filter(n -> !own.contains(n)).toList();
    if (!missing.isEmpty()) {
      throw missing(missing, own.size());
    }
    String from = " FROM read_parquet(" + literal + ", hive_partitioning = false)";
    // The engine renames columns that differ in case alone, so its names are taken by position.
    List<String[]> described = new ArrayList<>();
    sandbox.each(
        "SELECT column_name, column_type FROM (DESCRIBE SELECT *" + from + ")",
        row -> described.add(row.texts(0, 2)));
    List<Output> outputs = new ArrayList<>();
    for (String name : names) {
      String[] column = described.get(own.indexOf(name));
      outputs.add(output(sandbox, from, Sandbox.identifier(column[0]), column[1], name));
    }
    String[] texts = new String[outputs.size()];
    sandbox.each(
        query(outputs, from),
        row -> {
          take(row, outputs, texts, rows.rows());
          limits.check(texts);
          rows.endRow();
        });
  }

  /**
   * Sets the fields of one row.
   *
   * @param texts for those that came as texts; others are left empty here
   */
  private static void take(Sandbox.Row row, List<Output> outputs, String[] texts, TextRows fields) {
    int column = 0;
    for (int field = 0; field < texts.length; field++) {
      Output output = outputs.get(field);
      texts[field] = "";
      boolean open = true;
      if (output.form != Output.Form.TEXT) {
        open = row.isNull(column);
        if (!open) {
          set(output, row.whole(column), field, fields);
        }
        column++;
      }
      if (output.form != Output.Form.WHOLE) {
        if (open) {
          texts[field] = row.text(column);
          fields.set(field, texts[field]);
        }
        column++;
      }
    }
  }

  private static void set(Output output, long number, int field, TextRows fields) {
    if (output.form == Output.Form.CODE) {
      fields.set(field, output.codes.get((int) number));
    } else {
      fields.set(field, number, output.form == Output.Form.SHORT ? PLACES : 0);
    }
  }

  /** As the file's own schema has them, which may name two alike; columns may have columns. */
  private static List<String> columnNames(Sandbox sandbox, String literal)
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

  private Output output(Sandbox sandbox, String from, String column, String type, String name)
      throws SQLException, SourceProblem {
    String text = text(column, type).orElseThrow(() -> nested(name));
    if (WHOLE.contains(type)) {
      return new Output(Output.Form.WHOLE, column, column + "::BIGINT", type, List.of());
    }
    if (type.equals("DOUBLE")) {
      return new Output(Output.Form.SHORT, column, SHORT.formatted(column), type, List.of());
    }
    List<String> codes = new ArrayList<>();
    sandbox.each(
        "SELECT DISTINCT t FROM (SELECT %s AS t%s LIMIT %d) WHERE len(t) < 64 ORDER BY t LIMIT %d"
            .formatted(text, from, CODED_ROWS, MOST_CODES + 1),
        row -> codes.add(row.text(0)));
    if (codes.isEmpty()
        || codes.size() > MOST_CODES
        || codes.stream().anyMatch(ParquetFile::hasNul)) {
      return new Output(Output.Form.TEXT, column, "", type, List.of());
    }
    String code =
        "enum_code(TRY_CAST(%s AS ENUM(%s)))::BIGINT"
            .formatted(
                text, codes.stream().map(Sandbox::literal).collect(Collectors.joining(", ")));
    return new Output(
        Output.Form.CODE,
        column,
        code,
        type,
        codes.stream().map(known -> known.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Works every number out once; the engine would do so again to see where it has none. */
  private static String query(List<Output> outputs, String from) {
    List<String> inner = new ArrayList<>();
    List<String> outer = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      inner.add(output.column + " AS v" + i);
      String text = text("v" + i, output.type).orElseThrow();
      if (output.form == Output.Form.TEXT) {
        outer.add(text);
        continue;
      }
      inner.add(output.number + " AS n" + i);
      outer.add("n" + i);
      if (output.form != Output.Form.WHOLE) {
        outer.add("CASE WHEN n%d IS NULL THEN %s END".formatted(i, text));
      }
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
