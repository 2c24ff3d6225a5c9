package org.althing.coordinator.session;

import java.util.concurrent.atomic.AtomicLong;

/** An enrolled node that sends valid small messages as fast as the coordinator takes them. */
final class Flood implements AutoCloseable {
  private final TestNode node;
  private final Thread sender = new Thread(this::send, "flood");
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean over;

  Flood(TestNode node) {
    this.node = node;
    sender.setDaemon(true);
    sender.start();
  }

  private void send() {
    byte[] message = TestNode.message("x");
    try {
      while (!over && node.stands()) {
        node.sendWhenReady(message);
        sent.incrementAndGet();
      }
    } catch (InterruptedException | IllegalStateException e) {
      // The test is over.
    }
  }

  /** How many messages it has given to its transport. */
  long sent() {
    return sent.get();
  }

  @Override
  public void close() {
    over = true;
    sender.interrupt();
    try {
      sender.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
