package org.althing.architecture.sample.high;

import java.util.function.LongSupplier;
import org.althing.architecture.sample.low.Low;

/** Looks down, as it may, and closes a circle with the class below. */
public record High(String name) {
  /** A reference to a forbidden member, where no call is to be seen. */
  public static LongSupplier clock() {
    return System::nanoTime;
  }

  /** A use of the lower package. */
  public static long low() {
    return Low.now();
  }
}
