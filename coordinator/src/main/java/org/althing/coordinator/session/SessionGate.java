package org.althing.coordinator.session;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.althing.coordinator.access.PeerName;
import org.althing.federation.NodeId;
import org.althing.wire.v1.Frame;
import org.althing.wire.v1.SessionGrpc;
import org.jspecify.annotations.Nullable;

/** Accepts a node's stream if its certificate names a node that is within its limits. */
final class SessionGate extends SessionGrpc.SessionImplBase implements ServerInterceptor {
  private static final Context.Key<Allowances.Connection> OPENED_ON = Context.key("opened-on");
  private static final Attributes.Key<Optional<NodeId>> NODE = Attributes.Key.create("node");
  private static final Attributes.Key<Allowances.Connection> CONNECTION =
      Attributes.Key.create("connection");

  private final SessionHandler handler;
  private final Allowances allowances;
  private final int mostUnsent;
  private final ScheduledExecutorService pacer;

  SessionGate(
      SessionHandler handler,
      Allowances allowances,
      int mostUnsent,
      ScheduledExecutorService pacer) {
    this.handler = handler;
    this.allowances = allowances;
    this.mostUnsent = mostUnsent;
    this.pacer = pacer;
  }

  /** Finds out whose each connection is, and counts it as theirs while it stands. */
  ServerTransportFilter connections() {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        Optional<NodeId> node = nodeOf(attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        Attributes.Builder known = attributes.toBuilder().set(NODE, node);
        node.flatMap(allowances::connect)
            .ifPresent(connection -> known.set(CONNECTION, connection));
        return known.build();
      }

      @Override
      public void transportTerminated(@Nullable Attributes attributes) {
        Allowances.Connection connection = attributes == null ? null : attributes.get(CONNECTION);
        if (connection != null) {
          connection.allowance().disconnect();
        }
      }
    };
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<NodeId> node = call.getAttributes().get(NODE);
    if (node == null || node.isEmpty()) {
      return refuse(
          call,
          Status.PERMISSION_DENIED,
          "ALT-CERT-001 the certificate names no node (expected one name althing://node/ID)");
    }
    Allowances.Connection connection = call.getAttributes().get(CONNECTION);
    if (connection == null || !connection.admitted()) {
      return refuse(
          call,
          Status.RESOURCE_EXHAUSTED,
          "ALT-NODE-003 too many connections of this node stand: close the others, or run only one node with this certificate");
    }
    if (!connection.allowance().openSession()) {
      return refuse(
          call,
          Status.RESOURCE_EXHAUSTED,
          "ALT-NODE-004 this node opens sessions too often: wait before dialling again, and see whether two nodes run with this certificate");
    }
    return Contexts.interceptCall(
        Context.current().withValue(OPENED_ON, connection), call, headers, next);
  }

  private static <Q, A> ServerCall.Listener<Q> refuse(
      ServerCall<Q, A> call, Status status, String why) {
    call.close(status.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
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
    NodeSession session =
        new NodeSession(
            OPENED_ON.get(), (ServerCallStreamObserver<Frame>) toNode, mostUnsent, handler, pacer);
    session.begin();
    return session;
  }
}
