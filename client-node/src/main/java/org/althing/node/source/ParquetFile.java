package org.althing.node.source;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A Parquet file. Whole numbers come without a fraction whatever their type, so that a code 1 is
 * {@code 1}; dates and times as ISO 8601 writes them, those of a zone in UTC; flags as {@code true}
 * and {@code false}.
 */
final class ParquetFile extends EngineFile {
  private static final Set<String> PLAIN =
      Set.of(
          "VARCHAR",
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "DATE",
          "TIME",
          "UUID");

  ParquetFile(Path path) {
    super(path);
  }

  @Override
  String expected() {
    return "Parquet";
  }

  @Override
  void read(Sandbox sandbox, Path file, List<String> names, TextRow rows)
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
    sandbox.each("DESCRIBE SELECT *" + from, row -> described.add(texts(row, 1, 2)));
    List<String> fields = new ArrayList<>();
    for (String name : names) {
      String[] column = described.get(own.indexOf(name));
      fields.add(text(Sandbox.identifier(column[0]), column[1], name));
    }
    sandbox.each(
        "SELECT " + String.join(", ", fields) + from,
        row -> rows.take(texts(row, 1, names.size())));
  }

  /** As the file's own schema has them, which may name two alike; columns may have columns. */
  private static List<String> columnNames(Sandbox sandbox, String literal)
      throws SQLException, SourceProblem {
    List<String> names = new ArrayList<>();
    // How many nodes of the tree are still to come before the next column, the root's entry apart.
    long[] inside = {-1};
    sandbox.each(
        "SELECT name, coalesce(num_children, 0) FROM parquet_schema(" + literal + ")",
        row -> {
          long children = row.getLong(2);
          if (inside[0] == -1) {
            inside[0] = 0;
          } else if (inside[0] == 0) {
            names.add(row.getString(1).strip());
            inside[0] = children;
          } else {
            inside[0] += children - 1;
          }
        });
    return names;
  }

  private String text(String column, String type, String name) throws SourceProblem {
    String plain = column + "::VARCHAR";
    if (PLAIN.contains(type) || type.startsWith("ENUM(")) {
      return plain;
    }
    if (type.equals("DOUBLE") || type.equals("FLOAT")) {
      return "CASE WHEN isfinite(%1$s) AND %1$s = trunc(%1$s) AND abs(%1$s) < 1e15 THEN %1$s::BIGINT::VARCHAR ELSE %1$s::VARCHAR END"
          .formatted(column);
    }
    if (type.startsWith("DECIMAL(")) {
      return type.endsWith(",0)") ? plain : "rtrim(rtrim(%s, '0'), '.')".formatted(plain);
    }
    if (Set.of("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS").contains(type)) {
      return "replace(%s, ' ', 'T')".formatted(plain);
    }
    if (type.equals("TIMESTAMP WITH TIME ZONE")) {
      return "replace((%s AT TIME ZONE 'UTC')::VARCHAR, ' ', 'T') || 'Z'".formatted(column);
    }
    throw nested(name);
  }
}
