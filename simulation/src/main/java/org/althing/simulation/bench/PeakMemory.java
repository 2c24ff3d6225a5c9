package org.althing.simulation.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The most bytes that a party can have held at once: what it holds before a step and all that the
 * step allocates, which counts even what is garbage before the step ends.
 */
final class PeakMemory implements Meter {
  private final LongSupplier held;
  private long peak;

  /**
   * @param held bytes that the party and its arguments hold before a step
   */
  private PeakMemory(LongSupplier held) {
    this.held = held;
  }

  /** For a party that holds as many bytes before each step. */
  static PeakMemory holding(long bytes) {
    return new PeakMemory(() -> bytes);
  }

  /** For the party that all growth of the heap from now on is due to. */
  static PeakMemory ofHeap() {
    long before = live();
    return new PeakMemory(() -> live() - before);
  }

  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public <T> T around(Supplier<T> step) {
    long before = held.getAsLong();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadAllocatedBytes();
    T result = step.get();
    peak = Math.max(peak, before + threads.getCurrentThreadAllocatedBytes() - begun);
    return result;
  }

  long bytes() {
    return peak;
  }
}
