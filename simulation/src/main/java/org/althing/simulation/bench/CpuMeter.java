package org.althing.simulation.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** CPU time of the thread, in nanoseconds: what other processes take is not in it. */
final class CpuMeter implements Meter {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private final List<Long> steps = new ArrayList<>();

  @Override
  public <T> T around(Supplier<T> step) {
    long begun = THREADS.getCurrentThreadCpuTime();
    T result = step.get();
    steps.add(THREADS.getCurrentThreadCpuTime() - begun);
    return result;
  }

  /** Of each step, in the order they were made. */
  List<Long> steps() {
    return List.copyOf(steps);
  }

  double nanos() {
    return steps.stream().mapToLong(Long::longValue).sum();
  }
}
