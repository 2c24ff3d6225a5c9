package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.althing.wire.Frames;
import org.althing.wire.v1.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each attack ends for the attacker alone: after it, a session that stood before goes on. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostilePeerTest {
  private static final Duration SHORT = Duration.ofSeconds(4);

  @TempDir private Path folder;
  private Edge edge;
  private TestNode honest;

  @BeforeEach
  void anHonestNodeAttends() throws Exception {
    begin(EdgeLimits.SHIPPED);
  }

  /** Called again by tests of time, once the first connection has warmed this Java up. */
  private void begin(EdgeLimits limits) throws Exception {
    if (edge != null) {
      edge.close();
    }
    edge = new Edge(folder.resolve("edge"), limits);
    honest = edge.attend(Edge.HONEST);
    honest.ask(TestNode.message("before"));
  }

  @AfterEach
  void theHonestNodeGoesOn() throws Exception {
    honest.ask(TestNode.message("after"));
    honest.ask(TestNode.message(1 << 20));
    assertThat(honest.stands()).isTrue();
    edge.close();
  }

  // Who is it?

  @ParameterizedTest
  @ValueSource(
      strings = {"althing://lead/anna", "althing://node/", "althing://node/A B", "https://north"})
  void refusesACertificateThatNamesNoNode(String uri) throws Exception {
    Status end = edge.dial(edge.authority.issue(uri)).end();
    assertThat(end.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(end.getDescription()).startsWith("ALT-CERT-001").contains("althing://node/ID");
  }

  @Test
  void refusesACertificateThatNamesTwoNodes() throws Exception {
    Status end = edge.dial(edge.authority.issue("althing://node/a", "althing://node/b")).end();
    assertThat(end.getDescription()).startsWith("ALT-CERT-001");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    Certificates other = new Certificates(folder.resolve("other"), "authority");
    shutOut(Optional.of(other.issue("althing://node/hostile")));
  }

  @Test
  void refusesACertificateThatIsOutOfDate() throws Exception {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    shutOut(Optional.of(edge.authority.issue(yesterday, "althing://node/hostile")));
  }

  @Test
  void refusesAPeerWithoutACertificate() throws Exception {
    shutOut(Optional.empty());
  }

  /** In TLS 1.3 the dialling side learns of the refusal only after its own handshake. */
  private void shutOut(Optional<SessionEndpoint.Credentials> credentials) throws Exception {
    try (RawPeer peer = new RawPeer(edge.port(), credentials)) {
      assertThat(peer.greet().hungUp()).isEmpty();
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
    assertThat(edge.noneOpened()).isTrue();
  }

  // Time.

  @Test
  void hangsUpOnAConnectionThatSaysNothing() throws Exception {
    begin(withShortTimes());
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
      silent.setSoTimeout(60_000);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void hangsUpOnAConnectionThatSpeaksNoTls() throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
      plain.setSoTimeout(60_000);
      plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      // Whatever is said before it, the end comes.
      assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThan(100);
    }
  }

  @Test
  void hangsUpOnAPeerThatNeverSaysItsPreface() throws Exception {
    begin(withShortTimes());
    try (RawPeer peer = hostile()) {
      peer.raw("PRI * HT".getBytes(StandardCharsets.US_ASCII));
      peer.hungUp();
    }
  }

  @Test
  void hangsUpOnAConnectionWithoutASession() throws Exception {
    begin(withShortTimes());
    try (RawPeer peer = hostile().greet()) {
      peer.answerPings();
      assertThat(peer.hungUp()).contains(RawPeer.NO_ERROR);
    }
  }

  /**
   * The length is a lie: 100 bytes are announced, half of them come, and no PING is answered
   * either. gRPC never asks before ten seconds are over.
   */
  @Test
  @Tag("nightly")
  void hangsUpOnAPeerThatLeavesAFrameUnfinished() throws Exception {
    begin(withShortTimes());
    try (RawPeer peer = hostile().greet()) {
      peer.attend(1);
      edge.opened();
      peer.raw(RawPeer.header(100, RawPeer.DATA, 0, 1, new byte[50]));
      peer.hungUp();
      assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
    }
  }

  @Test
  @Tag("nightly")
  void hangsUpOnHeadersThatNeverEnd() throws Exception {
    begin(withShortTimes());
    try (RawPeer peer = hostile().greet()) {
      peer.frame(RawPeer.HEADERS, 0, 1, RawPeer.request());
      peer.hungUp();
      assertThat(edge.noneOpened()).isTrue();
    }
  }

  // Size.

  @Test
  void refusesAFrameOfMoreThanTheAllowedBytes() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.attend(1);
      edge.opened();
      peer.raw(RawPeer.header(1 << 20, RawPeer.DATA, 0, 1, new byte[0]));
      assertThat(peer.hungUp()).contains(RawPeer.FRAME_SIZE_ERROR);
      assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
    }
  }

  @Test
  void refusesPaddingThatIsLongerThanItsFrame() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.attend(1);
      edge.opened();
      peer.frame(RawPeer.DATA, RawPeer.PADDED, 1, new byte[] {(byte) 200, 0, 0});
      assertThat(peer.hungUp()).contains(RawPeer.PROTOCOL_ERROR);
    }
  }

  /** Refused at its five-byte prefix: nothing follows, so nothing can have been waited for. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, (4 << 20) + 1})
  void refusesAMessageByItsAnnouncedLength(int length) throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.attend(1);
      edge.opened();
      peer.frame(RawPeer.DATA, 0, 1, ByteBuffer.allocate(5).put((byte) 0).putInt(length).array());
      peer.endOf(1);
      assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
    }
  }

  @Test
  void refusesAMessageOfFourMebibytesAndOneInOneFrameAndNamesTheLimit() throws Exception {
    TestNode node = edge.attend(Edge.HOSTILE);
    node.send(
        Frame.newBuilder()
            .setChunk(ByteString.copyFrom(new byte[(4 << 20) + 1]))
            .setLast(true)
            .build());
    assertThat(node.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(node.end().getDescription())
        .contains(Integer.toString(EdgeLimits.SHIPPED.sizes().message()));
    assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
  }

  @Test
  void refusesAChunkOfOneByteTooManyAndNamesTheLimit() throws Exception {
    TestNode node = edge.attend(Edge.HOSTILE);
    node.send(
        Frame.newBuilder().setChunk(ByteString.copyFrom(new byte[Frames.CHUNK_BYTES + 1])).build());
    assertThat(node.end().getDescription()).startsWith("ALT-WIRE-001").contains("262144");
    assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
  }

  @Test
  void refusesAMessageThatGrowsFrameByFrameBeyondTheLimit() throws Exception {
    TestNode node = edge.attend(Edge.HOSTILE);
    Frame chunk =
        Frame.newBuilder().setChunk(ByteString.copyFrom(new byte[Frames.CHUNK_BYTES])).build();
    for (int i = 0; i <= Frames.MOST_MESSAGE_BYTES / Frames.CHUNK_BYTES; i++) {
      node.send(chunk);
    }
    assertThat(node.end().getDescription()).startsWith("ALT-WIRE-001").contains("16777216");
    assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
  }

  @Test
  void refusesBytesThatAreNoMessage() throws Exception {
    TestNode node = edge.attend(Edge.HOSTILE);
    node.send(new byte[] {(byte) 0xff, (byte) 0xff, 3});
    assertThat(node.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(node.end().getDescription()).startsWith("ALT-WIRE-001");
    assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
  }

  /** By RFC 9113, 6.5.2, a field counts as its two lengths and 32: 64 of these are 9,024. */
  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.frame(RawPeer.HEADERS, 0, 1, RawPeer.request());
      byte[] fields = repeated(RawPeer.field("x-padding", "y".repeat(100)), 64);
      peer.frame(RawPeer.CONTINUATION, RawPeer.END_HEADERS, 1, fields);
      peer.endOf(1);
      assertThat(edge.noneOpened()).isTrue();
    }
  }

  @Test
  void hangsUpOnHeadersThatGoOnAndOn() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.frame(RawPeer.HEADERS, 0, 1, RawPeer.request());
      byte[] fields = repeated(RawPeer.field("x-padding", "y".repeat(100)), 100);
      attackUntilHungUp(peer, () -> peer.frame(RawPeer.CONTINUATION, 0, 1, fields));
      peer.hungUp();
      assertThat(edge.noneOpened()).isTrue();
    }
  }

  // Number.

  @Test
  void refusesMoreStreamsThanAllowedAndLeavesTheFirst() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.next(RawPeer.SETTINGS);
      peer.frame(RawPeer.SETTINGS, RawPeer.ACK, 0, new byte[0]);
      peer.attend(1);
      peer.attend(3);
      peer.attend(5);
      RawPeer.Said refusal = peer.endOf(5);
      assertThat(refusal.type()).isEqualTo(RawPeer.RST_STREAM);
      assertThat(refusal.code()).isEqualTo(RawPeer.REFUSED_STREAM);
      edge.opened();
      edge.opened();
      assertThat(edge.noneOpened()).isTrue();
    }
  }

  /** Without the acknowledgement, HTTP/2 itself knows no limit yet. */
  @Test
  void hangsUpOnManyStreamsOfAPeerThatNeverAcknowledgesTheLimit() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      int[] stream = {-1};
      attackUntilHungUp(peer, () -> peer.attend(stream[0] += 2));
      peer.hungUp();
      assertThat(edge.openedSoFar())
          .isLessThanOrEqualTo((int) EdgeLimits.SHIPPED.rates().sessions().burst() + 2);
    }
  }

  /** HTTP/2 rapid reset (CVE-2023-44487). */
  @Test
  void hangsUpOnStreamsThatAreResetAsSoonAsOpened() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      int[] stream = {1};
      attackUntilHungUp(
          peer,
          () -> {
            peer.attend(stream[0]);
            peer.frame(RawPeer.RST_STREAM, 0, stream[0], new byte[] {0, 0, 0, 8});
            stream[0] += 2;
          });
      assertThat(peer.hungUp()).contains(RawPeer.ENHANCE_YOUR_CALM);
      assertThat(edge.openedSoFar())
          .isLessThanOrEqualTo((int) EdgeLimits.SHIPPED.rates().sessions().burst() + 2);
    }
  }

  @Test
  void hangsUpOnAFloodOfPings() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.attend(1);
      attackUntilHungUp(peer, () -> peer.frame(RawPeer.PING, 0, 0, new byte[8]));
      assertThat(peer.hungUp()).contains(RawPeer.ENHANCE_YOUR_CALM);
    }
  }

  @Test
  void hangsUpOnAFloodOfEmptyData() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      peer.attend(1);
      attackUntilHungUp(peer, () -> peer.frame(RawPeer.DATA, 0, 1, new byte[0]));
      peer.hungUp();
      assertThat(edge.opened()).isNotNull();
      assertThat(edge.closed()).isEqualTo(Edge.HOSTILE);
    }
  }

  @Test
  void outlivesAFloodOfSettings() throws Exception {
    try (RawPeer peer = hostile().greet()) {
      byte[] settings = repeated(RawPeer.header(0, RawPeer.SETTINGS, 0, 0, new byte[0]), 100);
      for (int i = 0; i < 200; i++) {
        peer.raw(settings);
      }
      honest.ask(TestNode.message("in between"));
    } catch (IOException e) {
      // To be hung up on is as good.
      assertThat(e).isNotNull();
    }
  }

  private RawPeer hostile() throws Exception {
    return new RawPeer(edge.port(), Optional.of(edge.node(Edge.HOSTILE)));
  }

  private interface Attack {
    void once() throws IOException;
  }

  /**
   * Goes on until the other end breaks off, at most 20,000 times: that many may be on their way
   * before a busy machine reads the first, so whether it broke off is {@link RawPeer#hungUp}'s to
   * say.
   */
  private static void attackUntilHungUp(RawPeer peer, Attack attack) {
    try {
      for (int i = 0; i < 20_000 && !peer.isHungUp(); i++) {
        attack.once();
      }
    } catch (IOException e) {
      // Written to a connection that the other end has closed.
      assertThat(e).isNotNull();
    }
  }

  private static byte[] repeated(byte[] bytes, int times) {
    ByteBuffer all = ByteBuffer.allocate(bytes.length * times);
    for (int i = 0; i < times; i++) {
      all.put(bytes);
    }
    return all.array();
  }

  private static EdgeLimits withShortTimes() {
    return new EdgeLimits(
        EdgeLimits.SHIPPED.sizes(),
        new EdgeLimits.Times(SHORT, SHORT, SHORT, SHORT, EdgeLimits.SHIPPED.times().pingGap()),
        EdgeLimits.SHIPPED.rates(),
        EdgeLimits.SHIPPED.frames());
  }
}
