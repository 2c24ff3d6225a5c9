package org.althing.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabProcessTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsAShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
  }

  @Test
  void endsTheProcessAndWhatItStarted() throws Exception {
    LabProcess process = start("sleep 600 & echo started; wait");
    awaitLine(process, "started");
    List<ProcessHandle> family = process.handle().descendants().toList();
    process.askToEnd();
    process.awaitEnd();
    assertThat(process.isAlive()).isFalse();
    assertThat(family).isNotEmpty();
    for (ProcessHandle child : family) {
      child.onExit().get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void keepsTheLastWordsOfAProcessThatEndedByItself() throws Exception {
    LabProcess process = start("echo configuration wrong in line 3 >&2; exit 2");
    process.handle().onExit().get(5, TimeUnit.SECONDS);
    assertThat(process.isAlive()).isFalse();
    assertThat(process.lastWords()).isEqualTo("configuration wrong in line 3");
  }

  private LabProcess start(String script) throws IOException {
    return LabProcess.start(
        "test", List.of("/bin/sh", "-c", script), folder, folder.resolve("test.log"));
  }

  /** Polls, for the shell tells nobody when it has written. */
  private static void awaitLine(LabProcess process, String line) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!process.lastWords().contains(line)) {
      assertThat(System.nanoTime()).as("the process says '%s' in time", line).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
