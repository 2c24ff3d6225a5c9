package org.althing.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a process's state, taken and put back while the process does not run. */
record Backup(Path of, Path copy) {
  static Backup take(Path of, Path copy) throws IOException {
    duplicate(of, copy);
    return new Backup(of, copy);
  }

  /** What was written since is gone. */
  void putBack() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(of)) {
      files = walk.sorted((a, b) -> b.compareTo(a)).toList();
    }
    for (Path each : files) {
      Files.delete(each);
    }
    duplicate(copy, of);
  }

  private static void duplicate(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path each : files) {
      Files.copy(each, to.resolve(from.relativize(each)));
    }
  }
}
