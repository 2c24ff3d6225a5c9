package org.althing.simulation.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.deploy.lab.CrowdedLab;
import org.althing.deploy.lab.Distribution;

/**
 * The shipped coordinator, and real nodes in one process, over mutual TLS on loopback; studies of
 * one release each are run in it one after the other.
 */
final class EndToEndLab implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofMinutes(15);

  private final EndToEndFiles files;
  private final Path folder;
  private final CrowdedLab lab;
  private final ProcessHandle coordinator;
  private final Idle idle;
  private final ProcessHandle nodes;
  private int studies;

  /** The coordinator before any node has dialled. */
  record Idle(long residentBytes, long threads) {}

  private EndToEndLab(EndToEndFiles files, Path folder, Distribution distribution)
      throws IOException, InterruptedException {
    this.files = files;
    this.folder = folder;
    this.lab = CrowdedLab.write(distribution, files.write(folder), folder);
    try {
      this.coordinator = lab.startCoordinator();
      this.idle =
          KernelView.of(coordinator)
              .map(view -> new Idle(view.residentBytes(), view.threads()))
              .orElse(new Idle(0, 0));
      this.nodes = lab.startNodes(NodeCrowd::command);
    } catch (IOException | InterruptedException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /**
   * Starts everything and waits until all nodes attend.
   *
   * @param parent an existing folder, for a new one that is removed at the end
   */
  static EndToEndLab start(Distribution distribution, Path parent, EndToEndFiles files)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(parent, "althing-bench");
    try {
      return new EndToEndLab(files, folder, distribution);
    } catch (IOException | InterruptedException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  StudyTimes study() throws InterruptedException {
    return StudyTimes.of(lab.run(files.study(++studies), files.contract(), WITHIN));
  }

  /**
   * One after the other.
   *
   * @param enough so long, after which none is begun; but one there is
   */
  List<StudyTimes> studies(int most, Duration enough) throws InterruptedException {
    long end = System.nanoTime() + enough.toNanos();
    List<StudyTimes> times = new ArrayList<>(List.of(study()));
    while (times.size() < most && System.nanoTime() < end) {
      times.add(study());
    }
    return times;
  }

  /** Where the time of more rounds goes; empty where the system does not show it. */
  Optional<RoundSplit> split(int most, Duration enough) throws InterruptedException {
    Optional<KernelView> one = KernelView.of(coordinator);
    Optional<KernelView> other = KernelView.of(nodes);
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    try (Watcher watcher = Watcher.start(List.of(one.get(), other.get()))) {
      List<StudyTimes> rounds = studies(most, enough);
      return Optional.of(RoundSplit.of(watcher.looks(), rounds));
    }
  }

  Idle idle() {
    return idle;
  }

  /** The coordinator as it now is; empty where the system does not show it. */
  Optional<KernelView> coordinator() {
    return KernelView.of(coordinator);
  }

  @Override
  public void close() throws IOException {
    lab.close();
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : found) {
      Files.delete(path);
    }
  }
}
