package org.althing.simulation.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.althing.document.DocumentError;
import org.althing.node.NodeProcess;

/**
 * Many real nodes in one Java process, each with its own settings, ledger, keys and connection:
 * what {@code althing node run} starts once, as often as there are configuration files.
 */
final class NodeCrowd {
  private NodeCrowd() {}

  /** Runs the nodes of these configuration files until the process is ended. */
  public static void main(String[] configurations)
      throws IOException, DocumentError, InterruptedException {
    List<NodeProcess> nodes = new ArrayList<>();
    for (String configuration : configurations) {
      nodes.add(NodeProcess.start(Path.of(configuration)));
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> nodes.forEach(NodeProcess::close), "crowd-close"));
    new CountDownLatch(1).await();
  }

  /** A command line that runs them, on this process's Java and class path. */
  static List<String> command(List<Path> configurations) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NodeCrowd.class.getName()));
    configurations.forEach(file -> command.add(file.toString()));
    return command;
  }
}
