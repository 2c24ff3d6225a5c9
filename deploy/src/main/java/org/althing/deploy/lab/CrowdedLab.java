package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;

/**
 * A laboratory whose nodes all live in one process, for whoever drives it study by study: two
 * hundred processes do not fit on one machine. All else is as in any laboratory: the shipped
 * coordinator, and for each node its own keys, certificate, connection, ledger and data.
 */
public final class CrowdedLab implements AutoCloseable {
  private static final String LEAD = "study-lead";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Distribution distribution;
  private final LabFolders folders;
  private final CoordinatorClient client;
  private final Lab lab;

  private CrowdedLab(Distribution distribution, LabFolders folders, Path logs) throws IOException {
    this.distribution = distribution;
    this.folders = folders;
    this.client = new CoordinatorClient(folders.ports().http(), folders.lead(LEAD));
    this.lab = Lab.empty(logs);
  }

  /**
   * Writes keys, certificates and configuration; starts nothing.
   *
   * @param folder new, for all the laboratory writes
   */
  public static CrowdedLab write(Distribution distribution, Path federationFile, Path folder)
      throws IOException {
    LabInput input = LabInput.read(federationFile, List.of());
    LabFolders folders =
        LabFolders.write(folder.resolve("lab"), input, Set.of(LEAD), new SecureRandom());
    return new CrowdedLab(distribution, folders, folder.resolve("logs"));
  }

  /** Starts the coordinator and waits until it answers. */
  public ProcessHandle startCoordinator() throws IOException, InterruptedException {
    LabProcess process = lab.addCoordinator(distribution, folders);
    lab.awaitReady(client, List.of());
    return process.handle();
  }

  /**
   * Starts the nodes and waits until all of them attend.
   *
   * @param command from the nodes' configuration files to the command line that runs them all
   */
  public ProcessHandle startNodes(Function<List<Path>, List<String>> command)
      throws IOException, InterruptedException {
    List<Path> configurations =
        folders.nodes().stream()
            .map(node -> folders.nodeFolder(node).resolve("node.yaml"))
            .toList();
    LabProcess process = lab.add("nodes", command.apply(configurations), folders.root());
    lab.awaitReady(client, folders.nodes());
    return process.handle();
  }

  /**
   * Submits a study of lead {@code study-lead}, waits until its log is closed, and tells all that
   * happened.
   */
  public List<CoordinatorClient.Event> run(byte[] study, byte[] contract, Duration within)
      throws InterruptedException {
    String id = client.submit(study, contract);
    long end = System.nanoTime() + within.toNanos();
    while (!client.closed(id)) {
      lab.requireAlive();
      if (System.nanoTime() > end) {
        throw new CommandFailure(
            ExitCode.UNREACHABLE,
            "a study was not closed within "
                + within
                + "; it came to: "
                + client.events(id, 0).stream().map(CoordinatorClient.Event::text).toList());
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    return client.events(id, 0);
  }

  /** Ends all processes; the files stay. */
  @Override
  public void close() {
    lab.close();
  }
}
