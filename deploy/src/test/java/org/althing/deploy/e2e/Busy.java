package org.althing.deploy.e2e;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that use as much of the processors as a flood does and send nothing: what the machine
 * alone makes of such company.
 */
final class Busy implements AutoCloseable {
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private volatile boolean closed;

  /**
   * @param processors how many they keep at work together, as a mean over time
   */
  Busy(int count, double processors) {
    long pause = (long) (SLICE_NANOS * Math.max(0, count / processors - 1));
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> work(pause), "busy-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void work(long pause) {
    while (!closed) {
      long end = System.nanoTime() + SLICE_NANOS;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(pause);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
