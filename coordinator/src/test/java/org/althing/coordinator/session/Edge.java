package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.althing.federation.NodeId;
import org.althing.session.ToCoordinator;
import org.althing.wire.SessionCodec;

/**
 * The shipped endpoint on a real port, before a handler that answers every message with the same
 * bytes from a single thread, as the study runner would, and counts.
 */
final class Edge implements SessionHandler, AutoCloseable {
  static final NodeId HONEST = new NodeId("honest");
  static final NodeId HOSTILE = new NodeId("hostile");

  final Certificates authority;
  private final SessionEndpoint endpoint;
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final Map<NodeId, AtomicInteger> waiting = new ConcurrentHashMap<>();
  private final Map<NodeId, AtomicInteger> mostWaiting = new ConcurrentHashMap<>();
  private final Map<NodeId, AtomicInteger> received = new ConcurrentHashMap<>();
  private final BlockingQueue<NodeId> closed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Outbox> opened = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> peers = new ArrayList<>();

  Edge(Path folder, EdgeLimits limits) throws Exception {
    authority = new Certificates(folder, "authority");
    endpoint =
        SessionEndpoint.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            authority.issue("althing://coordinator"),
            this,
            limits);
  }

  int port() {
    return endpoint.port();
  }

  SessionEndpoint.Credentials node(NodeId node) throws Exception {
    return authority.issue("althing://node/" + node);
  }

  /** A node that dials and waits until it is known here. */
  TestNode attend(NodeId node) throws Exception {
    TestNode attending = dial(node(node));
    opened();
    return attending;
  }

  TestNode dial(SessionEndpoint.Credentials credentials) throws Exception {
    return dial(port(), credentials, TestNode.Manner.USUAL);
  }

  TestNode dial(int port, SessionEndpoint.Credentials credentials, TestNode.Manner manner)
      throws Exception {
    TestNode node = new TestNode(port, credentials, manner);
    peers.add(node);
    return node;
  }

  /** The way to the session that was opened next. */
  Outbox opened() throws InterruptedException {
    Outbox next = opened.poll(90, TimeUnit.SECONDS);
    assertThat(next).as("a session is opened in time").isNotNull();
    return next;
  }

  /** Whose session ended next. */
  NodeId closed() throws InterruptedException {
    NodeId next = closed.poll(100, TimeUnit.SECONDS);
    assertThat(next).as("a session ends in time").isNotNull();
    return next;
  }

  boolean noneOpened() {
    return opened.isEmpty();
  }

  /** How many sessions were opened and not yet taken by {@link #opened()}. */
  int openedSoFar() {
    return opened.size();
  }

  boolean noneClosed() {
    return closed.isEmpty();
  }

  int received(NodeId node) {
    return count(received, node).get();
  }

  /** The most messages of a node that were ever given to the handler and not yet dealt with. */
  int mostWaiting(NodeId node) {
    return count(mostWaiting, node).get();
  }

  /** Holds up the handler's thread until it is told to go on. */
  Runnable holdUp() {
    var gate = new java.util.concurrent.CountDownLatch(1);
    loop.execute(
        () -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return gate::countDown;
  }

  @Override
  public void opened(NodeId node, Outbox outbox) {
    opened.add(outbox);
  }

  @Override
  public void received(NodeId node, Outbox outbox, ToCoordinator message, Runnable done) {
    int now = count(waiting, node).incrementAndGet();
    count(mostWaiting, node).accumulateAndGet(now, Math::max);
    loop.execute(
        () -> {
          outbox.send(SessionCodec.write(message));
          count(received, node).incrementAndGet();
          count(waiting, node).decrementAndGet();
          done.run();
        });
  }

  @Override
  public void closed(NodeId node, Outbox outbox) {
    closed.add(node);
  }

  private static AtomicInteger count(Map<NodeId, AtomicInteger> counts, NodeId node) {
    return counts.computeIfAbsent(node, key -> new AtomicInteger());
  }

  @Override
  public void close() {
    for (AutoCloseable peer : peers) {
      try {
        peer.close();
      } catch (Exception e) {
        throw new IllegalStateException("a peer could not be closed", e);
      }
    }
    endpoint.close();
    loop.shutdownNow();
  }
}
