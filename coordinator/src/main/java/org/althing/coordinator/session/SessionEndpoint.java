package org.althing.coordinator.session;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.althing.wire.Frames;

/**
 * The port that nodes dial: mutual TLS required, explicit limits on everything a peer can make
 * grow. An ordinary Netty server: the Quarkus one is an order of magnitude slower for large
 * messages (docs/adr/0002).
 */
public final class SessionEndpoint implements AutoCloseable {
  private static final int FRAME_OVERHEAD_BYTES = 1024;
  private final Server server;

  private SessionEndpoint(Server server) {
    this.server = server;
  }

  /** The files of a TLS identity in PEM. */
  public record Credentials(Path certificate, Path key, Path authority) {}

  public static SessionEndpoint start(
      InetSocketAddress address, Credentials credentials, SessionHandler handler)
      throws IOException {
    SessionGate gate = new SessionGate(handler);
    Server server =
        NettyServerBuilder.forAddress(
                address,
                TlsServerCredentials.newBuilder()
                    .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
                    .trustManager(credentials.authority().toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .addService(ServerInterceptors.intercept(gate, gate))
            .maxInboundMessageSize(Frames.CHUNK_BYTES + FRAME_OVERHEAD_BYTES)
            .maxInboundMetadataSize(8 * 1024)
            .maxConcurrentCallsPerConnection(2)
            .flowControlWindow(4 << 20)
            .handshakeTimeout(10, TimeUnit.SECONDS)
            .keepAliveTime(20, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .build()
            .start();
    return new SessionEndpoint(server);
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
