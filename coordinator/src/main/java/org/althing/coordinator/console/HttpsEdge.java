package org.althing.coordinator.console;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.althing.coordinator.access.CallerConnections;
import org.althing.coordinator.access.PeerName;

/**
 * What bounds the connections of the leads' port: how many one identity has, and how long a request
 * may take to arrive on one. {@code docs/reliability.md} gives the reason for each value.
 */
@Singleton
public class HttpsEdge implements HttpServerOptionsCustomizer {
  private static final System.Logger LOG = System.getLogger(HttpsEdge.class.getName());
  private static final int MOST_CONNECTIONS = 64;
  private static final Duration HEAD = Duration.ofSeconds(10);
  private static final Duration BODY = Duration.ofMinutes(2);

  private final CallerConnections connections = new CallerConnections(MOST_CONNECTIONS);

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setSslEngineOptions(new WatchedTls(this::secured));
  }

  private void secured(Channel channel, SslHandler tls) {
    Optional<PeerName> caller = CallerFilter.caller(tls.engine().getSession());
    if (!connections.open(caller)) {
      LOG.log(
          Level.INFO,
          "a connection of {0} from {1} is ended: it has {2} already",
          caller.map(PeerName::name).orElse("nobody"),
          channel.remoteAddress(),
          MOST_CONNECTIONS);
      var ignored = channel.close();
      return;
    }
    var ignored = channel.closeFuture().addListener(closed -> connections.close(caller));
    channel.pipeline().addAfter(channel.pipeline().context(tls).name(), null, new Installer());
  }

  /** Waits until HTTP, which hears of the handshake after this, has put its decoder in place. */
  private static final class Installer extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      context.fireUserEventTriggered(event);
      if (event instanceof SslHandshakeCompletionEvent) {
        new RequestClock(HEAD, BODY).watch(context.pipeline());
        context.pipeline().remove(this);
      }
    }
  }
}
