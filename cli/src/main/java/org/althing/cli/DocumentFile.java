package org.althing.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.althing.document.Document;
import org.althing.document.DocumentError;

/** Documents from files; whatever is wrong with one ends the command as bad input. */
final class DocumentFile {
  private DocumentFile() {}

  /** Makes a value of a document's text. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String fileName, byte[] utf8) throws DocumentError;
  }

  static <T> T read(Path file, Reader<T> reader) {
    byte[] text = bytes(file);
    try {
      return reader.read(file.toString(), text);
    } catch (DocumentError e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      // One byte more than is allowed, so that the reader sees that it is too many.
      return in.readNBytes(Document.MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
