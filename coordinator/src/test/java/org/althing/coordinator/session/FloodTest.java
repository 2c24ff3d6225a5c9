package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an honest node notices of an enrolled one that floods the coordinator. */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FloodTest {
  private static final byte[] QUESTION = TestNode.message("is anybody there?");

  @TempDir private Path folder;

  @Test
  void anHonestNodeLosesNothingBesideAFlood() throws Exception {
    beside(100, 100, 1);
  }

  @Test
  @Tag("nightly")
  void measuresRoundTripsAloneAndBesideAFlood() throws Exception {
    beside(200, 600, 3);
  }

  /** Alone and beside the flood in turns, so that what else the machine does falls on both. */
  private void beside(int warmUp, int questions, int turns) throws Exception {
    try (Edge edge = new Edge(folder, EdgeLimits.SHIPPED)) {
      TestNode honest = edge.attend(Edge.HONEST);
      // As often as the shipped rate allows for ever, so that no wait of its own is measured.
      roundTrips(honest, warmUp);
      long[] alone = new long[0];
      long[] beside = new long[0];
      long sent = 0;
      for (int turn = 0; turn < turns; turn++) {
        alone = joined(alone, roundTrips(honest, questions / turns));
        TestNode hostile = edge.attend(Edge.HOSTILE);
        try (Flood flood = new Flood(hostile)) {
          beside = joined(beside, roundTrips(honest, questions / turns));
          sent += flood.sent();
        }
        hostile.close();
      }
      assertThat(edge.received(Edge.HONEST)).isEqualTo(warmUp + alone.length + beside.length);
      assertThat(edge.mostWaiting(Edge.HOSTILE)).isBetween(1, turns);
      assertThat(sent).isPositive();
      print("p50", alone, beside, 0.50);
      print("p99", alone, beside, 0.99);
      System.out.printf(
          Locale.ROOT,
          "flood: %,d messages sent, %,d taken in, at most %d waiting%n",
          sent,
          edge.received(Edge.HOSTILE),
          edge.mostWaiting(Edge.HOSTILE));
    }
  }

  /** A pause between questions keeps an honest node within its rate: 250 in a second. */
  private static long[] roundTrips(TestNode node, int questions) throws InterruptedException {
    long[] nanos = new long[questions];
    for (int i = 0; i < questions; i++) {
      long begin = System.nanoTime();
      node.ask(QUESTION);
      nanos[i] = System.nanoTime() - begin;
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4));
    }
    return nanos;
  }

  private static long[] joined(long[] first, long[] second) {
    long[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static void print(String what, long[] alone, long[] beside, double quantile) {
    double a = quantile(alone, quantile);
    double b = quantile(beside, quantile);
    System.out.printf(
        Locale.ROOT, "%s: alone %.2f ms, beside a flood %.2f ms, ratio %.2f%n", what, a, b, b / a);
  }

  private static double quantile(long[] nanos, double quantile) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] / 1e6;
  }
}
