package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class EndToEndBoundTest {
  private static final RoundBound WORK = new RoundBound(2, 1, 1000, 5000, 3, 100, 200);
  private static final Rounds.Cell CELL = new Rounds.Cell(4, 1000, 0);
  private static final EndToEndBound BOUND =
      new EndToEndBound(WORK, 100_000, new Loopback(20_000, 0.5), 2);

  /**
   * By hand: a node 2·4·1000 + 5000, with hash and signatures 3·1000 + 4·100 + 9·200, and with its
   * agreements in place of these 3·1000; the coordinator 4·1000·(1 + 2), with a hash and 4·3 + 3
   * signatures 3·1000 + 15·200.
   */
  private static final double NODE = 13_000 + 5_200;

  private static final double COORDINATOR = 12_000 + 6_000;

  @Test
  void addsTheCpuTimeOfAllParties() {
    assertThat(WORK.masksOfNode(CELL)).isCloseTo(16_000, within(1e-6));
    assertThat(WORK.masksOfCoordinator(CELL)).isCloseTo(12_000, within(1e-6));
    assertThat(BOUND.cpu(CELL)).isCloseTo(4 * NODE + COORDINATOR, within(1e-6));
  }

  /** Of one lost after READY a node verifies that alone, and so does the coordinator. */
  @Test
  void asksForNoSignatureOfALostNodeAfterItsFirst() {
    Rounds.Cell lost = new Rounds.Cell(4, 1000, 1);
    assertThat(WORK.node(lost)).isCloseTo(NODE - 2 * 200, within(1e-6));
    double verified = 200 * (4 + 2 * 3 + 3);
    assertThat(WORK.coordinator(lost) - WORK.masksOfCoordinator(lost))
        .isCloseTo(3 * 1000 + verified, within(1e-6));
  }

  /** Seven of a node, three of the coordinator and one for each of the four charges. */
  @Test
  void countsTheSyncsThatFollowOneAnother() {
    assertThat(EndToEndBound.syncs(4)).isEqualTo(14);
    assertThat(BOUND.disk(4)).isCloseTo(1_400_000, within(1e-6));
  }

  /** Seven exchanges, and every node's vector through the one loopback. */
  @Test
  void countsExchangesAndVectors() {
    assertThat(BOUND.network(CELL)).isCloseTo(7 * 20_000 + 0.5 * 8 * 1000 * 4, within(1e-6));
  }

  @Test
  void letsNodesShareTheProcessorsAndTheCoordinatorHaveOne() {
    assertThat(BOUND.round(CELL))
        .isCloseTo(
            4 * NODE / 2.0 + COORDINATOR + BOUND.disk(4) + BOUND.network(CELL), within(1e-6));
  }
}
