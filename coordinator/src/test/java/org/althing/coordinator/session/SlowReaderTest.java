package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.althing.wire.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderTest {
  private static final int MOST_UNSENT = 2 << 20;
  private static final int MESSAGE = 200_000;

  @TempDir private Path folder;

  @Test
  void aNodeThatReadsNothingIsLetGoWhenTheLimitIsReachedAndOthersAreNot() throws Exception {
    try (Edge edge = new Edge(folder, limits())) {
      TestNode honest = edge.attend(Edge.HONEST);
      TestNode hostile =
          edge.dial(edge.port(), edge.node(Edge.HOSTILE), TestNode.Manner.READS_NOTHING);
      SessionHandler.Outbox toHostile = edge.opened();
      byte[] message = TestNode.message(MESSAGE);
      int sent = 0;
      while (edge.noneClosed()) {
        toHostile.send(message);
        sent += message.length;
        // What the peer's window and gRPC's two frames take comes on top of the limit.
        assertThat(sent)
            .isLessThan(MOST_UNSENT + TestNode.WINDOW_BYTES + 2 * Frames.CHUNK_BYTES + 2 * MESSAGE);
      }
      assertThat(sent).isGreaterThan(MOST_UNSENT);
      assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
      toHostile.send(message);
      honest.ask(TestNode.message("still here"));
      hostile.read(1000);
      assertThat(hostile.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(hostile.end().getDescription())
          .startsWith("ALT-WIRE-002")
          .contains("2,097,152", "restart the node");
    }
  }

  @Test
  void aNodeThatReadsSlowlyGetsEverythingInOrder() throws Exception {
    try (Edge edge = new Edge(folder, limits())) {
      TestNode slow = edge.dial(edge.port(), edge.node(Edge.HONEST), TestNode.Manner.READS_NOTHING);
      SessionHandler.Outbox toSlow = edge.opened();
      int most = MOST_UNSENT / MESSAGE;
      for (int i = 0; i < most; i++) {
        toSlow.send(TestNode.message(MESSAGE - i));
      }
      for (int i = 0; i < most; i++) {
        slow.read(1);
        assertThat(slow.answer()).isEqualTo(TestNode.message(MESSAGE - i));
      }
      assertThat(slow.stands()).isTrue();
    }
  }

  /** Four of the largest messages: more than one study ever has waiting for one node. */
  @Test
  void theShippedLimitHoldsFourOfTheLargestMessages() {
    assertThat(EdgeLimits.SHIPPED.sizes().unsent()).isEqualTo(4 * Frames.MOST_MESSAGE_BYTES);
  }

  private static EdgeLimits limits() {
    EdgeLimits.Sizes shipped = EdgeLimits.SHIPPED.sizes();
    return new EdgeLimits(
        new EdgeLimits.Sizes(shipped.message(), shipped.metadata(), shipped.window(), MOST_UNSENT),
        EdgeLimits.SHIPPED.times(),
        EdgeLimits.SHIPPED.rates(),
        EdgeLimits.SHIPPED.frames());
  }
}
