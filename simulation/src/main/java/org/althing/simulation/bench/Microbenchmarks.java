package org.althing.simulation.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH benchmarks, each in a process of its own, and remembers the best time of each.
 *
 * <p>The best and not the mean: whatever else the machine does only ever adds (Chen and Revels
 * 2016, "Robust benchmarking in noisy environments"). The passes of a figure and of its baseline
 * take turns, so that a busy minute meets both.
 */
final class Microbenchmarks {
  private final Setting setting;
  private final Map<Timed, Double> best = new HashMap<>();
  private final Map<Timed, Integer> passes = new HashMap<>();

  Microbenchmarks(Setting setting) {
    this.setting = setting;
  }

  /** What is counted. */
  enum Clock {
    CPU,
    WALL
  }

  /**
   * One benchmark method.
   *
   * @param size value of the class's parameter {@code size}; 0 where it has none
   */
  record Timed(Class<?> type, String method, int size, Clock clock) {
    static Timed of(Class<?> type, String method) {
      return new Timed(type, method, 0, Clock.CPU);
    }

    static Timed of(Class<?> type, String method, int size) {
      return new Timed(type, method, size, Clock.CPU);
    }

    /** For work that waits, for a disk. */
    static Timed waiting(Class<?> type, String method) {
      return new Timed(type, method, 0, Clock.WALL);
    }

    Pattern pattern() {
      return Pattern.compile(Pattern.quote(type.getName() + "." + method));
    }
  }

  /** The best nanoseconds per operation of each. */
  double[] nanos(Timed... timed) throws RunnerException {
    int wanted = setting.quick() ? 1 : 3;
    for (int pass = 1; pass <= wanted; pass++) {
      for (Timed each : timed) {
        if (passes.getOrDefault(each, 0) < pass) {
          best.merge(each, run(each), Math::min);
          passes.merge(each, 1, Integer::sum);
        }
      }
    }
    double[] nanos = new double[timed.length];
    for (int i = 0; i < timed.length; i++) {
      nanos[i] = best.getOrDefault(timed[i], Double.NaN);
    }
    return nanos;
  }

  private double run(Timed timed) throws RunnerException {
    setting.say(
        timed.type().getSimpleName()
            + "."
            + timed.method()
            + (timed.size() == 0 ? "" : " of " + timed.size()));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + timed.pattern().pattern() + "$")
            .forks(1)
            .warmupIterations(setting.quick() ? 3 : 5)
            .warmupTime(milliseconds(200))
            .measurementIterations(setting.quick() ? 5 : 10)
            .measurementTime(milliseconds(100))
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(CpuTime.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (timed.size() > 0) {
      options.param("size", Integer.toString(timed.size()));
    }
    RunResult result = new Runner(options.build()).runSingle();
    return timed.clock() == Clock.WALL
        ? result.getPrimaryResult().getStatistics().getMin()
        : Objects.requireNonNull(result.getSecondaryResults().get(CpuTime.RESULT)).getScore();
  }

  /** So long on an idle machine; on a busy one longer, since each process gets less of it. */
  private static TimeValue milliseconds(int idle) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double crowd = system.getSystemLoadAverage() / system.getAvailableProcessors();
    return TimeValue.milliseconds(Math.round(idle * Math.max(1, Math.min(10, crowd))));
  }
}
