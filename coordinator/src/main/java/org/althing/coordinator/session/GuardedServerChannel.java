package org.althing.coordinator.session;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.util.List;

/** Puts a {@link FrameGuard} behind the TLS of every connection that it accepts. */
final class GuardedServerChannel extends NioServerSocketChannel {
  private final EdgeLimits.Frames limits;

  GuardedServerChannel(EdgeLimits.Frames limits) {
    this.limits = limits;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int before = accepted.size();
    int count = super.doReadMessages(accepted);
    for (Object connection : accepted.subList(before, accepted.size())) {
      ((Channel) connection).pipeline().addLast(new Installer());
    }
    return count;
  }

  /** Waits for the first bytes, for by then gRPC has put its TLS handler in place. */
  private final class Installer extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      SslHandler tls = context.pipeline().get(SslHandler.class);
      if (tls == null) {
        throw new IllegalStateException("a connection has no TLS before its first bytes");
      }
      context
          .pipeline()
          .addAfter(context.pipeline().context(tls).name(), null, new FrameGuard(limits));
      context.pipeline().remove(this);
      context.fireChannelRead(message);
    }
  }
}
