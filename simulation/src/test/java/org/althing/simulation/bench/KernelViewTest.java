package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as proc_pid_stat(5) and proc_pid_status(5) say they look. */
final class KernelViewTest {
  @TempDir private Path process;

  @BeforeEach
  void aProcess() throws IOException {
    Files.writeString(process.resolve("stat"), stat(7, "java", 'S', 130, 20));
    Files.writeString(
        process.resolve("status"), "Name:\tjava\nVmRSS:\t  204800 kB\nThreads:\t31\n");
    thread(8, "node", 'R');
    thread(9, "grpc-default-wo", 'S');
    thread(10, "study (1) run", 'D');
  }

  @Test
  void showsWhatThreadsAreAtThatDoNotSleep() {
    assertThat(view().activities()).containsExactlyInAnyOrder(Activity.CRYPTO, Activity.DISK);
  }

  @Test
  void addsTimeInUserAndInKernel() {
    assertThat(view().cpuSeconds()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void readsMemoryAndThreads() {
    assertThat(view().residentBytes()).isEqualTo(204_800L * 1024);
    assertThat(view().threads()).isEqualTo(31);
  }

  @Test
  void passesOverAThreadThatHasJustEnded() throws IOException {
    Files.createDirectories(process.resolve("task/11"));

    assertThat(view().activities()).hasSize(2);
  }

  @Test
  void showsNothingWhereTheSystemHasNoSuchFiles() {
    assertThat(KernelView.at(process.resolve("absent"))).isEmpty();
  }

  private KernelView view() {
    return KernelView.at(process).orElseThrow();
  }

  private void thread(int id, String name, char state) throws IOException {
    Path folder = Files.createDirectories(process.resolve("task").resolve(Integer.toString(id)));
    Files.writeString(folder.resolve("stat"), stat(id, name, state, 1, 1));
  }

  private static String stat(int id, String name, char state, int user, int kernel) {
    return "%d (%s) %c 1 7 7 0 -1 4194304 5000 0 1 0 %d %d 0 0 20 0 31 0 1000\n"
        .formatted(id, name, state, user, kernel);
  }
}
