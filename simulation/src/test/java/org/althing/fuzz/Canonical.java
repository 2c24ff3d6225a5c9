package org.althing.fuzz;

import java.util.function.Function;
import org.althing.encoding.MalformedEncoding;

/** A decoder of canonical bytes: whatever it accepts it writes again as it was. */
record Canonical<T>(Reader<T> reader, Function<T, byte[]> writer) {
  /** Reads a value, or says why the bytes are none. */
  @FunctionalInterface
  interface Reader<T> {
    T read(byte[] bytes) throws MalformedEncoding;
  }

  boolean take(byte[] input) {
    try {
      Promise.sameBytes(input, writer.apply(reader.read(input)));
      return true;
    } catch (MalformedEncoding e) {
      Promise.showable(e);
      return false;
    }
  }
}
