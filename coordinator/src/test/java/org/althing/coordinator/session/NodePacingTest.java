package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.althing.coordinator.access.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodePacingTest {
  @TempDir private Path folder;

  @Test
  void theLargestMessageComesThroughWhole() throws Exception {
    try (Edge edge = new Edge(folder, EdgeLimits.SHIPPED)) {
      TestNode node = edge.attend(Edge.HONEST);
      node.ask(TestNode.message(8 << 20));
      node.ask(TestNode.message((16 << 20) - 100));
    }
  }

  @Test
  void aNodeThatSendsMoreThanItsRateIsSlowedDownAndLosesNothing() throws Exception {
    int messages = 60;
    EdgeLimits limits = rates(new Rate(20, Duration.ofMillis(400)), MANY);
    try (Edge edge = new Edge(folder, limits)) {
      TestNode node = edge.attend(Edge.HONEST);
      long begin = System.nanoTime();
      for (int i = 0; i < messages; i++) {
        node.send(TestNode.message("message " + i));
      }
      for (int i = 0; i < messages; i++) {
        assertThat(node.answer()).isEqualTo(TestNode.message("message " + i));
      }
      // 20 at once, and 39 more at 20 ms each before the last is asked for: a lower bound is no
      // matter of the machine's load.
      assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(39 * 20).toNanos());
      assertThat(node.stands()).isTrue();
    }
  }

  @Test
  void oneMessageOfASessionWaitsForTheHandlerHoweverManyCome() throws Exception {
    try (Edge edge = new Edge(folder, EdgeLimits.SHIPPED)) {
      TestNode hostile = edge.attend(Edge.HOSTILE);
      TestNode honest = edge.attend(Edge.HONEST);
      Runnable release = edge.holdUp();
      for (int i = 0; i < 200; i++) {
        hostile.send(TestNode.message("message " + i));
      }
      honest.send(TestNode.message("in between"));
      release.run();
      for (int i = 0; i < 200; i++) {
        assertThat(hostile.answer()).isEqualTo(TestNode.message("message " + i));
      }
      assertThat(honest.answer()).isEqualTo(TestNode.message("in between"));
      assertThat(edge.mostWaiting(Edge.HOSTILE)).isEqualTo(1);
    }
  }

  @Test
  void aNodeThatDialsAgainFindsItsBucketAsEmptyAsItLeftIt() throws Exception {
    EdgeLimits limits = rates(new Rate(5, Duration.ofSeconds(2)), MANY);
    try (Edge edge = new Edge(folder, limits)) {
      TestNode first = edge.attend(Edge.HONEST);
      long begin = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        first.ask(TestNode.message("message " + i));
      }
      first.close();
      TestNode second = edge.attend(Edge.HONEST);
      second.ask(TestNode.message("first frame of the second session"));
      second.ask(TestNode.message("its second frame"));
      // Seven frames: two more than the burst, the debt of one is paid before the second is read.
      assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(400).toNanos());
    }
  }

  @Test
  void sessionsOpenedTooOftenAreRefusedAndOthersAreNot() throws Exception {
    EdgeLimits limits = rates(MANY, new Rate(3, Duration.ofSeconds(600)));
    try (Edge edge = new Edge(folder, limits)) {
      SessionEndpoint.Credentials hostile = edge.node(Edge.HOSTILE);
      for (int i = 0; i < 3; i++) {
        TestNode node = edge.dial(hostile);
        edge.opened();
        node.close();
      }
      TestNode refused = edge.dial(hostile);
      assertThat(refused.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(refused.end().getDescription()).startsWith("ALT-NODE-004").contains("wait");
      edge.attend(Edge.HONEST).ask(TestNode.message("still here"));
    }
  }

  @Test
  void moreConnectionsThanAllowedCarryNoSession() throws Exception {
    EdgeLimits shipped = EdgeLimits.SHIPPED;
    EdgeLimits limits =
        new EdgeLimits(
            shipped.sizes(),
            shipped.times(),
            new EdgeLimits.Rates(MANY, MANY, MANY, MANY, new EdgeLimits.Counts(2, 2, 10)),
            shipped.frames());
    try (Edge edge = new Edge(folder, limits)) {
      TestNode first = edge.attend(Edge.HOSTILE);
      edge.attend(Edge.HOSTILE);
      TestNode third = edge.dial(edge.node(Edge.HOSTILE));
      assertThat(third.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(third.end().getDescription()).startsWith("ALT-NODE-003").contains("close");
      first.ask(TestNode.message("the first two stay"));
      edge.attend(Edge.HONEST).ask(TestNode.message("and so do others"));
    }
  }

  private static final Rate MANY = new Rate(1 << 30, Duration.ofSeconds(1));

  private static EdgeLimits rates(Rate frames, Rate sessions) {
    EdgeLimits shipped = EdgeLimits.SHIPPED;
    return new EdgeLimits(
        shipped.sizes(),
        shipped.times(),
        new EdgeLimits.Rates(
            frames,
            shipped.rates().bytes(),
            sessions,
            shipped.rates().resets(),
            shipped.rates().counts()),
        shipped.frames());
  }
}
