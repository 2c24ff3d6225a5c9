package org.althing.coordinator.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A line between a peer and the port that can go dark as a NAT or a firewall does: nothing passes
 * any more, and nobody is told.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean dark;

  Relay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void goDark() {
    dark = true;
  }

  private void accept() throws IOException {
    while (true) {
      Socket peer = server.accept();
      Socket onward = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(peer);
      sockets.add(onward);
      daemon(() -> pump(peer.getInputStream(), onward.getOutputStream()));
      daemon(() -> pump(onward.getInputStream(), peer.getOutputStream()));
    }
  }

  private void pump(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      if (!dark) {
        to.write(buffer, 0, count);
      }
    }
    // In the dark not even an end is passed on.
    if (!dark) {
      to.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One side is gone: the other finds out by itself.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
