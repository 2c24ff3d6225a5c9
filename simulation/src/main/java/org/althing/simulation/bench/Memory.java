package org.althing.simulation.bench;

import java.util.List;
import java.util.Map;
import org.althing.federation.NodeId;
import org.althing.secagg.Federation;
import org.althing.simulation.bench.Row.Aim;

/**
 * The most memory that the machine of either party can have held in a round, in vectors of 10⁶
 * words: with the vector that is handed to it, without the bytes on the wire.
 */
final class Memory implements Measurement {
  private static final String SECTION = "peak memory";
  private static final int LENGTH = 1_000_000;
  private static final double VECTOR_BYTES = 8.0 * LENGTH;

  @Override
  public String section() {
    return SECTION;
  }

  @Override
  public void measure(Setting setting, List<Row> table) {
    for (int nodes : setting.quick() ? new int[] {10} : new int[] {10, 50}) {
      for (int dropped : new int[] {0, nodes / 10}) {
        String cell = ", N=%d, d=10^6, %d lost".formatted(nodes, dropped);
        if (setting.wants(SECTION, "node" + cell) || setting.wants(SECTION, "coordinator" + cell)) {
          setting.say(SECTION + cell);
          table.addAll(rows(nodes, dropped, cell));
        }
      }
    }
  }

  private static List<Row> rows(int nodes, int dropped, String cell) {
    KeyedFederation keyed = KeyedFederation.of(Federation.of(nodes, 1), Meters.NONE);
    PeakMemory coordinator = PeakMemory.ofHeap();
    RoundPlay.play(keyed, LENGTH, dropped, new Meters(Map.of(), coordinator));
    PeakMemory node = PeakMemory.holding((long) VECTOR_BYTES);
    NodeId last = keyed.ids().get(nodes - 1);
    RoundPlay.play(keyed, LENGTH, dropped, new Meters(Map.of(last, node), Meter.NONE));
    return List.of(
        Row.of(SECTION, "node" + cell, node.bytes() / VECTOR_BYTES, "vectors")
            .aiming(Aim.figure(3)),
        Row.of(SECTION, "coordinator" + cell, coordinator.bytes() / VECTOR_BYTES, "vectors")
            .aiming(Aim.figure(3)));
  }
}
