package org.althing.fuzz;

import java.util.List;
import java.util.SortedMap;

/** A decoder, with the promises it makes for any bytes at all. */
public interface FuzzTarget {
  /**
   * Decodes {@code input} and checks what came of it. The decoder's documented refusal is an
   * expected outcome and stays inside; whatever comes out is a defect, an {@link AssertionError}
   * where the decoder broke a promise without throwing.
   *
   * @return whether the decoder accepted the input
   */
  boolean take(byte[] input) throws Exception;

  /** Small inputs that go deep into the decoder, by name. */
  SortedMap<String, byte[]> seeds();

  /** Words of the format that no chance would spell: labels, keys, marks. */
  default List<String> words() {
    return List.of();
  }

  /** The longest input worth trying, in bytes. */
  default int mostBytes() {
    return 4096;
  }

  /** The most bytes that taking an input may allocate. */
  Allowance allowance();

  /**
   * An affine bound on allocation, garbage included: what is linear in the input cannot be made to
   * exhaust a memory that holds the input.
   */
  record Allowance(long base, long perByte) {
    long of(int length) {
      return base + perByte * length;
    }
  }
}
