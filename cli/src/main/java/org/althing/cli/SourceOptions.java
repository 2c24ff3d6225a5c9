package org.althing.cli;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the files are written that something is proposed from, and what only people know of them. */
public final class SourceOptions {
  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "What separates fields of delimited text; a comma unless said otherwise.")
  private char delimiter = ',';

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description =
          "What delimited text is written in: utf-8 unless said otherwise, gb18030, iso-8859-1.")
  private String charset = "utf-8";

  @Option(names = "--decimal-comma", description = "Numbers have a comma before their fraction.")
  private boolean decimalComma;

  @Option(
      names = "--text",
      paramLabel = "COLUMN=LANGUAGE",
      description = "A column of free text, and en, zh or zh-Hans; may be repeated.")
  private Map<String, String> texts = Map.of();

  @Option(
      names = "--unit",
      paramLabel = "COLUMN",
      description =
          "Says whose a row is, such as a patient's number: the budget protects people with all their rows, not rows.")
  private Optional<String> unit = Optional.empty();

  public char delimiter() {
    return delimiter;
  }

  public boolean decimalComma() {
    return decimalComma;
  }

  /** Columns of free text, with the code of their language. */
  public Map<String, String> texts() {
    return texts;
  }

  /** The column that says whose a row is, if one row is not all of a unit. */
  public Optional<String> unit() {
    return unit;
  }

  /**
   * A file whole, as delimited text in UTF-8 with {@link #delimiter}.
   *
   * @param reader expands what is compressed and reads other tables, if it is there
   * @throws CommandFailure where it cannot be read so
   */
  public byte[] content(Path file, Optional<TableReader> reader) {
    Charset declared = FederationProposal.charset(charset);
    if (reader.isEmpty() || !reader.get().reads(file)) {
      return FederationProposal.content(file, declared, reader);
    }
    if (decimalComma) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s: its numbers have a point, whatever is said of delimited text: leave out --decimal-comma"
              .formatted(file));
    }
    return DelimitedText.of(file, reader.get(), SourceSummary.format(delimiter));
  }
}
