package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoundPlotsTest {
  @Test
  void drawsWholeRoundsOverNodesOneLinePerLengthAndOnePerBound() {
    Map<String, String> drawings =
        RoundPlots.of(
            List.of(whole(4, 3, 50), whole(10, 3, 80), whole(4, 5, 200), whole(10, 5, 500)));

    assertThat(drawings).containsOnlyKeys("end-to-end-over-n.svg");
    String svg = drawings.get("end-to-end-over-n.svg");
    assertThat(svg).contains(">d=10^3<", ">d=10^5<", "ms elapsed");
    assertThat(svg.split("<polyline", -1)).hasSize(1 + 4);
  }

  @Test
  void takesNoOtherRowOfTheSectionForARound() {
    Row part =
        Row.of(EndToEnd.SECTION, new EndToEnd.Cell(4, 1000).name("of it disk"), 3, "ms")
            .against("mean round", 50);

    assertThat(RoundPlots.of(List.of(part))).isEmpty();
  }

  private static Row whole(int nodes, int digits, double millis) {
    EndToEnd.Cell cell = new EndToEnd.Cell(nodes, (int) Math.pow(10, digits));
    return Row.of(EndToEnd.SECTION, cell.name(EndToEnd.ROUND), millis, "ms")
        .against("bound", millis / 2);
  }
}
