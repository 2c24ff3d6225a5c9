package org.althing.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.encoding.MalformedEncoding;
import org.althing.report.ModelFile;

/** The model of a study where it lies: in the study's output folder, or as a file. */
final class StoredModel {
  /** Far above the largest that a study can fit. */
  private static final long MOST_BYTES = 64L << 20;

  private StoredModel() {}

  /** Where the model of a folder or file is. */
  static Path fileOf(Path folderOrFile) {
    return Files.isDirectory(folderOrFile) ? folderOrFile.resolve(ModelFile.NAME) : folderOrFile;
  }

  static byte[] bytes(Path folderOrFile) {
    Path file = fileOf(folderOrFile);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT, file + " is no model file: more than " + MOST_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandFailure.unreadable(file, e);
    }
  }

  static ModelFile read(Path folderOrFile) {
    try {
      return ModelFile.ofBytes(bytes(folderOrFile));
    } catch (MalformedEncoding e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, fileOf(folderOrFile) + " is no model file: " + e.getMessage(), e);
    }
  }
}
