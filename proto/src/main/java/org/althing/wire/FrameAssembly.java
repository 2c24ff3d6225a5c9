package org.althing.wire;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.althing.wire.v1.Frame;

/**
 * Puts the frames of one direction of a session together again; never holds more than one message
 * of the allowed size.
 */
public final class FrameAssembly {
  private ByteString held = ByteString.EMPTY;

  /** The message that {@code frame} completes, or nothing yet. */
  public Optional<byte[]> add(Frame frame) throws MalformedMessage {
    WireStrictness.requireKnownFields(frame);
    if (frame.getChunk().size() > Frames.CHUNK_BYTES) {
      throw new MalformedMessage("a frame has at most " + Frames.CHUNK_BYTES + " bytes");
    }
    if (held.size() + frame.getChunk().size() > Frames.MOST_MESSAGE_BYTES) {
      throw new MalformedMessage("a message has at most " + Frames.MOST_MESSAGE_BYTES + " bytes");
    }
    if (!frame.getLast() && frame.getChunk().isEmpty()) {
      throw new MalformedMessage("an empty frame ends a message or does not exist");
    }
    held = held.concat(frame.getChunk());
    if (!frame.getLast()) {
      return Optional.empty();
    }
    byte[] message = held.toByteArray();
    held = ByteString.EMPTY;
    return Optional.of(message);
  }
}
