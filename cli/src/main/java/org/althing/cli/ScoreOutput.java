package org.althing.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where scores go: to a file, which is there only when it is whole, or to a writer. */
final class ScoreOutput implements AutoCloseable {
  private final ScoreLines lines = new ScoreLines();
  private final OutputStream out;
  private final Optional<Path> part;
  private final Optional<Path> whole;

  private ScoreOutput(OutputStream out, Optional<Path> part, Optional<Path> whole) {
    this.out = out;
    this.part = part;
    this.whole = whole;
  }

  static ScoreOutput to(Optional<Path> file, PrintWriter writer) throws IOException {
    if (file.isEmpty()) {
      return new ScoreOutput(new Printed(writer), Optional.empty(), file);
    }
    Path part = file.get().resolveSibling(file.get().getFileName() + ".part");
    return new ScoreOutput(Files.newOutputStream(part), Optional.of(part), file);
  }

  void begin() throws IOException {
    out.write(ScoreLines.HEAD.getBytes(StandardCharsets.UTF_8));
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

  /** Bytes of ASCII to a writer that stays open. */
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
      writer.print(new String(bytes, from, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
      writer.flush();
    }
  }
}
