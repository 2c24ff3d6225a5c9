package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One member floods the shipped coordinator on both ports; the others and the lead work on. */
@Tag("nightly")
class FloodedCoordinatorIT {
  private static final List<String> HONEST = List.of("east", "north", "south");
  private static final int QUESTIONS = 1000;

  /** Threads of a {@link Flooder}. */
  private static final int FLOODING = 11;

  /** What unread answers and the windows of one identity's connections may come to, and some. */
  private static final int MOST_MORE_MEBIBYTES = 512;

  @TempDir private Path folder;

  @Test
  void othersAreServedBesideAMemberThatFloodsBothPorts() throws Exception {
    try (RealFederation federation =
        RealFederation.write(
            folder,
            Map.of(
                "east", Patients.of("east", 1010),
                "north", Patients.of("north", 1230),
                "south", Patients.of("south", 1470),
                "west", Patients.of("west", 800)))) {
      federation.startAll();
      Asked.of(federation);
      Asked quiet = Asked.of(federation);
      double alone = secondsWithoutWest(federation, "alone", () -> {});
      federation.startNode("west");
      federation.awaitAllAttend();
      int memory = federation.mostMebibytes(RealFederation.COORDINATOR);

      List<Flooder> floods = new ArrayList<>();
      double flooded =
          secondsWithoutWest(
              federation,
              "flooded",
              () ->
                  floods.add(
                      new Flooder(
                          federation.dials("west"), federation.port(), federation.httpPort())));
      Flooder flood = floods.get(0);
      Asked flooding;
      try (flood) {
        flooding = Asked.of(federation);
      }
      int most = federation.mostMebibytes(RealFederation.COORDINATOR);
      Asked busy;
      Busy crowd = new Busy(FLOODING, flooding.here() - quiet.here());
      try (crowd) {
        busy = Asked.of(federation);
      }
      print(flood);
      quiet.print("alone");
      busy.print("beside as many threads at as much work that send nothing");
      flooding.print("beside the flood");
      System.out.printf(
          Locale.ROOT, "study: alone %.1f s, beside the flood %.1f s%n", alone, flooded);
      System.out.printf("memory: at most %d MiB before, %d MiB after%n", memory, most);

      assertThat(most).isLessThan(memory + MOST_MORE_MEBIBYTES);
      assertThat(flooding.millis(0.99)).as("p99 in ms").isLessThan(1000);
      assertThat(federation.runs(RealFederation.COORDINATOR)).isTrue();
      assertCutOff(flood);
    }
  }

  /** Each attack ends at the limit that is documented for it. */
  private static void assertCutOff(Flooder flood) {
    Map<String, Long> outcomes = flood.outcomes();
    long paid = times(outcomes, "requests: ") + 257 * times(outcomes, "bodies of 1 MiB: ");
    assertThat(paid)
        .as("requests under one certificate: 1000 at once, 250 in a second, by 4 KiB of a body")
        .isBetween(1000L, (long) (1000 + 250 * flood.seconds()) + 2 * 257);
    assertThat(times(outcomes, "lengths of 2 GiB: ")).isPositive();
    assertThat(times(outcomes, "messages of no meaning: ")).isPositive();
    // Its connections are soon too many; what it sends on those before is refused by its length.
    assertThat(outcomes.keySet().stream().filter(what -> what.matches("(lengths|messages) .*")))
        .allMatch(what -> what.matches(".*: (200 (ALT-NODE-00[234]|ALT-WIRE-001|gRPC)|broken.*)"))
        .anyMatch(what -> what.contains("ALT-NODE-003") || what.contains("ALT-NODE-004"));
    assertThat(outcomes.keySet().stream().filter(what -> what.startsWith("headers")))
        .containsExactly("headers of 64 KiB: broken off or silent");
  }

  private static long times(Map<String, Long> outcomes, String beginning) {
    return outcomes.entrySet().stream()
        .filter(each -> each.getKey().startsWith(beginning))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private interface Event {
    void happen() throws Exception;
  }

  /** How long a study lasts from the moment west is lost, after its first release. */
  private static double secondsWithoutWest(RealFederation federation, String name, Event event)
      throws Exception {
    String study = federation.submit(Questions.logistic(name, 8));
    federation.awaitEvent(study, "Released", 1);
    long begin = System.nanoTime();
    federation.kill("west");
    event.happen();
    Output output = Output.of(federation, study);
    assertThat(output.record().completed()).isTrue();
    assertThat(output.survivors(8)).containsExactlyElementsOf(HONEST);
    return (System.nanoTime() - begin) / 1e9;
  }

  /**
   * How long questions took, and how much of the processors was used meanwhile.
   *
   * @param nanos of each question, ascending
   * @param here processors at work for this process, which asks and floods
   * @param coordinator the same for the coordinator
   */
  private record Asked(long[] nanos, double here, double coordinator) {
    /** A pause between questions keeps the lead within its own rate. */
    static Asked of(RealFederation federation) throws Exception {
      long[] nanos = new long[QUESTIONS];
      double here = hereSeconds();
      double there = federation.cpuSeconds(RealFederation.COORDINATOR);
      long start = System.nanoTime();
      for (int i = 0; i < QUESTIONS; i++) {
        long begin = System.nanoTime();
        assertThat(federation.attending()).containsAll(HONEST);
        nanos[i] = System.nanoTime() - begin;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(8));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Arrays.sort(nanos);
      return new Asked(
          nanos,
          (hereSeconds() - here) / seconds,
          (federation.cpuSeconds(RealFederation.COORDINATOR) - there) / seconds);
    }

    private static double hereSeconds() {
      return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    double millis(double quantile) {
      return nanos[(int) (quantile * nanos.length)] / 1e6;
    }

    void print(String when) {
      System.out.printf(
          Locale.ROOT,
          "%s: p50 %.2f ms, p99 %.2f ms; processors at work: here %.2f, coordinator %.2f%n",
          when,
          millis(0.50),
          millis(0.99),
          here,
          coordinator);
    }
  }

  private static void print(Flooder flood) {
    System.out.printf(Locale.ROOT, "the flood, %.0f s:%n", flood.seconds());
    flood.outcomes().forEach((what, times) -> System.out.printf("  %,8d %s%n", times, what));
  }
}
