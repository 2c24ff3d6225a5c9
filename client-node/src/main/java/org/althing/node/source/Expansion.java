package org.althing.node.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.zip.GZIPInputStream;

/**
 * What a gzip stream (RFC 1952) was made of, refused as soon as it is out of proportion: a small
 * file must not fill a node's time or disk.
 */
final class Expansion extends FilterInputStream {
  private static final int ROOM = 1 << 16;

  /**
   * How far a file may expand.
   *
   * @param ratio times the compressed bytes read; tables have 3 to 30, gzip cannot exceed 1032
   * @param freeBytes up to which the ratio does not matter
   * @param bytes in all
   */
  record Limits(int ratio, long freeBytes, long bytes) {
    static final Limits DECLARED = new Limits(200, 1 << 20, 1L << 38);
  }

  /** The content is beyond a limit, which the message says. */
  static final class Exceeded extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private Exceeded(String message) {
      super(message);
    }
  }

  private final Counted compressed;
  private final Limits limits;
  private long bytes;

  private Expansion(InputStream content, Counted compressed, Limits limits) {
    super(content);
    this.compressed = compressed;
    this.limits = limits;
  }

  static Expansion of(InputStream compressed, Limits limits) throws IOException {
    Counted counted = new Counted(compressed);
    return new Expansion(new GZIPInputStream(counted, ROOM), counted, limits);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    bytes += Math.max(count, 0);
    if (bytes > limits.bytes()) {
      throw new Exceeded("at most %d bytes of content".formatted(limits.bytes()));
    }
    if (bytes > limits.freeBytes() && bytes / limits.ratio() > compressed.bytes) {
      throw new Exceeded("at most %d times its size".formatted(limits.ratio()));
    }
    return count;
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    private Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      bytes += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      bytes += Math.max(count, 0);
      return count;
    }
  }
}
