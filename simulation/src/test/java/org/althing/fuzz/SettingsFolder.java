package org.althing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.document.DocumentError;
import org.althing.document.RosterDocument;
import org.althing.study.Examples;

/** A folder with all files that settings name, around settings that change. */
public final class SettingsFolder {
  private final Path folder;

  public SettingsFolder() {
    try {
      folder = Files.createTempDirectory("althing-fuzz");
      folder.toFile().deleteOnExit();
      write("roster.yaml", RosterDocument.write(Examples.roster(3)).getBytes(UTF_8));
      write("seed", "07".repeat(32).getBytes(UTF_8));
      write("c.pem", "certificate".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    file.toFile().deleteOnExit();
    return file;
  }

  /** Reads settings from a file. */
  @FunctionalInterface
  public interface Reader {
    Object read(Path file) throws DocumentError, IOException;
  }

  /** Whether {@code reader} accepts {@code settings}; a refusal has a place, or names a file. */
  public boolean accepts(byte[] settings, Reader reader) throws IOException {
    Path file = write("settings.yaml", settings);
    try {
      reader.read(file);
      return true;
    } catch (DocumentError e) {
      Documents.placed(e, settings);
      return false;
    } catch (IOException e) {
      Promise.showable(e);
      return false;
    }
  }
}
