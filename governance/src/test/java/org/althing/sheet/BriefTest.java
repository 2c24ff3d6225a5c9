package org.althing.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BriefTest {
  @Test
  void aMarginBeyondTheWholeIsOnlySaidToBe() {
    assertThat(Brief.points(0.0508)).isEqualTo("5.08");
    assertThat(Brief.points(13.48)).isEqualTo("more than 100");
  }

  @Test
  void costsAreRoundedUpAndWhatIsLeftDown() {
    assertThat(Brief.cost(0.98741)).isEqualTo("0.988");
    assertThat(Brief.rest(0.98769)).isEqualTo("0.987");
  }

  /** A budget without bound is none that would do. */
  @Test
  void aRemedyNamesNoBudgetThatProtectsNobody() {
    assertThat(PlanText.inWords(new PlanSheet.Remedy(1981, 493, Double.POSITIVE_INFINITY)))
        .isEqualTo(
            "1981 people (493 more organisations of this size), while no budget that still protects anybody would do");
    assertThat(PlanText.inWords(new PlanSheet.Remedy(900, 1, 2.5)))
        .isEqualTo("900 people (1 more organisation of this size), or with ε 2.5");
  }
}
