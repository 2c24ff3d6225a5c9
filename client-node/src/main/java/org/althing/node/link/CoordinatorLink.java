package org.althing.node.link;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.althing.wire.FrameAssembly;
import org.althing.wire.Frames;
import org.althing.wire.Liveness;
import org.althing.wire.MalformedMessage;
import org.althing.wire.v1.Frame;
import org.althing.wire.v1.SessionGrpc;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session with the coordinator: dials out, and dials again with growing, jittered pauses
 * whenever the session is not there. Messages sent while it is not are dropped; whoever sends says
 * hello again once it is.
 */
public final class CoordinatorLink implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 20_000;
  private static final int FRAME_OVERHEAD_BYTES = 1024;

  /** What becomes of the session; called from the link's own thread. */
  public interface Listener {
    /** The stream is up; the first message is the listener's. */
    void connected();

    void received(byte[] message);

    /**
     * @param why for the operator's log
     */
    void disconnected(String why);
  }

  /** Where to dial and who to be. */
  public record Target(String host, int port, Path certificate, Path key, Path authority) {}

  private final ManagedChannel channel;
  private final Listener listener;
  private final Duration longestWait;
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "coordinator-link"));
  private @Nullable StreamObserver<Frame> stream;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private volatile boolean closed;

  public CoordinatorLink(Target target, Listener listener) throws IOException {
    this(target, listener, Duration.ofMillis(LONGEST_PAUSE_MILLIS));
  }

  /**
   * @param longestWait between two attempts to reach a coordinator that is not there
   */
  CoordinatorLink(Target target, Listener listener, Duration longestWait) throws IOException {
    this.listener = listener;
    this.longestWait = longestWait;
    this.channel =
        NettyChannelBuilder.forAddress(
                target.host(),
                target.port(),
                TlsChannelCredentials.newBuilder()
                    .keyManager(target.certificate().toFile(), target.key().toFile())
                    .trustManager(target.authority().toFile())
                    .build())
            .maxInboundMessageSize(Frames.CHUNK_BYTES + FRAME_OVERHEAD_BYTES)
            .flowControlWindow(4 << 20)
            .keepAliveTime(Liveness.ASK_AFTER.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(Liveness.ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            .disableRetry()
            .build();
  }

  /** Starts dialling; returns at once. */
  public void start() {
    loop.execute(this::dial);
    long wait = longestWait.toMillis();
    var ignored = loop.scheduleWithFixedDelay(this::hurry, wait, wait, TimeUnit.MILLISECONDS);
  }

  /**
   * Ends the pause that gRPC itself makes between attempts to connect, which grows to two minutes;
   * changes nothing while a connection stands.
   */
  private void hurry() {
    channel.resetConnectBackoff();
  }

  /** Sends a whole message on the current session, in order. */
  public void send(byte[] message) {
    loop.execute(
        () -> {
          StreamObserver<Frame> current = stream;
          if (current != null) {
            Frames.of(message).forEach(current::onNext);
          }
        });
  }

  /** Ends the current session as one that is of no use; dials again after the longest pause. */
  public void leave(String why) {
    loop.execute(
        () -> {
          pauseMillis = LONGEST_PAUSE_MILLIS;
          lost(stream, why);
        });
  }

  private void dial() {
    if (closed) {
      return;
    }
    FrameAssembly assembly = new FrameAssembly();
    Attempt attempt = new Attempt(assembly);
    stream = SessionGrpc.newStub(channel).withWaitForReady().attend(attempt);
    attempt.own = stream;
    listener.connected();
  }

  private void lost(@Nullable StreamObserver<Frame> which, String why) {
    if (which == null || which != stream || closed) {
      return;
    }
    stream = null;
    abandon(which, why);
    listener.disconnected(why);
    long pause = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    var ignored = loop.schedule(this::dial, pause, TimeUnit.MILLISECONDS);
  }

  /** So that the other end does not wait for a session that this one has given up. */
  private static void abandon(StreamObserver<Frame> which, String why) {
    try {
      which.onError(Status.CANCELLED.withDescription(why).asRuntimeException());
    } catch (IllegalStateException e) {
      // It is over already, which is what was wanted.
      return;
    }
  }

  @Override
  public void close() {
    closed = true;
    channel.shutdownNow();
    loop.shutdownNow();
  }

  /** One stream's incoming side. */
  private final class Attempt implements StreamObserver<Frame> {
    private final FrameAssembly assembly;
    private @Nullable StreamObserver<Frame> own;

    Attempt(FrameAssembly assembly) {
      this.assembly = assembly;
    }

    @Override
    public void onNext(Frame frame) {
      loop.execute(
          () -> {
            if (own != stream) {
              return;
            }
            pauseMillis = FIRST_PAUSE_MILLIS;
            try {
              assembly.add(frame).ifPresent(listener::received);
            } catch (MalformedMessage e) {
              lost(own, "the coordinator sent a malformed frame: " + e.getMessage());
            }
          });
    }

    @Override
    public void onError(Throwable failure) {
      Status status = Status.fromThrowable(failure);
      String detail =
          failure instanceof StatusRuntimeException && status.getDescription() != null
              ? status.getCode() + ": " + status.getDescription()
              : status.getCode().toString();
      execute(() -> lost(own, detail));
    }

    @Override
    public void onCompleted() {
      execute(() -> lost(own, "the coordinator ended the session"));
    }

    private void execute(Runnable task) {
      if (!closed) {
        loop.execute(task);
      }
    }
  }
}
