package org.althing.deploy.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Stands between a node and the coordinator with the keys of both, and keeps in clear every byte
 * that leaves the node: what a coordinator that wants to know everything would see.
 */
public final class ClearTap implements AutoCloseable {
  private final SSLServerSocket server;
  private final SSLContext asNode;
  private final int coordinator;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final List<SSLSocket> sockets = new ArrayList<>();

  private ClearTap(SSLServerSocket server, SSLContext asNode, int coordinator) {
    this.server = server;
    this.asNode = asNode;
    this.coordinator = coordinator;
  }

  /** Points a node that is not yet started at a new tap. */
  public static ClearTap between(RealFederation federation, String node) throws IOException {
    SSLContext asCoordinator = context(federation.coordinatorFolder());
    SSLServerSocket server =
        (SSLServerSocket)
            asCoordinator
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    SSLParameters parameters = spokenOver(server.getSSLParameters());
    parameters.setNeedClientAuth(true);
    server.setSSLParameters(parameters);
    Path config = federation.nodeFolder(node).resolve("node.yaml");
    String direct = "127.0.0.1:" + federation.port();
    String text = Files.readString(config);
    if (!text.contains(direct)) {
      throw new IllegalStateException("the node's configuration does not name " + direct);
    }
    Files.writeString(config, text.replace(direct, "127.0.0.1:" + server.getLocalPort()));
    ClearTap tap = new ClearTap(server, context(federation.nodeFolder(node)), federation.port());
    daemon(tap::accept);
    return tap;
  }

  private static SSLContext context(Path folder) throws IOException {
    return CoordinatorClient.sslContext(ThrowAwayAuthority.Credentials.in(folder));
  }

  private static SSLParameters spokenOver(SSLParameters parameters) {
    parameters.setApplicationProtocols(new String[] {"h2"});
    return parameters;
  }

  private void accept() throws IOException {
    while (true) {
      SSLSocket node = (SSLSocket) server.accept();
      keep(node);
      daemon(
          () -> {
            try (node) {
              node.startHandshake();
              try (SSLSocket onward =
                  (SSLSocket)
                      asNode
                          .getSocketFactory()
                          .createSocket(InetAddress.getLoopbackAddress(), coordinator)) {
                keep(onward);
                onward.setSSLParameters(spokenOver(onward.getSSLParameters()));
                onward.startHandshake();
                daemon(() -> pump(onward.getInputStream(), node.getOutputStream(), false));
                pump(node.getInputStream(), onward.getOutputStream(), true);
              }
            }
          });
    }
  }

  private synchronized void keep(SSLSocket socket) {
    sockets.add(socket);
  }

  private void pump(InputStream from, OutputStream to, boolean record) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      if (record) {
        // Before it is passed on: nothing arrives that was not seen.
        synchronized (seen) {
          seen.write(buffer, 0, count);
        }
      }
      to.write(buffer, 0, count);
      to.flush();
    }
  }

  /** All bytes so far, in clear. */
  public byte[] seen() {
    synchronized (seen) {
      return seen.toByteArray();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    server.close();
    for (SSLSocket socket : sockets) {
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
                // One side is gone: the other notices, and the node dials again.
              }
            },
            "tap");
    thread.setDaemon(true);
    thread.start();
  }
}
