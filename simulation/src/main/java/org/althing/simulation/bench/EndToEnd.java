package org.althing.simulation.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.althing.deploy.lab.Distribution;
import org.althing.simulation.bench.Row.Aim;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Whole rounds between the shipped coordinator and real nodes, by elapsed time: from the log's
 * entry that opens a round to the one that says its release is cosigned. The nodes share one
 * process and hold 20 rows each; every study is one round.
 */
final class EndToEnd implements Measurement {
  static final String SECTION = "end to end";
  static final String ROUND = "round";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final int SHORT = 1_000;
  private static final int LONG = 100_000;
  private static final int MANY = 200;
  private static final double MOST_MILLIS = 100;

  /** Rounds are timed for so long: the first hundreds of them still teach the compiler. */
  private static final Duration TIMED = Duration.ofSeconds(60);

  private static final Duration TIMED_QUICKLY = Duration.ofSeconds(20);
  private static final int MOST_ROUNDS = 200;
  private final Microbenchmarks benchmarks;

  EndToEnd(Microbenchmarks benchmarks) {
    this.benchmarks = benchmarks;
  }

  /** One laboratory. */
  record Cell(int nodes, int length) {
    String name(String what) {
      return "N=%d, d=10^%d: %s".formatted(nodes, Math.round(Math.log10(length)), what);
    }

    /** The bound knows its rounds without losses. */
    Rounds.Cell lossless() {
      return new Rounds.Cell(nodes, length, 0);
    }

    /** Whether its threads are too many to look at again and again. */
    boolean isCrowd() {
      return nodes == MANY;
    }
  }

  @Override
  public String section() {
    return SECTION;
  }

  private static List<Cell> cells(boolean quick) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(4, SHORT));
    cells.add(new Cell(4, LONG));
    cells.add(new Cell(10, SHORT));
    if (!quick) {
      cells.add(new Cell(10, LONG));
      cells.add(new Cell(50, SHORT));
      cells.add(new Cell(50, LONG));
      cells.add(new Cell(MANY, SHORT));
    }
    return cells;
  }

  @Override
  public void measure(Setting setting, List<Row> table)
      throws IOException, InterruptedException, RunnerException {
    for (Cell cell : cells(setting.quick())) {
      if (setting.wants(SECTION, cell.name(ROUND))) {
        setting.say(SECTION + ": " + cell.name("a laboratory"));
        table.addAll(measure(cell, setting));
      }
    }
  }

  private List<Row> measure(Cell cell, Setting setting)
      throws IOException, InterruptedException, RunnerException {
    EndToEndBound bound = EndToEndBound.measured(benchmarks, cell.nodes());
    EndToEndFiles files = new EndToEndFiles(cell.nodes(), cell.length());
    Path here = Path.of("").toAbsolutePath();
    try (EndToEndLab lab = EndToEndLab.start(Distribution.ofThisProcess(), here, files)) {
      StudyTimes first = lab.study();
      Duration enough = setting.quick() ? TIMED_QUICKLY : TIMED;
      List<StudyTimes> warm = lab.studies(MOST_ROUNDS, enough);
      List<Row> rows = new ArrayList<>(times(cell, bound, first, warm));
      if (cell.isCrowd()) {
        rows.addAll(size(cell, lab));
      } else {
        Optional<RoundSplit> split = lab.split(MOST_ROUNDS, enough.dividedBy(3));
        if (split.filter(RoundSplit::isTelling).isPresent()) {
          rows.addAll(parts(cell, bound, split.get()));
        } else {
          setting.say(cell.name("too few looks at it for a split"));
        }
      }
      return rows;
    }
  }

  private static List<Row> times(
      Cell cell, EndToEndBound bound, StudyTimes first, List<StudyTimes> warm) {
    double round = least(warm, StudyTimes::roundMillis);
    Row best =
        Row.of(SECTION, cell.name(ROUND), round, "ms")
            .against(
                "CPU, %d syncs, loopback".formatted(EndToEndBound.syncs(cell.nodes())),
                bound.round(cell.lossless()) / NANOS_PER_MILLI);
    return List.of(
        cell.nodes() == 4 && cell.length() == SHORT ? best.aiming(Aim.figure(MOST_MILLIS)) : best,
        Row.of(SECTION, cell.name("median round"), median(warm), "ms").against("the best", round),
        Row.of(SECTION, cell.name("first round"), first.roundMillis(), "ms")
            .against("the best", round),
        Row.of(
                SECTION,
                cell.name("study, submitted to completed"),
                least(warm, StudyTimes::studyMillis),
                "ms")
            .against("the best round", round));
  }

  private static List<Row> parts(Cell cell, EndToEndBound bound, RoundSplit split) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(SECTION, cell.name("CPU of all in a round"), split.cpuMillis(), "ms")
            .against("bound", bound.cpu(cell.lossless()) / NANOS_PER_MILLI));
    double whole = split.roundMillis();
    for (Activity activity : Activity.values()) {
      rows.add(
          Row.of(
                  SECTION,
                  cell.name("of it " + activity.text()),
                  split.share(activity) * whole,
                  "ms")
              .against("mean round", whole));
    }
    return rows;
  }

  /** What the coordinator holds for its connections. */
  private static List<Row> size(Cell cell, EndToEndLab lab) {
    Optional<KernelView> coordinator = lab.coordinator();
    if (coordinator.isEmpty()) {
      return List.of();
    }
    return List.of(
        Row.of(
                SECTION,
                cell.name("coordinator's memory"),
                coordinator.get().residentBytes() / BYTES_PER_MEGABYTE,
                "MB")
            .against("before any connection", lab.idle().residentBytes() / BYTES_PER_MEGABYTE),
        Row.of(
                SECTION,
                cell.name("coordinator's threads"),
                (double) coordinator.get().threads(),
                "")
            .against("before any connection", (double) lab.idle().threads()));
  }

  private static double least(List<StudyTimes> times, ToDoubleFunction<StudyTimes> of) {
    return times.stream().mapToDouble(of).min().orElseThrow();
  }

  private static double median(List<StudyTimes> times) {
    double[] sorted = times.stream().mapToDouble(StudyTimes::roundMillis).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
