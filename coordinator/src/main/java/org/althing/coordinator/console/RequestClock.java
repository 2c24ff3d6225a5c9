package org.althing.coordinator.console;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which a request takes too long to arrive, however steadily it trickles: a
 * byte a minute is no silence. Of one connection; runs in its thread.
 */
final class RequestClock {
  private static final System.Logger LOG = System.getLogger(RequestClock.class.getName());

  private final Duration head;
  private final Duration whole;
  private boolean arriving;
  private @Nullable Future<?> deadline;

  /**
   * @param head from the first byte to the end of the header
   * @param whole from there to the end of the body
   */
  RequestClock(Duration head, Duration whole) {
    this.head = head;
    this.whole = whole;
  }

  /** Takes its places on both sides of the HTTP decoder. */
  void watch(ChannelPipeline pipeline) {
    ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
    if (decoder == null) {
      throw new IllegalStateException("a connection has no HTTP decoder after its TLS handshake");
    }
    pipeline.addBefore(decoder.name(), null, new Bytes());
    pipeline.addAfter(decoder.name(), null, new Parts());
  }

  /** Sees when a request begins. */
  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!arriving) {
        arriving = true;
        limit(context, head, "header");
      }
      context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      cancel();
      context.fireChannelInactive();
    }
  }

  /** Sees how far it has come. */
  private final class Parts extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        limit(context, whole, "body");
      }
      if (message instanceof LastHttpContent) {
        arriving = false;
        cancel();
      }
      context.fireChannelRead(message);
    }
  }

  private void limit(ChannelHandlerContext context, Duration within, String what) {
    cancel();
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  LOG.log(
                      Level.INFO,
                      "a connection from {0} is ended: the {1} of a request took more than {2} s",
                      context.channel().remoteAddress(),
                      what,
                      within.toSeconds());
                  var ignored = context.close();
                },
                within.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
