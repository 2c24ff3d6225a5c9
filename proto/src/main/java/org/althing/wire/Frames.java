package org.althing.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.althing.wire.v1.Frame;

/**
 * Cuts messages into frames of at most {@value #CHUNK_BYTES} bytes, so that a large vector does not
 * hold up a session and no peer needs a large receive window.
 */
public final class Frames {
  public static final int CHUNK_BYTES = 256 * 1024;

  /** The largest message either side assembles; a vector of 2²⁰ coordinates takes 8 MiB. */
  public static final int MOST_MESSAGE_BYTES = 16 * 1024 * 1024;

  private Frames() {}

  public static List<Frame> of(byte[] message) {
    List<Frame> frames = new ArrayList<>();
    int at = 0;
    do {
      int length = Math.min(CHUNK_BYTES, message.length - at);
      frames.add(
          Frame.newBuilder()
              .setChunk(ByteString.copyFrom(message, at, length))
              .setLast(at + length == message.length)
              .build());
      at += length;
    } while (at < message.length);
    return frames;
  }
}
