package org.althing.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Where scores go: to a file, which is there only when it is whole, or to a writer. */
final class ScoreOutput implements AutoCloseable {
  private final List<String> classes;
  private final ScoreLines lines;
  private final OutputStream out;
  private final Optional<Path> part;
  private final Optional<Path> whole;

  private ScoreOutput(
      List<String> classes, OutputStream out, Optional<Path> part, Optional<Path> whole) {
    this.classes = classes;
    this.lines = new ScoreLines(classes);
    this.out = out;
    this.part = part;
    this.whole = whole;
  }

  /**
   * @param classes their names; none of a yes-or-no label
   */
  static ScoreOutput to(List<String> classes, Optional<Path> file, PrintWriter writer)
      throws IOException {
    if (file.isEmpty()) {
      return new ScoreOutput(classes, new Printed(writer), Optional.empty(), file);
    }
    Path part = file.get().resolveSibling(file.get().getFileName() + ".part");
    return new ScoreOutput(classes, Files.newOutputStream(part), Optional.of(part), file);
  }

  void begin() throws IOException {
    out.write(ScoreLines.head(classes).getBytes(StandardCharsets.UTF_8));
  }

  void write(ScoredChunk chunk) throws IOException {
    lines.write(chunk);
    out.write(lines.bytes(), 0, lines.length());
  }

  /** Everything is written: gives the file its name. */
  void keep() throws IOException {
    out.close();
    if (part.isPresent() && whole.isPresent()) {
      Files.move(part.get(), whole.get(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (part.isPresent()) {
      Files.deleteIfExists(part.get());
    }
  }

  /** Whole lines of UTF-8 to a writer that stays open. */
  private static final class Printed extends OutputStream {
    private final PrintWriter writer;

    Printed(PrintWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(int b) {
      writer.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      writer.print(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      writer.flush();
    }
  }
}
