package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders that only their owner may open: 0600 and 0700 from the first moment. */
final class PrivateFiles {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");

  private PrivateFiles() {}

  /**
   * Makes the folder and its parents; a folder that is there keeps its content and loses others'
   * rights.
   */
  static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder, FOLDER);
    Files.setPosixFilePermissions(folder, FOLDER.value());
    return folder;
  }

  /** Writes a new file; one that is there already is an error, for it may be a key in use. */
  static Path write(Path file, String text) throws IOException {
    Files.createFile(file, FILE);
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An empty file to append to, made new. */
  static Path empty(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.createFile(file, FILE);
  }

  /** Removes a folder with all it holds; does not follow links. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : found) {
      Files.delete(path);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
