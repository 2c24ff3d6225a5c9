package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.althing.wire.Liveness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HalfOpenLinkTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void theCoordinatorFindsALinkThatWentDark() throws Exception {
    findsDarkness(
        asking(Duration.ofMillis(300), Duration.ofSeconds(1)), TestNode.Manner.USUAL, false);
  }

  @Test
  @Tag("nightly")
  void bothEndsFindALinkThatWentDarkWithinAMinuteAsShipped() throws Exception {
    assertThat(findsDarkness(EdgeLimits.SHIPPED, shipped(), true)).isLessThan(MINUTE);
  }

  private Duration findsDarkness(EdgeLimits limits, TestNode.Manner manner, boolean nodeToo)
      throws Exception {
    try (Edge edge = new Edge(folder, limits);
        Relay line = new Relay(edge.port())) {
      TestNode direct = edge.attend(Edge.HONEST);
      TestNode behind = edge.dial(line.port(), edge.node(Edge.HOSTILE), manner);
      edge.opened();
      behind.ask(TestNode.message("before the dark"));
      line.goDark();
      long begin = System.nanoTime();
      assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
      if (nodeToo) {
        assertThat(behind.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
      Duration taken = Duration.ofNanos(System.nanoTime() - begin);
      direct.ask(TestNode.message("others go on"));
      return taken;
    }
  }

  /** Four pings of the shipped node: the third too early would have ended the session. */
  @Test
  @Tag("nightly")
  void aSilentSessionStandsAsShipped() throws Exception {
    try (Edge edge = new Edge(folder, EdgeLimits.SHIPPED)) {
      TestNode node = edge.dial(edge.port(), edge.node(Edge.HONEST), shipped());
      edge.opened();
      assertThat(node.endsWithin(Liveness.ASK_AFTER.multipliedBy(5))).isFalse();
      node.ask(TestNode.message("still here"));
    }
  }

  private static TestNode.Manner shipped() {
    return new TestNode.Manner(true, Liveness.ASK_AFTER, Liveness.ANSWER_WITHIN);
  }

  private static EdgeLimits asking(Duration ask, Duration answer) {
    EdgeLimits.Times shipped = EdgeLimits.SHIPPED.times();
    return new EdgeLimits(
        EdgeLimits.SHIPPED.sizes(),
        new EdgeLimits.Times(shipped.handshake(), shipped.idle(), ask, answer, shipped.pingGap()),
        EdgeLimits.SHIPPED.rates(),
        EdgeLimits.SHIPPED.frames());
  }
}
