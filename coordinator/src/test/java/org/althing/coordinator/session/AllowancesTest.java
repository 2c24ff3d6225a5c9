package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.althing.coordinator.access.Rate;
import org.althing.federation.NodeId;
import org.althing.wire.Frames;
import org.junit.jupiter.api.Test;

class AllowancesTest {
  private static final NodeId NODE = new NodeId("north");
  private static final EdgeLimits.Rates RATES =
      new EdgeLimits.Rates(
          new Rate(10, Duration.ofSeconds(1)),
          new Rate(1000, Duration.ofSeconds(1)),
          new Rate(3, Duration.ofSeconds(3)),
          new Rate(100, Duration.ofSeconds(30)),
          new EdgeLimits.Counts(2, 2, 3));

  private long now = 5;
  private final Allowances allowances = new Allowances(RATES, () -> now);

  @Test
  void dialsAgainWithTheEmptyBucketItLeft() {
    Allowances.Connection first = connect(NODE);
    first.allowance().pay(2000);
    long owed = first.allowance().waitNanos();
    first.allowance().disconnect();
    assertThat(owed).isPositive();
    assertThat(connect(NODE).allowance().waitNanos()).isEqualTo(owed);
  }

  @Test
  void oneNodesDebtIsNotAnothers() {
    connect(NODE).allowance().pay(1_000_000);
    assertThat(connect(new NodeId("south")).allowance().waitNanos()).isZero();
  }

  @Test
  void manySmallFramesWaitAsFewLargeOnesDo() {
    NodeAllowance allowance = connect(NODE).allowance();
    for (int i = 0; i < 11; i++) {
      allowance.pay(1);
    }
    assertThat(allowance.waitNanos()).isEqualTo(Duration.ofMillis(100).toNanos());
  }

  @Test
  void admitsNoMoreConnectionsOfANodeThanAllowed() {
    connect(NODE);
    Allowances.Connection second = connect(NODE);
    assertThat(second.admitted()).isTrue();
    assertThat(connect(NODE).admitted()).isFalse();
    second.allowance().disconnect();
    second.allowance().disconnect();
    assertThat(connect(NODE).admitted()).isTrue();
  }

  @Test
  void opensSessionsNoFasterThanAllowed() {
    NodeAllowance allowance = connect(NODE).allowance();
    for (int i = 0; i < 3; i++) {
      assertThat(allowance.openSession()).isTrue();
    }
    assertThat(allowance.openSession()).isFalse();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(allowance.openSession()).isTrue();
  }

  @Test
  void remembersNoMoreIdentitiesThanAllowedAndForgetsOnlyThoseThatOweNothing() {
    connect(new NodeId("a")).allowance().disconnect();
    Allowances.Connection here = connect(new NodeId("b"));
    Allowances.Connection owing = connect(new NodeId("c"));
    owing.allowance().pay(1);
    owing.allowance().disconnect();
    connect(new NodeId("d"));
    assertThat(allowances.connect(new NodeId("e"))).isEmpty();
    assertThat(connect(new NodeId("c")).allowance()).isSameAs(owing.allowance());
    assertThat(connect(new NodeId("b")).allowance()).isSameAs(here.allowance());
  }

  /** The largest vector at once, and every message of a key set-up with 200 members. */
  @Test
  void noHonestBurstWaitsUnderTheShippedRates() {
    NodeAllowance allowance = new NodeAllowance(EdgeLimits.SHIPPED.rates(), () -> now);
    for (int rest = Frames.MOST_MESSAGE_BYTES; rest > 0; rest -= Frames.CHUNK_BYTES) {
      allowance.pay(Frames.CHUNK_BYTES + 8);
      assertThat(allowance.waitNanos()).isZero();
    }
    for (int message = 0; message < 2 * 200; message++) {
      allowance.pay(2000);
      assertThat(allowance.waitNanos()).isZero();
    }
  }

  private Allowances.Connection connect(NodeId node) {
    return allowances.connect(node).orElseThrow();
  }
}
