package org.althing.coordinator.session;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.althing.coordinator.access.PeerName;
import org.althing.federation.NodeId;
import org.althing.wire.FrameAssembly;
import org.althing.wire.Frames;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;
import org.althing.wire.v1.Frame;
import org.althing.wire.v1.SessionGrpc;
import org.jspecify.annotations.Nullable;

/** Accepts a node's stream if its certificate names a node, and turns frames into messages. */
final class SessionGate extends SessionGrpc.SessionImplBase implements ServerInterceptor {
  private static final Context.Key<NodeId> NODE = Context.key("node");
  private final SessionHandler handler;

  SessionGate(SessionHandler handler) {
    this.handler = handler;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<NodeId> node = nodeOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    if (node.isEmpty()) {
      call.close(
          Status.PERMISSION_DENIED.withDescription(
              "ALT-CERT-001 the certificate names no node (expected one name althing://node/ID)"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(
        Context.current().withValue(NODE, node.get()), call, headers, next);
  }

  private static Optional<NodeId> nodeOf(@Nullable SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate leaf
          ? PeerName.of(leaf)
              .filter(peer -> peer.role() == PeerName.Role.NODE)
              .map(peer -> new NodeId(peer.name()))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public StreamObserver<Frame> attend(StreamObserver<Frame> toNode) {
    NodeId node = NODE.get();
    StreamOutbox outbox = new StreamOutbox(toNode);
    FrameAssembly assembly = new FrameAssembly();
    handler.opened(node, outbox);
    return new StreamObserver<>() {
      @Override
      public void onNext(Frame frame) {
        try {
          Optional<byte[]> message = assembly.add(frame);
          if (message.isPresent()) {
            // Read here, in the stream's own thread: a long vector must not hold up the others.
            handler.received(node, outbox, SessionCodec.readToCoordinator(message.get()));
          }
        } catch (MalformedMessage e) {
          outbox.close("ALT-WIRE-001 " + e.getMessage());
          handler.closed(node, outbox);
        }
      }

      @Override
      public void onError(Throwable failure) {
        handler.closed(node, outbox);
      }

      @Override
      public void onCompleted() {
        outbox.close("");
        handler.closed(node, outbox);
      }
    };
  }

  /**
   * Sends whole messages frame by frame; a stream that is over swallows them, its closing is
   * reported once.
   */
  private static final class StreamOutbox implements SessionHandler.Outbox {
    private final StreamObserver<Frame> stream;
    private boolean open = true;

    StreamOutbox(StreamObserver<Frame> stream) {
      this.stream = stream;
    }

    @Override
    public synchronized void send(byte[] message) {
      if (!open) {
        return;
      }
      try {
        Frames.of(message).forEach(stream::onNext);
      } catch (IllegalStateException | io.grpc.StatusRuntimeException e) {
        open = false;
      }
    }

    @Override
    public synchronized void close(String reason) {
      if (!open) {
        return;
      }
      open = false;
      if (reason.isEmpty()) {
        stream.onCompleted();
      } else {
        stream.onError(Status.FAILED_PRECONDITION.withDescription(reason).asRuntimeException());
      }
    }
  }
}
