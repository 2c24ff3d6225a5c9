package org.althing.coordinator.console;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS as it is, and somebody who is shown each connection once its peer is known: the one place
 * where HTTP lets a connection be seen before it has asked anything.
 */
final class WatchedTls extends JdkSSLEngineOptions {
  private final BiConsumer<Channel, SslHandler> watcher;

  /**
   * @param watcher called in the connection's thread when its handshake has succeeded, before HTTP
   *     reads from it
   */
  WatchedTls(BiConsumer<Channel, SslHandler> watcher) {
    this.watcher = watcher;
  }

  @Override
  public WatchedTls copy() {
    return this;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Contexts(super.sslContextFactory());
  }

  private final class Contexts implements SslContextFactory {
    private final SslContextFactory plain;

    private Contexts(SslContextFactory plain) {
      this.plain = plain;
    }

    @Override
    public SslContextFactory useAlpn(boolean useAlpn) {
      plain.useAlpn(useAlpn);
      return this;
    }

    @Override
    public SslContextFactory clientAuth(ClientAuth clientAuth) {
      plain.clientAuth(clientAuth);
      return this;
    }

    @Override
    public SslContextFactory forClient(boolean forClient) {
      plain.forClient(forClient);
      return this;
    }

    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
      plain.keyMananagerFactory(keys);
      return this;
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory trusted) {
      plain.trustManagerFactory(trusted);
      return this;
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> suites) {
      plain.enabledCipherSuites(suites);
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> protocols) {
      plain.applicationProtocols(protocols);
      return this;
    }

    @Override
    public SslContextFactory serverName(String name) {
      plain.serverName(name);
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      return new DelegatingSslContext(plain.create()) {
        @Override
        protected void initEngine(SSLEngine engine) {}

        @Override
        protected void initHandler(SslHandler tls) {
          var ignored =
              tls.handshakeFuture()
                  .addListener(
                      done -> {
                        if (done.isSuccess()) {
                          watcher.accept((Channel) done.getNow(), tls);
                        }
                      });
        }
      };
    }
  }
}
