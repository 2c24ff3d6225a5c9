package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.session.ToCoordinator;
import org.althing.wire.FrameAssembly;
import org.althing.wire.Frames;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;
import org.althing.wire.v1.Frame;
import org.althing.wire.v1.SessionGrpc;

/** A peer that speaks gRPC correctly, and whose frames, haste and appetite the test decides. */
final class TestNode implements AutoCloseable {
  /** What the transport takes in though nobody reads. */
  static final int WINDOW_BYTES = 1 << 20;

  private static final Digest PLAN = Digest.of(new byte[] {1});
  private final ManagedChannel channel;
  private final ClientCallStreamObserver<Frame> stream;
  private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private final Object readiness = new Object();

  /** How a peer behaves: whether it reads by itself, and when it asks whether we are there. */
  record Manner(boolean reads, Duration askAfter, Duration answerWithin) {
    static final Manner USUAL = new Manner(true, Duration.ofDays(1), Duration.ofSeconds(20));
    static final Manner READS_NOTHING =
        new Manner(false, Duration.ofDays(1), Duration.ofSeconds(20));
  }

  TestNode(int port, SessionEndpoint.Credentials credentials, Manner manner) throws Exception {
    channel = channel(port, credentials, manner);
    stream =
        (ClientCallStreamObserver<Frame>)
            SessionGrpc.newStub(channel).attend(new Ears(manner.reads()));
  }

  private static ManagedChannel channel(
      int port, SessionEndpoint.Credentials credentials, Manner manner) throws Exception {
    return NettyChannelBuilder.forAddress(
            "localhost",
            port,
            TlsChannelCredentials.newBuilder()
                .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
                .trustManager(credentials.authority().toFile())
                .build())
        .flowControlWindow(WINDOW_BYTES)
        .keepAliveTime(manner.askAfter().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(manner.answerWithin().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveWithoutCalls(true)
        .disableRetry()
        .build();
  }

  /** A message of that many bytes and a few more. */
  static byte[] message(int bytes) {
    return SessionCodec.write(new ToCoordinator.Admitted(PLAN, Bytes.of(new byte[bytes])));
  }

  static byte[] message(String text) {
    return SessionCodec.write(new ToCoordinator.Complaint(PLAN, Optional.empty(), text));
  }

  void send(byte[] message) {
    Frames.of(message).forEach(stream::onNext);
  }

  void send(Frame frame) {
    stream.onNext(frame);
  }

  /** Sends when there is room, as a flood does that wants to keep its own memory. */
  void sendWhenReady(byte[] message) throws InterruptedException {
    synchronized (readiness) {
      while (!stream.isReady() && !ended.isDone()) {
        readiness.wait(100);
      }
    }
    send(message);
  }

  /** Sends and waits for the same to come back. */
  void ask(byte[] message) throws InterruptedException {
    send(message);
    assertThat(answer()).isEqualTo(message);
  }

  byte[] answer() throws InterruptedException {
    for (int second = 0; second < 60; second++) {
      byte[] answer = messages.poll(1, TimeUnit.SECONDS);
      if (answer != null) {
        return answer;
      }
      assertThat(ended).as("a session that goes on").isNotDone();
    }
    throw new AssertionError("no answer in a minute");
  }

  /** Reads so many frames more. */
  void read(int frames) {
    stream.request(frames);
  }

  /** How the session ended. */
  Status end() throws Exception {
    return ended.get(100, TimeUnit.SECONDS);
  }

  boolean endsWithin(Duration time) throws InterruptedException {
    try {
      return ended.get(time.toMillis(), TimeUnit.MILLISECONDS) != null;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  boolean stands() {
    return !ended.isDone();
  }

  void leave() {
    stream.onError(Status.CANCELLED.asRuntimeException());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class Ears implements ClientResponseObserver<Frame, Frame> {
    private final FrameAssembly assembly = new FrameAssembly();
    private final boolean reads;

    Ears(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Frame> requests) {
      if (!reads) {
        requests.disableAutoRequestWithInitial(0);
      }
      requests.setOnReadyHandler(
          () -> {
            synchronized (readiness) {
              readiness.notifyAll();
            }
          });
    }

    @Override
    public void onNext(Frame frame) {
      try {
        assembly.add(frame).ifPresent(messages::add);
      } catch (MalformedMessage e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onError(Throwable failure) {
      ended.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      ended.complete(Status.OK);
    }
  }
}
