package org.althing.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes an input apart from its front; what is not there counts as zero. */
public final class Input {
  private final byte[] bytes;
  private int at;

  public Input(byte[] bytes) {
    this.bytes = bytes;
  }

  /** 0 to {@code choices} - 1, from one byte; readable digits choose in their order. */
  public int choose(int choices) {
    return Math.floorMod(octet() - '0', choices);
  }

  /** 0 to 255. */
  public int octet() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  /** 0 to 65535, big-endian. */
  public int two() {
    return octet() << 8 | octet();
  }

  /** As many bytes as the next one says, or fewer where the input ends. */
  public byte[] some() {
    int end = Math.min(bytes.length, at + 1 + octet());
    byte[] some = Arrays.copyOfRange(bytes, Math.min(at, end), end);
    at = end;
    return some;
  }

  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length);
    at = bytes.length;
    return rest;
  }

  public boolean isEmpty() {
    return at >= bytes.length;
  }

  /** An input that {@link #choose} reads as {@code choice}, and then {@code rest}. */
  public static byte[] choosing(int choice, byte[] rest) {
    return ByteBuffer.allocate(1 + rest.length).put((byte) ('0' + choice)).put(rest).array();
  }

  public static byte[] choosing(int choice, String rest) {
    return choosing(choice, rest.getBytes(StandardCharsets.UTF_8));
  }
}
