package org.althing.simulation.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.althing.secagg.Federation;
import org.althing.simulation.bench.Row.Aim;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Whole rounds against their lower bound: the real machines of nodes and coordinator, in one
 * thread, by its CPU time.
 */
final class Rounds implements Measurement {
  static final String SECTION = "rounds";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int LONG = 1_000_000;
  private static final int[] SIZES = {4, 10, 50, 100, 200};
  private static final int[] QUICK_SIZES = {4, 10, 50};
  private static final int[] LENGTHS = {1_000, 100_000, LONG};
  private final Microbenchmarks benchmarks;

  Rounds(Microbenchmarks benchmarks) {
    this.benchmarks = benchmarks;
  }

  /** One size of round. */
  record Cell(int nodes, int length, int dropped) {
    String name(String party) {
      return "%s, N=%d, d=10^%d, %d lost"
          .formatted(party, nodes, Math.round(Math.log10(length)), dropped);
    }

    boolean isWanted(Setting setting) {
      return setting.wants(SECTION, name("node")) || setting.wants(SECTION, name("coordinator"));
    }

    /** How often it is played, of which the best counts; less often where it takes long. */
    int plays(boolean quick) {
      long words = (long) nodes * nodes * length;
      return quick || words > 1_000_000_000L ? 2 : words > 100_000_000L ? 4 : 6;
    }
  }

  @Override
  public String section() {
    return SECTION;
  }

  @Override
  public void measure(Setting setting, List<Row> table) throws RunnerException {
    boolean cold = true;
    for (int nodes : setting.quick() ? QUICK_SIZES : SIZES) {
      List<Cell> cells = cells(nodes).stream().filter(cell -> cell.isWanted(setting)).toList();
      if (!cells.isEmpty()) {
        if (cold) {
          warmUp();
          cold = false;
        }
        table.addAll(measure(nodes, cells, setting));
      }
    }
  }

  private static List<Cell> cells(int nodes) {
    List<Cell> cells = new ArrayList<>();
    for (int length : LENGTHS) {
      cells.add(new Cell(nodes, length, 0));
      cells.add(new Cell(nodes, length, (nodes + 9) / 10));
    }
    return cells;
  }

  /** Until the compiler has seen every path of a round. */
  private static void warmUp() {
    KeyedFederation keyed = KeyedFederation.of(Federation.of(10, 2), Meters.NONE);
    for (int i = 0; i < 12; i++) {
      RoundPlay.play(keyed, i < 8 ? 10_000 : 100_000, i % 2, Meters.NONE);
    }
  }

  private List<Row> measure(int nodes, List<Cell> cells, Setting setting) throws RunnerException {
    KeyedFederation keyed = KeyedFederation.of(Federation.of(nodes, 1), Meters.NONE);
    List<Row> rows = new ArrayList<>();
    for (Cell cell : cells) {
      setting.say(SECTION + ": " + cell.name("both"));
      List<RoundCost> costs = new ArrayList<>();
      for (int i = 0; i < cell.plays(setting.quick()); i++) {
        RoundCost cost = new RoundCost(keyed.ids().subList(cell.dropped(), nodes));
        RoundPlay.play(keyed, cell.length(), cell.dropped(), cost.meters());
        costs.add(cost);
      }
      rows.addAll(rows(cell, costs));
    }
    return rows;
  }

  private List<Row> rows(Cell cell, List<RoundCost> costs) throws RunnerException {
    RoundBound bound = RoundBound.measured(benchmarks, cell.nodes());
    List<Row> rows = new ArrayList<>();
    rows.addAll(
        rows(
            cell,
            cell.name("node"),
            least(costs, RoundCost::node),
            bound.node(cell),
            bound.masksOfNode(cell),
            2));
    rows.addAll(
        rows(
            cell,
            cell.name("coordinator"),
            least(costs, RoundCost::coordinator),
            bound.coordinator(cell),
            bound.masksOfCoordinator(cell),
            2.5));
    return rows;
  }

  /** Against the whole bound and, where vectors are long, against its masks and additions too. */
  private static List<Row> rows(
      Cell cell, String name, double millis, double bound, double masks, double most) {
    Row whole = Row.of(SECTION, name, millis, "ms").against("bound", bound / NANOS_PER_MILLI);
    return cell.length() < LONG
        ? List.of(whole)
        : List.of(
            whole.aiming(Aim.ratio(most)),
            Row.of(SECTION, name + ", the same", millis, "ms")
                .against("masks and sums alone", masks / NANOS_PER_MILLI));
  }

  private static double least(List<RoundCost> costs, ToDoubleFunction<RoundCost> of) {
    return costs.stream().mapToDouble(of).min().orElseThrow() / NANOS_PER_MILLI;
  }
}
