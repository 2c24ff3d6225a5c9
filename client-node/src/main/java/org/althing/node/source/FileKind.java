package org.althing.node.source;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file is, as the end of its name says. */
public enum FileKind {
  /** {@code .csv}, {@code .tsv}, {@code .txt}, {@code .data} or no ending; also {@code .gz}. */
  DELIMITED_TEXT("[^.]+|.*\\.(csv|tsv|txt|data)(\\.gz)?"),
  /** {@code .jsonl} or {@code .ndjson}; also {@code .gz}. */
  JSON_LINES(".*\\.(jsonl|ndjson)(\\.gz)?"),
  /** {@code .parquet}. */
  PARQUET(".*\\.parquet"),
  /** {@code .table.yaml}: a description of a database's table. */
  DATABASE_TABLE(".*\\.table\\.yaml");

  private final Pattern names;

  FileKind(String names) {
    this.names = Pattern.compile(names);
  }

  /** Empty where it is none that is read. */
  public static Optional<FileKind> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (FileKind kind : values()) {
      if (kind.names.matcher(name).matches()) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
