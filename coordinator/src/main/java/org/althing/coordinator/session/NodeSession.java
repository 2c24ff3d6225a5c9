package org.althing.coordinator.session;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.althing.federation.NodeId;
import org.althing.wire.FrameAssembly;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;
import org.althing.wire.v1.Frame;

/**
 * The incoming side of one session. The next frame is asked for only when the handler is done with
 * the last message and the node's rate allows it, so a node that sends more is slowed down by flow
 * control and loses nothing.
 */
final class NodeSession implements StreamObserver<Frame> {
  private static final System.Logger LOG = System.getLogger(NodeSession.class.getName());

  private final Allowances.Connection connection;
  private final ServerCallStreamObserver<Frame> stream;
  private final StreamOutbox outbox;
  private final SessionHandler handler;
  private final ScheduledExecutorService pacer;
  private final FrameAssembly assembly = new FrameAssembly();
  private boolean slowed;

  /**
   * @param pacer where frames wait for their time; must drop what comes when it is shut down
   */
  NodeSession(
      Allowances.Connection connection,
      ServerCallStreamObserver<Frame> stream,
      int mostUnsent,
      SessionHandler handler,
      ScheduledExecutorService pacer) {
    this.connection = connection;
    this.stream = stream;
    this.outbox = new StreamOutbox(stream, mostUnsent);
    this.handler = handler;
    this.pacer = pacer;
  }

  void begin() {
    stream.disableAutoRequest();
    outbox.whenGivenUp(this::closed);
    handler.opened(node(), outbox);
    next();
  }

  private NodeId node() {
    return connection.node();
  }

  @Override
  public void onNext(Frame frame) {
    connection.allowance().pay(frame.getSerializedSize());
    try {
      Optional<byte[]> message = assembly.add(frame);
      if (message.isPresent()) {
        // Read here, in the stream's own thread: a long vector must not hold up the others.
        handler.received(node(), outbox, SessionCodec.readToCoordinator(message.get()), this::next);
      } else {
        next();
      }
    } catch (MalformedMessage e) {
      outbox.close("ALT-WIRE-001 " + e.getMessage());
      closed();
    }
  }

  private void next() {
    long wait = connection.allowance().waitNanos();
    if (wait == 0) {
      stream.request(1);
      return;
    }
    reportSlowed();
    var ignored = pacer.schedule(this::next, wait, TimeUnit.NANOSECONDS);
  }

  private synchronized void reportSlowed() {
    if (!slowed) {
      slowed = true;
      LOG.log(
          Level.INFO,
          "node {0} sends more than its rate and is slowed down; nothing is lost",
          node());
    }
  }

  private void closed() {
    handler.closed(node(), outbox);
  }

  @Override
  public void onError(Throwable failure) {
    outbox.drop();
    closed();
  }

  @Override
  public void onCompleted() {
    outbox.close("");
    closed();
  }
}
