package org.althing.simulation.bench;

import java.util.List;
import org.althing.secagg.Federation;
import org.althing.simulation.bench.Microbenchmarks.Timed;
import org.openjdk.jmh.runner.RunnerException;

/** The key set-up of a study, against the operations with keys that it is made of. */
final class KeySetups implements Measurement {
  private static final String SECTION = "key set-up";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int[] SIZES = {10, 100};
  private final Microbenchmarks benchmarks;

  KeySetups(Microbenchmarks benchmarks) {
    this.benchmarks = benchmarks;
  }

  @Override
  public String section() {
    return SECTION;
  }

  @Override
  public void measure(Setting setting, List<Row> table) throws RunnerException {
    for (int nodes : SIZES) {
      if (setting.wants(SECTION, "node, N=" + nodes)
          || setting.wants(SECTION, "coordinator, N=" + nodes)) {
        setting.say(SECTION + " of " + nodes);
        table.addAll(rows(nodes, setting.quick() ? 2 : 4));
      }
    }
  }

  private List<Row> rows(int nodes, int plays) throws RunnerException {
    double node = Double.MAX_VALUE;
    double coordinator = Double.MAX_VALUE;
    for (int i = 0; i < plays; i++) {
      Federation federation = Federation.of(nodes, 1);
      RoundCost cost = new RoundCost(federation.ids());
      KeyedFederation.of(federation, cost.meters());
      node = Math.min(node, cost.node());
      coordinator = Math.min(coordinator, cost.coordinator());
    }
    double[] nanos =
        benchmarks.nanos(
            Timed.of(Primitives.class, "agree"),
            Timed.of(Primitives.class, "verify"),
            Timed.of(Primitives.class, "encapsulate"),
            Timed.of(Primitives.class, "decapsulate"));
    // Half of a node's peers encapsulate to it, to the other half it encapsulates.
    double nodeParts = (nodes - 1) * (nanos[0] + 2 * nanos[1] + (nanos[2] + nanos[3]) / 2);
    double coordinatorParts = nodes * (nanos[0] + 2 * nanos[1]);
    return List.of(
        Row.of(SECTION, "node, N=" + nodes, node / NANOS_PER_MILLI, "ms")
            .against("its key operations", nodeParts / NANOS_PER_MILLI),
        Row.of(SECTION, "coordinator, N=" + nodes, coordinator / NANOS_PER_MILLI, "ms")
            .against("its key operations", coordinatorParts / NANOS_PER_MILLI));
  }
}
