package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One started process of the laboratory with its own log file; stopping it stops all it started.
 */
final class LabProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TAIL_LINES = 12;

  private final String name;
  private final Path log;
  private final Process process;

  private LabProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts a command in a folder; its output goes to the log file, its input is closed. */
  static LabProcess start(String name, List<String> command, Path folder, Path log)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(PrivateFiles.empty(log).toFile()))
            .start();
    process.getOutputStream().close();
    return new LabProcess(name, log, process);
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** The last lines of its log, for the person who must find out why it ended. */
  String lastWords() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "its log " + log + " cannot be read: " + e.getMessage();
    }
  }

  /** Asks it to end; see {@link #awaitEnd}. */
  void askToEnd() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** Waits a little for an end that was asked for, then ends it by force. */
  void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        end();
      }
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
