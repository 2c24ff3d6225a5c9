package org.althing.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Many plays, each from its own seed; several at a time, each in one thread. */
final class Campaign {
  private static final int MOST_BROKEN = 20;

  private final long from;
  private final long seeds;
  private final int nodes;
  private final AtomicLong next = new AtomicLong();
  private final Map<String, int[]> byKind = new TreeMap<>();
  private final Map<String, Integer> unseen = new TreeMap<>();
  private final List<Broken> broken = new ArrayList<>();
  private final Consumer<String> told;
  private long plays;
  private long steps;
  private int frozen;
  private double seconds;

  /** A play that broke a rule, made as short as it will go. */
  record Broken(Scenario shortest, Violation violation) {
    /** The scenario to be played again, under what was wrong. */
    String toText() {
      StringWriter trace = new StringWriter();
      violation.printStackTrace(new PrintWriter(trace));
      return "# %s%n%s"
          .formatted(trace.toString().strip().replace("\n", "\n# "), shortest.toText());
    }
  }

  /**
   * @param told of every play that broke a rule, as soon as it is found
   */
  Campaign(long from, long seeds, int nodes, Consumer<String> told) {
    this.told = told;
    this.from = from;
    this.seeds = seeds;
    this.nodes = nodes;
  }

  synchronized List<Broken> broken() {
    return List.copyOf(broken);
  }

  /** Plays all seeds; stops early where too many break a rule. */
  void run(int threads, Consumer<String> progress) {
    long begun = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(pool.submit(() -> work(begun, progress)));
    }
    pool.shutdown();
    try {
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      pool.shutdownNow();
      throw new IllegalStateException("a play ended in a way that none may end", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pool.shutdownNow();
    }
    seconds = (System.nanoTime() - begun) / 1e9;
  }

  private void work(long begun, Consumer<String> progress) {
    for (long i = next.getAndIncrement(); i < seeds && !spoilt(); i = next.getAndIncrement()) {
      play(Scenario.of(from + i, nodes));
      tell(begun, progress);
    }
  }

  private synchronized boolean spoilt() {
    return broken.size() >= MOST_BROKEN;
  }

  private synchronized void tell(long begun, Consumer<String> progress) {
    double elapsed = (System.nanoTime() - begun) / 1e9;
    if (plays % 10 == 0 || plays == seeds) {
      progress.accept(
          "%d of %d seeds, %.0f steps/s, %d broke a rule"
              .formatted(plays, seeds, steps / elapsed, broken.size()));
    }
  }

  private void play(Scenario scenario) {
    World world = new World(scenario, Deceit.NONE);
    try {
      count(world, world.play());
    } catch (Violation violation) {
      Scenario shortest = new Shrinker(Campaign::broken).shrink(scenario, violation.rule());
      Broken found = new Broken(shortest, violation);
      synchronized (this) {
        plays++;
        broken.add(found);
      }
      told.accept(found.toText());
    }
  }

  private static Optional<String> broken(Scenario scenario) {
    try {
      new World(scenario, Deceit.NONE).play();
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(violation.rule());
    }
  }

  private synchronized void count(World world, Outcome outcome) {
    plays++;
    steps += outcome.steps();
    frozen += outcome.frozen();
    outcome.unseen().forEach((rule, times) -> unseen.merge(rule, times, Integer::sum));
    List<String> kinds = new ArrayList<>(world.kinds());
    if (kinds.isEmpty()) {
      kinds.add("(nothing)");
    }
    for (String kind : kinds) {
      int[] counts = byKind.computeIfAbsent(kind, k -> new int[2]);
      counts[0]++;
      counts[1] += outcome.completed() ? 1 : 0;
    }
  }

  /** What was played and what came of it, a line each. */
  synchronized List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add("%-14s %8s %20s".formatted("went wrong", "plays", "all studies completed"));
    byKind.forEach(
        (kind, counts) -> lines.add("%-14s %8d %20d".formatted(kind, counts[0], counts[1])));
    unseen.forEach(
        (rule, times) ->
            lines.add(
                "%s did not hold %d times where a node's whole disk was put back (not yet applicable there)"
                    .formatted(rule, times)));
    lines.add("%d nodes noticed that their disk had been put back".formatted(frozen));
    broken.forEach(each -> lines.add(System.lineSeparator() + each.toText()));
    lines.add("");
    lines.add(
        "%d seeds from %d, %d steps in %.1f s: %.0f steps/s; %d broke a rule"
            .formatted(
                plays, from, steps, seconds, steps / Math.max(seconds, 1e-9), broken.size()));
    return lines;
  }
}
