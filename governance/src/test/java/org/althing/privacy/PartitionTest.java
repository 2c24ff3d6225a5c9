package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionTest {
  /** So a unit is paid for once, by the dearer of both. */
  @Test
  void everyUnitIsHeldOutOrTrainedOnAndNeverBoth() {
    for (int percent = 0; percent < 100; percent++) {
      int heldOut = 0;
      for (int hundredth = 0; hundredth < 100; hundredth++) {
        assertThat(Partition.ALL.takes(hundredth, percent)).isTrue();
        assertThat(Partition.TRAIN.takes(hundredth, percent))
            .isNotEqualTo(Partition.HOLDOUT.takes(hundredth, percent));
        heldOut += Partition.HOLDOUT.takes(hundredth, percent) ? 1 : 0;
      }
      assertThat(heldOut).isEqualTo(percent);
    }
  }
}
