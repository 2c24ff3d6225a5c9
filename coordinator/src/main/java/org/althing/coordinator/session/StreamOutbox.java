package org.althing.coordinator.session;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import org.althing.wire.Frames;
import org.althing.wire.v1.Frame;

/**
 * Sends whole messages frame by frame, as fast as the peer reads. What it has not read waits here,
 * up to a limit; gRPC itself holds at most two frames. A stream that is over swallows messages.
 */
final class StreamOutbox implements SessionHandler.Outbox {
  private final ServerCallStreamObserver<Frame> stream;
  private final int mostUnsent;
  private final Deque<Frame> unsent = new ArrayDeque<>();
  private long unsentBytes;
  private boolean open = true;
  private Runnable gone = () -> {};

  StreamOutbox(ServerCallStreamObserver<Frame> stream, int mostUnsent) {
    this.stream = stream;
    this.mostUnsent = mostUnsent;
    stream.setOnReadyThreshold(Frames.CHUNK_BYTES);
    stream.setOnReadyHandler(this::flush);
  }

  /** Whom to tell if the session is given up here. */
  synchronized void whenGivenUp(Runnable task) {
    gone = task;
  }

  @Override
  public synchronized void send(byte[] message) {
    if (!open) {
      return;
    }
    if (unsentBytes + message.length > mostUnsent) {
      close(
          "ALT-WIRE-002 %,d bytes wait for this node and it does not read them; at most %,d may: restart the node, and look at its load and its line"
              .formatted(unsentBytes + message.length, mostUnsent));
      gone.run();
      return;
    }
    Frames.of(message).forEach(unsent::add);
    unsentBytes += message.length;
    flush();
  }

  private synchronized void flush() {
    try {
      while (open && !unsent.isEmpty() && stream.isReady()) {
        Frame next = unsent.remove();
        unsentBytes -= next.getChunk().size();
        stream.onNext(next);
      }
    } catch (IllegalStateException | StatusRuntimeException e) {
      // The peer has cancelled; its listener is told so, and reports the session closed.
      drop();
    }
  }

  /** Ends the stream now; what was not sent yet is not sent. */
  @Override
  public synchronized void close(String reason) {
    if (!open) {
      return;
    }
    drop();
    if (reason.isEmpty()) {
      stream.onCompleted();
    } else {
      stream.onError(Status.FAILED_PRECONDITION.withDescription(reason).asRuntimeException());
    }
  }

  /** Lets go of what waits, for the peer is gone. */
  synchronized void drop() {
    open = false;
    unsent.clear();
    unsentBytes = 0;
  }
}
