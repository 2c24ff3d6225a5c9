package org.althing.cli;

import java.io.IOException;
import java.nio.file.Files;
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
    return read(file, bytes(file), reader);
  }

  /** As the other, of a text that was read or is yet to be written there. */
  static <T> T read(Path file, byte[] text, Reader<T> reader) {
    try {
      return reader.read(file.toString(), text);
    } catch (DocumentError e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
  }

  static byte[] bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      // One byte more than is allowed, so that the reader sees that it is too many.
      return in.readNBytes(Document.MOST_BYTES + 1);
    } catch (IOException e) {
      throw CommandFailure.unreadable(file, e);
    }
  }
}
