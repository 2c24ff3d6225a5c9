package org.althing.simulation.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process as Linux shows it from outside, so that looking changes nothing in it (proc(5)). Other
 * systems show nothing.
 */
final class KernelView {
  private static final double TICKS_PER_SECOND = 100;
  private static final int TICKS_IN_USER = 11;
  private final Path folder;

  private KernelView(Path folder) {
    this.folder = folder;
  }

  static Optional<KernelView> of(ProcessHandle process) {
    return at(Path.of("/proc", Long.toString(process.pid())));
  }

  static Optional<KernelView> at(Path folder) {
    return Files.isReadable(folder.resolve("stat"))
        ? Optional.of(new KernelView(folder))
        : Optional.empty();
  }

  /** What its threads are at, one element for each that does not sleep. */
  List<Activity> activities() {
    List<Activity> found = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
      for (Path thread : threads) {
        activity(thread.resolve("stat")).ifPresent(found::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Optional<Activity> activity(Path stat) {
    String line;
    try {
      line = Files.readString(stat);
    } catch (IOException e) {
      // A thread may end between the list and the look.
      return Optional.empty();
    }
    int end = line.lastIndexOf(')');
    return Activity.of(line.substring(line.indexOf('(') + 1, end), line.charAt(end + 2));
  }

  /** CPU time of all its threads so far, to a hundredth of a second. */
  double cpuSeconds() {
    String line = read("stat");
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[TICKS_IN_USER]) + Long.parseLong(fields[TICKS_IN_USER + 1]);
    return ticks / TICKS_PER_SECOND;
  }

  /** Resident memory, in bytes. */
  long residentBytes() {
    return 1024 * status("VmRSS");
  }

  long threads() {
    return status("Threads");
  }

  private long status(String field) {
    return read("status")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(folder + "/status has no " + field));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
