package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.althing.encoding.Digest;
import org.althing.privacy.Rho;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final Plan plan = Examples.plan();

  /**
   * Two honest shares. profile: Δ² = 13, σ = 13, ρ = 13/(2·2·169) = 0.019230769230769…; counts:
   * 12/(2·2·100) = 0.03; scores: 16/(2·2·169) = 0.023668639053254…. Each rounds up and adds one
   * pico-ρ.
   */
  @Test
  void costsAllPlusTheDearerSideOfTheSplit() {
    assertThat(plan.cost()).isEqualTo(new Rho(19_230_769_232L + 30_000_000_001L));
  }

  @Test
  void setsTheDearestReleaseAsideAgainForEverySpareAttempt() {
    assertThat(plan.reservation().minus(plan.cost())).isEqualTo(new Rho(30_000_000_001L));
  }

  /** Two honest shares become one: 13/338 and 12/200, rounded up, each plus one. */
  @Test
  void costsAsManyTimesMoreAsThereAreHonestSharesIfAllOthersCollude() {
    assertThat(plan.costIfAllOthersCollude()).isEqualTo(new Rho(38_461_538_463L + 60_000_000_001L));
  }

  @Test
  void digestIsPinned() {
    assertThat(plan.digest().hex())
        .isEqualTo("5e97e93dd57097685e8930b6c488396250b7b24337396548670fc90314973768");
  }

  @Test
  void digestFollowsEveryPart() {
    Plan otherStudy =
        new Plan(
            Digest.of(new byte[] {9}),
            plan.contract(),
            plan.roster(),
            plan.holdoutPercent(),
            plan.spareAttempts(),
            plan.releases());
    Plan fewerReleases =
        new Plan(
            plan.study(),
            plan.contract(),
            plan.roster(),
            plan.holdoutPercent(),
            plan.spareAttempts(),
            plan.releases().subList(0, 2));
    assertThat(
            List.of(
                plan.digest(),
                otherStudy.digest(),
                fewerReleases.digest(),
                Examples.planWithHoldout(21).digest()))
        .doesNotHaveDuplicates();
    assertThat(Examples.plan().digest()).isEqualTo(plan.digest());
  }

  @Test
  void splitFollowsFromTheStudysTextAlone() {
    assertThat(Examples.planWithHoldout(21).salt()).isEqualTo(plan.salt());
    assertThat(plan.salt().hex())
        .isEqualTo("87d707fa1f3ff97b00a616461315e3ba0aafd2cb7d5c0415860697932b3f22f0");
  }

  @Test
  void refusesNoiseCalibratedForAnotherQuorum() {
    assertThatThrownBy(
            () ->
                new Plan(
                    plan.study(),
                    plan.contract(),
                    Examples.roster(7),
                    plan.holdoutPercent(),
                    plan.spareAttempts(),
                    plan.releases()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("noised for 2 honest survivors, the quorum guarantees 4");
  }
}
