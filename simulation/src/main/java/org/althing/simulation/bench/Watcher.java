package org.althing.simulation.bench;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks at processes again and again, in a thread of its own, until it is closed. */
final class Watcher implements AutoCloseable {
  private static final long LEAST_PAUSE_NANOS = 2_000_000;

  /** A look may take this part of the time: what watches must not weigh on what it watches. */
  private static final int PAUSES_PER_LOOK = 9;

  /** Longer would miss what a round does, however slow a look is on a crowded machine. */
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private final List<KernelView> processes;
  private final Clock clock = Clock.systemUTC();
  private final List<RoundSplit.Look> looks = new ArrayList<>();
  private final CompletableFuture<List<RoundSplit.Look>> all = new CompletableFuture<>();
  private final Thread thread = new Thread(this::watch, "bench-watcher");
  private volatile boolean closed;

  private Watcher(List<KernelView> processes) {
    this.processes = List.copyOf(processes);
  }

  static Watcher start(List<KernelView> processes) {
    Watcher watcher = new Watcher(processes);
    watcher.thread.start();
    return watcher;
  }

  private void watch() {
    try {
      while (!closed) {
        long begun = System.nanoTime();
        look();
        long taken = System.nanoTime() - begun;
        long pause = Math.max(LEAST_PAUSE_NANOS, PAUSES_PER_LOOK * taken);
        Thread.sleep(Math.min(LONGEST_PAUSE_NANOS, pause) / 1_000_000);
      }
      look();
      all.complete(looks);
    } catch (InterruptedException | RuntimeException e) {
      all.completeExceptionally(e);
    }
  }

  private void look() {
    List<Activity> active = new ArrayList<>();
    double cpu = 0;
    for (KernelView process : processes) {
      active.addAll(process.activities());
      cpu += process.cpuSeconds();
    }
    looks.add(new RoundSplit.Look(clock.instant(), active, cpu));
  }

  /** Ends the watching; what was seen, in order. */
  List<RoundSplit.Look> looks() {
    closed = true;
    return all.join();
  }

  @Override
  public void close() {
    closed = true;
  }
}
