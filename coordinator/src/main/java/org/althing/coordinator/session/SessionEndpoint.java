package org.althing.coordinator.session;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.althing.coordinator.access.Rate;

/**
 * The port that nodes dial: mutual TLS required, explicit limits on everything a peer can make
 * grow. An ordinary Netty server: the Quarkus one is an order of magnitude slower for large
 * messages (docs/adr/0002).
 */
public final class SessionEndpoint implements AutoCloseable {
  private final Server server;
  private final ScheduledExecutorService pacer;
  private final EventLoopGroup acceptor;
  private final EventLoopGroup workers;

  private SessionEndpoint(
      InetSocketAddress address, Credentials credentials, SessionHandler handler, EdgeLimits limits)
      throws IOException {
    pacer = pacer();
    acceptor = new NioEventLoopGroup(1, new DefaultThreadFactory("session-acceptor", true));
    workers = new NioEventLoopGroup(0, new DefaultThreadFactory("session-transport", true));
    SessionGate gate =
        new SessionGate(
            handler,
            new Allowances(limits.rates(), System::nanoTime),
            limits.sizes().unsent(),
            pacer);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                address,
                TlsServerCredentials.newBuilder()
                    .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
                    .trustManager(credentials.authority().toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .channelFactory(() -> new GuardedServerChannel(limits.frames()))
            .bossEventLoopGroup(acceptor)
            .workerEventLoopGroup(workers)
            .addTransportFilter(gate.connections())
            .addService(ServerInterceptors.intercept(gate, gate));
    server = limited(builder, limits).build();
  }

  /** The files of a TLS identity in PEM. */
  public record Credentials(Path certificate, Path key, Path authority) {}

  public static SessionEndpoint start(
      InetSocketAddress address, Credentials credentials, SessionHandler handler)
      throws IOException {
    return start(address, credentials, handler, EdgeLimits.SHIPPED);
  }

  static SessionEndpoint start(
      InetSocketAddress address, Credentials credentials, SessionHandler handler, EdgeLimits limits)
      throws IOException {
    SessionEndpoint endpoint = new SessionEndpoint(address, credentials, handler, limits);
    try {
      endpoint.server.start();
      return endpoint;
    } catch (IOException e) {
      endpoint.close();
      throw e;
    }
  }

  private static NettyServerBuilder limited(NettyServerBuilder builder, EdgeLimits limits) {
    EdgeLimits.Times times = limits.times();
    Rate resets = limits.rates().resets();
    return builder
        .maxInboundMessageSize(limits.sizes().message())
        .maxInboundMetadataSize(limits.sizes().metadata())
        .flowControlWindow(limits.sizes().window())
        .maxConcurrentCallsPerConnection(limits.rates().counts().streams())
        .maxRstFramesPerWindow(
            Math.toIntExact(resets.burst()), Math.toIntExact(resets.window().toSeconds()))
        .handshakeTimeout(times.handshake().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionIdle(times.idle().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTime(times.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(times.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(times.pingGap().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  /** What is given to it after the end is dropped: sessions outlive the port by a moment. */
  private static ScheduledExecutorService pacer() {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "session-pacer");
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy());
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    pacer.shutdownNow();
    for (EventLoopGroup group : List.of(acceptor, workers)) {
      var ignored = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
