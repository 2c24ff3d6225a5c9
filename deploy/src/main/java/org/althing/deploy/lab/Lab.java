package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.federation.NodeId;

/**
 * A running laboratory: one coordinator and one process per organisation. Closing it, and the end
 * of this process by any signal that can be caught, ends all of them.
 */
final class Lab implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final String COORDINATOR = "coordinator";

  private final List<LabProcess> processes = new ArrayList<>();
  private final Thread hook = new Thread(this::endAll, "lab-end");

  private final Path logs;

  private Lab(Path logs) {
    this.logs = logs;
  }

  /**
   * A laboratory in which nothing runs yet; see {@link #add}.
   *
   * @param logs folder for one log file per process
   */
  static Lab empty(Path logs) throws IOException {
    Lab lab = new Lab(PrivateFiles.folder(logs));
    Runtime.getRuntime().addShutdownHook(lab.hook);
    return lab;
  }

  /** Starts a process for every party and returns at once; see {@link #awaitReady}. */
  static Lab start(Distribution distribution, LabFolders folders, Path logs) throws IOException {
    Lab lab = empty(logs);
    try {
      lab.add(
          COORDINATOR,
          Distribution.answeringSoon(coordinator(distribution, folders)),
          folders.coordinatorFolder());
      for (NodeId node : folders.nodes()) {
        Path own = folders.nodeFolder(node);
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(config(own, "node.yaml"));
        lab.add("node-" + node, Distribution.answeringSoon(distribution.node(arguments)), own);
      }
      return lab;
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** Starts a coordinator as an operator would. */
  LabProcess addCoordinator(Distribution distribution, LabFolders folders) throws IOException {
    return add(COORDINATOR, coordinator(distribution, folders), folders.coordinatorFolder());
  }

  private static List<String> coordinator(Distribution distribution, LabFolders folders) {
    return distribution.coordinator(config(folders.coordinatorFolder(), "coordinator.yaml"));
  }

  private static List<String> config(Path folder, String file) {
    return List.of("--config", folder.resolve(file).toString());
  }

  /** Starts one more process, the coordinator first of all. */
  synchronized LabProcess add(String name, List<String> command, Path folder) throws IOException {
    LabProcess process = LabProcess.start(name, command, folder, logs.resolve(name + ".log"));
    processes.add(process);
    return process;
  }

  /**
   * Waits until the coordinator answers and every node attends, or fails with what a process said
   * last.
   */
  void awaitReady(CoordinatorClient client, List<NodeId> nodes) throws InterruptedException {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    boolean answers = false;
    while (System.nanoTime() < deadline) {
      requireAlive();
      answers = answers || client.answers();
      if (answers && client.attending().size() == nodes.size()) {
        return;
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    throw new CommandFailure(
        ExitCode.UNREACHABLE,
        answers
            ? "only "
                + client.attending()
                + " of "
                + nodes
                + " came within "
                + READY_WITHIN.toSeconds()
                + " s; see their logs"
            : "the coordinator does not answer after "
                + READY_WITHIN.toSeconds()
                + " s; see "
                + processes.get(0).log());
  }

  /** Fails when a process has ended by itself, with the last lines of its log. */
  synchronized void requireAlive() {
    for (LabProcess process : processes) {
      if (!process.isAlive()) {
        throw new CommandFailure(
            ExitCode.STUDY_UNSUCCESSFUL,
            process.name()
                + " ended by itself; its log "
                + process.log()
                + " closes with:"
                + System.lineSeparator()
                + process.lastWords());
      }
    }
  }

  synchronized List<LabProcess> processes() {
    return List.copyOf(processes);
  }

  /** Lets the processes live on after this one has ended. */
  void leaveRunning() {
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The machine is shutting down already: the hook runs, and ending twice does no harm.
    }
    endAll();
  }

  private synchronized void endAll() {
    // Nodes first: a node that outlives the coordinator would only dial in vain.
    List<LabProcess> nodes = processes.subList(Math.min(1, processes.size()), processes.size());
    nodes.forEach(LabProcess::askToEnd);
    nodes.forEach(LabProcess::awaitEnd);
    processes.forEach(LabProcess::askToEnd);
    processes.forEach(LabProcess::awaitEnd);
  }
}
