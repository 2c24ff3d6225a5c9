package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;

/**
 * The processes of a laboratory that was left running, as its folder remembers them: name, process
 * id and start. A process with the same id that started at another time is somebody else's and is
 * left alone.
 */
final class RunningProcesses {
  private static final String FILE = "processes.tsv";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path file;
  private final List<Remembered> processes;

  private record Remembered(String name, long id, long startMillis) {
    Optional<ProcessHandle> alive() {
      return ProcessHandle.of(id).filter(handle -> startOf(handle) == startMillis);
    }
  }

  private RunningProcesses(Path file, List<Remembered> processes) {
    this.file = file;
    this.processes = List.copyOf(processes);
  }

  /** Writes down what runs now. */
  static void remember(Path state, List<LabProcess> processes) throws IOException {
    List<String> lines = new ArrayList<>();
    for (LabProcess process : processes) {
      lines.add(
          "%s\t%d\t%d"
              .formatted(process.name(), process.handle().pid(), startOf(process.handle())));
    }
    Files.deleteIfExists(state.resolve(FILE));
    PrivateFiles.write(state.resolve(FILE), String.join("\n", lines) + "\n");
  }

  /** What the folder remembers; nothing where no laboratory was left running in it. */
  static RunningProcesses of(Path state) throws IOException {
    List<Remembered> found = new ArrayList<>();
    Path file = state.resolve(FILE);
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split("\t", -1);
        found.add(new Remembered(cells[0], Long.parseLong(cells[1]), Long.parseLong(cells[2])));
      }
    }
    return new RunningProcesses(file, found);
  }

  boolean isAnyAlive() {
    return processes.stream().anyMatch(process -> process.alive().isPresent());
  }

  /** Fails, naming the process, where one has ended. */
  void requireAlive() {
    for (Remembered process : processes) {
      if (process.alive().isEmpty()) {
        throw new CommandFailure(
            ExitCode.STUDY_UNSUCCESSFUL,
            process.name() + " of the laboratory has ended; see its log in " + file.getParent());
      }
    }
    if (processes.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "no laboratory runs in "
              + file.getParent()
              + "; start it with: althing lab up FEDERATION.yaml --state "
              + file.getParent());
    }
  }

  /**
   * Ends what still runs, nodes before the coordinator, and forgets it; answers how many it ended.
   */
  int end() throws IOException, InterruptedException {
    List<ProcessHandle> alive = new ArrayList<>();
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).alive().ifPresent(alive::add);
    }
    for (ProcessHandle handle : alive) {
      handle.destroy();
      awaitEnd(handle);
    }
    Files.deleteIfExists(file);
    return alive.size();
  }

  private static void awaitEnd(ProcessHandle handle) throws InterruptedException {
    CompletableFuture<ProcessHandle> end = handle.onExit();
    try {
      end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      handle.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process failed", e);
    }
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }
}
