package org.althing.node.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is there whole or not at all, and a new one is never written over another. */
class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aNewFileIsItsOwnersAloneAndNothingStaysBesideIt() throws IOException {
    WholeFile.create(folder.resolve("a"), "one".getBytes(UTF_8));
    assertThat(folder.resolve("a")).hasContent("one");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> WholeFile.create(folder.resolve("a"), "two".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("a")).hasContent("one");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).hasSize(1);
    }
  }

  /** What a process killed in the middle leaves is under a name that nobody reads. */
  @Test
  void nobodySeesANewFileBeforeItIsWhole() throws Exception {
    byte[] content = new byte[1 << 20];
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 20; i++) {
        Path file = folder.resolve(i + ".declaration");
        Future<Long> firstSeen = threads.submit(() -> sizeWhenFirstSeen(file));
        WholeFile.create(file, content);
        assertThat(firstSeen.get()).isEqualTo(content.length);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void ofTwoWhoCreateAtOnceOneDoes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 50; i++) {
        Path file = folder.resolve(String.valueOf(i));
        List<Callable<String>> both = new ArrayList<>();
        for (String who : List.of("one", "two")) {
          both.add(() -> created(file, who) ? who : "");
        }
        String winners = "";
        for (Future<String> each : threads.invokeAll(both)) {
          winners += each.get();
        }
        assertThat(file).hasContent(winners);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean created(Path file, String who) throws IOException {
    try {
      WholeFile.create(file, who.getBytes(UTF_8));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static long sizeWhenFirstSeen(Path file) throws IOException {
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
    return Files.size(file);
  }
}
