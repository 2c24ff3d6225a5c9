package org.althing.coordinator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of the test's own. */
class RequestClockTest {
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: c\r\nContent-Length: 4\r\n\r\n";

  private final EmbeddedChannel connection = new EmbeddedChannel();

  @BeforeEach
  void freeze() {
    connection.freezeTime();
    connection.pipeline().addLast(new HttpRequestDecoder());
    new RequestClock(Duration.ofSeconds(10), Duration.ofMinutes(2)).watch(connection.pipeline());
  }

  private void say(String text) {
    connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void pass(long millis) {
    connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    connection.runScheduledPendingTasks();
  }

  @Test
  void endsAHeaderThatTricklesThoughItIsNeverSilent() {
    say("GET / HTTP/1.1\r\nX-Slow: ");
    for (int second = 0; second < 9; second++) {
      pass(1000);
      say("y");
    }
    assertThat(connection.isOpen()).isTrue();
    pass(1000);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void endsABodyThatTrickles() {
    say(HEAD + "b");
    pass(119_999);
    say("o");
    assertThat(connection.isOpen()).isTrue();
    pass(1);
    assertThat(connection.isOpen()).isFalse();
  }

  /** Silence is limited elsewhere. */
  @Test
  void countsNoTimeBetweenRequests() {
    pass(3_600_000);
    for (int request = 0; request < 3; request++) {
      say(HEAD.substring(0, 20));
      pass(9_999);
      say(HEAD.substring(20));
      pass(119_999);
      say("body");
      pass(3_600_000);
      assertThat(connection.isOpen()).as("after request %d", request).isTrue();
    }
  }

  @Test
  void forgetsItsDeadlineWithTheConnection() {
    say("GET");
    var ignored = connection.close();
    pass(10_000);
    assertThat(connection.isOpen()).isFalse();
  }
}
