package org.althing.coordinator.session;

import java.nio.ByteBuffer;

/**
 * Follows one direction of an HTTP/2 connection from frame header to frame header (RFC 9113, 4.1),
 * in whatever pieces the bytes come; keeps no payload.
 */
final class FrameReader {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int END_STREAM = 1;

  private static final int PREFACE_BYTES = 24;
  private static final int HEADER_BYTES = 9;

  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private int toSkip = PREFACE_BYTES;

  /** Whom to tell of each frame, as soon as its header is there. */
  interface Listener {
    void frame(int type, int flags, int stream, int length);
  }

  void read(ByteBuffer bytes, Listener listener) {
    while (bytes.hasRemaining()) {
      if (toSkip > 0) {
        int skipped = Math.min(toSkip, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        toSkip -= skipped;
        continue;
      }
      header.put(bytes.get());
      if (!header.hasRemaining()) {
        toSkip = (header.get(0) & 0xff) << 16 | (header.getShort(1) & 0xffff);
        listener.frame(
            header.get(3) & 0xff,
            header.get(4) & 0xff,
            header.getInt(5) & Integer.MAX_VALUE,
            toSkip);
        header.clear();
      }
    }
  }
}
