package org.althing.coordinator.session;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.althing.coordinator.access.TokenBucket;

/**
 * Watches the HTTP/2 frames of one connection, between TLS and gRPC, for what gRPC leaves open: a
 * peer that never acknowledges our SETTINGS is held to no number of streams (RFC 9113, 6.5.3), and
 * an empty DATA frame is held in memory but counts toward no flow-control window.
 *
 * <p>Too many frames in a time are slowed down by reading the socket later; what no gRPC
 * implementation does ends the connection.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(FrameGuard.class.getName());

  private final EdgeLimits.Frames limits;
  private final TokenBucket frames;
  private final FrameReader reader = new FrameReader();
  private final Set<Integer> open = new HashSet<>();
  private int emptyData;
  private int count;

  FrameGuard(EdgeLimits.Frames limits) {
    this.limits = limits;
    this.frames = new TokenBucket(limits.rate(), System::nanoTime);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      count = 0;
      for (ByteBuffer part : bytes.nioBuffers()) {
        reader.read(part, this::frame);
      }
      if (emptyData > limits.emptyData() || open.size() > limits.openStreams()) {
        bytes.release();
        hangUp(context);
        return;
      }
      frames.spend(count);
      slowDown(context);
    }
    context.fireChannelRead(message);
  }

  private void frame(int type, int flags, int stream, int length) {
    count++;
    boolean last = (flags & FrameReader.END_STREAM) != 0;
    if (type == FrameReader.HEADERS && !last) {
      open.add(stream);
    } else if (type == FrameReader.RST_STREAM
        || (last && (type == FrameReader.HEADERS || type == FrameReader.DATA))) {
      open.remove(stream);
    } else if (type == FrameReader.DATA && length == 0) {
      emptyData++;
    }
  }

  private void hangUp(ChannelHandlerContext context) {
    LOG.log(
        Level.INFO,
        "a connection from {0} is ended: {1} empty DATA frames, {2} streams it did not end",
        context.channel().remoteAddress(),
        emptyData,
        open.size());
    var ignored = context.close();
  }

  private void slowDown(ChannelHandlerContext context) {
    long wait = frames.debtNanos();
    if (wait > 0 && context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(false);
      var ignored =
          context
              .executor()
              .schedule(
                  () -> context.channel().config().setAutoRead(true), wait, TimeUnit.NANOSECONDS);
    }
  }
}
