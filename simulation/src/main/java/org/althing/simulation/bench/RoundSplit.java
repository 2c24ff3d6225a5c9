package org.althing.simulation.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of rounds went. Each look at all threads stands for the time since the look before
 * it: that time is divided evenly among the threads found at work, and is waiting where none was.
 * The parts of a round therefore add up to it.
 *
 * @param shares of the time of all rounds, by activity; they add up to 1
 * @param roundMillis elapsed time of a round, on average
 * @param cpuMillis CPU time of both processes in a round, on average
 * @param looks how many fell into a round
 */
record RoundSplit(Map<Activity, Double> shares, double roundMillis, double cpuMillis, int looks) {
  /** With fewer looks a share may be wrong by more than a tenth of the whole. */
  private static final int LEAST_LOOKS = 100;

  /**
   * One look at both processes.
   *
   * @param cpuSeconds of both processes since their start
   */
  record Look(Instant at, List<Activity> active, double cpuSeconds) {}

  /**
   * @param looks in the order they were made, from before the first round to behind the last
   */
  static RoundSplit of(List<Look> looks, List<StudyTimes> rounds) {
    Map<Activity, Double> seconds = new EnumMap<>(Activity.class);
    double cpu = 0;
    double whole = 0;
    int seen = 0;
    for (StudyTimes round : rounds) {
      for (int i = 1; i < looks.size(); i++) {
        Look look = looks.get(i);
        Instant from = later(looks.get(i - 1).at(), round.begun());
        Instant to = look.at().isBefore(round.witnessed()) ? look.at() : round.witnessed();
        if (from.isBefore(to)) {
          double span = seconds(from, to);
          whole += span;
          seen++;
          divide(span, look.active(), seconds);
          double between = seconds(looks.get(i - 1).at(), look.at());
          cpu += (look.cpuSeconds() - looks.get(i - 1).cpuSeconds()) * span / between;
        }
      }
    }
    if (whole == 0) {
      throw new IllegalArgumentException("no look fell into a round");
    }
    double all = whole;
    seconds.replaceAll((activity, part) -> part / all);
    double mean = rounds.stream().mapToDouble(StudyTimes::roundMillis).average().orElseThrow();
    return new RoundSplit(seconds, mean, 1e3 * cpu / rounds.size(), seen);
  }

  private static void divide(double span, List<Activity> active, Map<Activity, Double> seconds) {
    if (active.isEmpty()) {
      seconds.merge(Activity.WAITING, span, Double::sum);
    }
    for (Activity each : active) {
      seconds.merge(each, span / active.size(), Double::sum);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  /** Whether the shares say something: a machine too busy for the looks shows nothing. */
  boolean isTelling() {
    return looks >= LEAST_LOOKS;
  }

  double share(Activity activity) {
    return shares.getOrDefault(activity, 0.0);
  }
}
