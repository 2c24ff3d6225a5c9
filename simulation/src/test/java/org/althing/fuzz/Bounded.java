package org.althing.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Takes inputs and counts what the thread allocates for them. */
final class Bounded {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Bounded() {}

  /** Takes the input, and fails where that allocated more than the target allows itself. */
  static void take(FuzzTarget target, byte[] input) throws Exception {
    long allowed = target.allowance().of(input.length);
    if (allocated(target, input) <= allowed) {
      return;
    }
    // Once more: the first input that reaches a class also pays for loading it.
    long allocated = allocated(target, input);
    if (allocated > allowed) {
      throw new AssertionError(
          "an input of %d bytes made the decoder allocate %d bytes, allowed are %d"
              .formatted(input.length, allocated, allowed));
    }
  }

  static long allocated(FuzzTarget target, byte[] input) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    target.take(input);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
