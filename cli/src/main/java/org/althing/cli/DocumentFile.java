package org.althing.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /** Whether this is the file's first line, by which kinds of files are told apart. */
  static boolean beginsWith(byte[] file, String line) {
    byte[] first = (line + "\n").getBytes(StandardCharsets.UTF_8);
    return file.length >= first.length
        && Arrays.equals(file, 0, first.length, first, 0, first.length);
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
