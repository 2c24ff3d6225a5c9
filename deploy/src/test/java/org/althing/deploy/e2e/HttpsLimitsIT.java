package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one identity may do to the leads' port of the shipped coordinator, over real TLS. */
class HttpsLimitsIT {
  private static final String CHECKPOINT = "/log/checkpoint";
  private static final int MOST_CONNECTIONS = 64;

  /** 30 times 257 are due at once; 3500 are let in, and 250 more each second. */
  private static final int REQUESTS = 30;

  private static final String TOO_MANY = "HTTP/1.1 429 Too Many Requests";

  @TempDir private static Path folder;
  private static RealFederation federation;

  @BeforeAll
  static void start() throws Exception {
    federation =
        RealFederation.write(
            folder,
            Map.of(
                "east", Patients.of("east", 20),
                "north", Patients.of("north", 20),
                "south", Patients.of("south", 20),
                "west", Patients.of("west", 20)));
    federation.startCoordinator();
    federation.awaitCoordinator();
  }

  @AfterAll
  static void end() {
    federation.close();
  }

  private static SSLSocket dial(String node) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            federation
                .dials(node)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), federation.httpPort());
    socket.setSoTimeout(60_000);
    socket.startHandshake();
    return socket;
  }

  private static void say(SSLSocket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String readLine(SSLSocket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\r' && c >= 0; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  /** Everything until the other side hangs up. */
  private static String readAll(SSLSocket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void assertServed(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
  }

  /** 1000 requests at once and 250 a second; a body of 1 MiB counts as 256 requests. */
  @Test
  void whoAsksMoreThanItsShareIsRefusedAndNobodyElseIs() throws Exception {
    List<SSLSocket> asking = new ArrayList<>();
    try {
      for (int i = 0; i < REQUESTS; i++) {
        asking.add(dial("east"));
      }
      for (SSLSocket socket : asking) {
        say(
            socket,
            "POST /api/studies HTTP/1.1\r\nHost: c\r\nConnection: close\r\nContent-Length: 1048576\r\n\r\n");
      }
      List<String> statuses = new ArrayList<>();
      for (SSLSocket socket : asking) {
        statuses.add(readLine(socket));
      }
      assertThat(statuses)
          .as("a node may not post, which it is told when it has waited for its turn")
          .contains("HTTP/1.1 403 Forbidden")
          .contains(TOO_MANY);
      long begun = System.nanoTime();
      assertThat(readAll(asking.get(statuses.indexOf(TOO_MANY))))
          .containsIgnoringCase("retry-after: 10\r\n")
          .contains("ALT-API-008");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as("its connection is closed at once")
          .isLessThan(Duration.ofSeconds(20));
      assertServed(federation.askAs("west", CHECKPOINT));
      assertServed(federation.ask(CHECKPOINT, Optional.empty()));
    } finally {
      for (SSLSocket socket : asking) {
        socket.close();
      }
    }
  }

  @Test
  void aHeaderThatTricklesIsCutOffAfterTenSeconds() throws Exception {
    try (SSLSocket slow = dial("west")) {
      // A request before it is answered as ever.
      say(slow, "GET " + CHECKPOINT + " HTTP/1.1\r\nHost: c\r\n\r\n");
      assertThat(slow.getInputStream().read()).isEqualTo('H');
      long begun = System.nanoTime();
      say(slow, "GET " + CHECKPOINT + " HTTP/1.1\r\nX-Slow: ");
      while (!isOver(slow)) {
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(9));
      assertServed(federation.askAs("west", CHECKPOINT));
    }
  }

  /** Sends one byte more; whether the other side has hung up. */
  private static boolean isOver(SSLSocket socket) throws IOException {
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    try {
      say(socket, "y");
      return false;
    } catch (SocketException | SSLException e) {
      return true;
    }
  }

  private static boolean isHungUp(SSLSocket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException | SSLException e) {
      // A reset says the same.
      return true;
    }
  }

  @Test
  void oneIdentityHasSoManyConnectionsAndNoMore() throws Exception {
    List<SSLSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < MOST_CONNECTIONS; i++) {
        held.add(dial("north"));
      }
      try (SSLSocket oneMore = dial("north")) {
        assertThat(isHungUp(oneMore)).isTrue();
      }
      assertServed(federation.askAs("west", CHECKPOINT));
      assertServed(federation.ask(CHECKPOINT, Optional.empty()));
      say(held.get(0), "GET " + CHECKPOINT + " HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n");
      assertThat(readAll(held.get(0))).startsWith("HTTP/1.1 200 ");
      assertServed(federation.askAs("north", CHECKPOINT));
    } finally {
      for (SSLSocket socket : held) {
        socket.close();
      }
    }
  }
}
