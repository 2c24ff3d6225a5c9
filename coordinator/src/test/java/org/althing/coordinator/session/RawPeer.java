package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A peer that writes HTTP/2 (RFC 9113) byte by byte, so that it can break every rule of it. Header
 * blocks are HPACK literals without indexing (RFC 7541, 6.2.2).
 */
final class RawPeer implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int ACK = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;

  static final int NO_ERROR = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int FRAME_SIZE_ERROR = 6;
  static final int REFUSED_STREAM = 7;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int END_OF_INPUT = -1;

  /** What the other end said; an end of input has the type -1. */
  record Said(int type, int flags, int stream, byte[] payload) {
    /** The error code of a GOAWAY or a RST_STREAM. */
    int code() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }
  }

  private final SSLSocket socket;
  private final OutputStream out;
  private volatile boolean ended;
  private volatile boolean answersPings;
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

  /** Dials and shakes hands; a refused handshake is an {@link IOException} here or at a read. */
  RawPeer(int port, Optional<SessionEndpoint.Credentials> credentials) throws Exception {
    socket =
        (SSLSocket)
            Certificates.context(credentials)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    out = socket.getOutputStream();
    Thread reader = new Thread(this::read, "raw-peer");
    reader.setDaemon(true);
    reader.start();
  }

  /** The preface and empty settings. */
  RawPeer greet() throws IOException {
    raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    return this;
  }

  /** One write: what the other end answers, even at once, comes after it. */
  synchronized void raw(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    raw(header(payload.length, type, flags, stream, payload));
  }

  /** A frame whose header claims {@code length} bytes, whatever follows. */
  static byte[] header(int length, int type, int flags, int stream, byte[] follows) {
    return ByteBuffer.allocate(9 + follows.length)
        .put((byte) (length >> 16))
        .putShort((short) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(follows)
        .array();
  }

  /** Opens a stream that attends. */
  void attend(int stream) throws IOException {
    frame(HEADERS, END_HEADERS, stream, request());
  }

  static byte[] request() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String[] field :
        new String[][] {
          {":method", "POST"},
          {":scheme", "https"},
          {":path", "/althing.session.v1.Session/Attend"},
          {":authority", "localhost"},
          {"te", "trailers"},
          {"content-type", "application/grpc"}
        }) {
      block.writeBytes(field(field[0], field[1]));
    }
    return block.toByteArray();
  }

  /** One field; name and value shorter than 127 bytes. */
  static byte[] field(String name, String value) {
    ByteArrayOutputStream literal = new ByteArrayOutputStream();
    literal.write(0);
    literal.write(name.length());
    literal.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    literal.write(value.length());
    literal.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    return literal.toByteArray();
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (type == PING && flags == 0 && answersPings) {
          frame(PING, ACK, 0, payload);
        }
        said.add(new Said(type, flags, stream, payload));
      }
    } catch (IOException e) {
      ended = true;
      said.add(new Said(END_OF_INPUT, 0, 0, new byte[0]));
    }
  }

  /** The next frame of a kind; whatever else comes before it is passed over. */
  Said next(int type) throws InterruptedException {
    while (true) {
      Said next = said.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("a frame of type %d in time", type).isNotNull();
      if (next.type() == type) {
        return next;
      }
      assertThat(next.type()).as("the end instead of a %d", type).isNotEqualTo(END_OF_INPUT);
    }
  }

  /** How a stream was ended: by a reset, or by trailers. */
  Said endOf(int stream) throws InterruptedException {
    while (true) {
      Said next = said.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("the end of stream %d in time", stream).isNotNull();
      assertThat(next.type()).as("the connection's end").isNotEqualTo(END_OF_INPUT);
      if (next.stream() == stream
          && (next.type() == RST_STREAM
              || next.type() == HEADERS && (next.flags() & END_STREAM) != 0)) {
        return next;
      }
    }
  }

  /** Waits until the other end hangs up; the error code it gave, if it gave one. */
  Optional<Integer> hungUp() throws InterruptedException {
    Optional<Integer> code = Optional.empty();
    while (true) {
      Said next = said.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("the connection is ended in time").isNotNull();
      if (next.type() == END_OF_INPUT) {
        return code;
      }
      if (next.type() == GOAWAY) {
        code = Optional.of(next.code());
      }
    }
  }

  /** From now on. */
  void answerPings() {
    answersPings = true;
  }

  boolean isHungUp() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
