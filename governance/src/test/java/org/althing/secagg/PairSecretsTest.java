package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.althing.federation.NodeId;
import org.junit.jupiter.api.Test;

final class PairSecretsTest {
  private final Federation federation = Federation.of(4, 31);
  private final Map<NodeId, PairSecrets> pairs = federation.keyed();
  private final NodeId a = federation.id(0);
  private final NodeId b = federation.id(1);
  private final PairSecrets ofA = pairs.get(a);
  private final PairSecrets ofB = pairs.get(b);

  @Test
  void bothEndsDeriveTheSameSecrets() {
    for (NodeId one : federation.ids()) {
      for (NodeId other : federation.ids()) {
        if (!one.equals(other)) {
          Secret here = pairs.get(one).maskSeed(other, Scene.OTHER);
          assertThat(here.matches(pairs.get(other).maskSeed(one, Scene.OTHER))).isTrue();
        }
      }
    }
  }

  @Test
  void differentPairsDirectionsAndRoundsHaveDifferentSecrets() {
    Secret mask = ofA.maskSeed(b, Scene.OTHER);
    assertThat(mask.matches(ofA.maskSeed(federation.id(2), Scene.OTHER))).isFalse();
    assertThat(mask.matches(ofA.maskSeed(b, federation.epoch.ctx()))).isFalse();
    Secret there = ofA.boxKey(a, b, Scene.OTHER, Scene.OTHER);
    assertThat(there.matches(ofB.boxKey(a, b, Scene.OTHER, Scene.OTHER))).isTrue();
    assertThat(there.matches(ofA.boxKey(b, a, Scene.OTHER, Scene.OTHER))).isFalse();
    assertThat(there.matches(ofA.boxKey(a, b, Scene.OTHER, federation.epoch.ctx()))).isFalse();
  }

  @Test
  void aClosedReleaseIsForgottenAndALateNodeCatchesUp() {
    Secret before = ofA.maskSeed(b, Scene.OTHER);
    ofA.closeThrough(4);
    assertThat(before.matches(ofA.maskSeed(b, Scene.OTHER))).isFalse();
    assertThat(ofA.begin(federation.terms(ofA.keys(), 4, 1, 5)).orElseThrow().kind())
        .isEqualTo(Fault.Kind.REPLAYED_ROUND);
    assertThat(ofB.begin(federation.terms(ofB.keys(), 5, 1, 5))).isEmpty();
    assertThat(ofA.maskSeed(b, Scene.OTHER).matches(ofB.maskSeed(a, Scene.OTHER))).isTrue();
  }

  @Test
  void attemptsOfOneReleaseGoForwardOnly() {
    assertThat(ofA.begin(federation.terms(ofA.keys(), 2, 2, 5))).isEmpty();
    assertThat(ofA.begin(federation.terms(ofA.keys(), 2, 2, 5))).isPresent();
    assertThat(ofA.begin(federation.terms(ofA.keys(), 2, 1, 5))).isPresent();
    assertThat(ofA.begin(federation.terms(ofA.keys(), 1, 3, 5))).isPresent();
    assertThat(ofA.begin(federation.terms(ofA.keys(), 2, 3, 5))).isEmpty();
  }

  @Test
  void keysExpireAfterSixtyFourReleases() {
    for (int release = 0; release < PairSecrets.MOST_RELEASES_PER_EPOCH; release++) {
      assertThat(ofA.begin(federation.terms(ofA.keys(), release, 1, 5))).isEmpty();
    }
    assertThat(ofA.begin(federation.terms(ofA.keys(), 64, 1, 5)).orElseThrow().kind())
        .isEqualTo(Fault.Kind.EXPIRED_KEYS);
  }

  @Test
  void erasedSecretsAreNotUsed() {
    ofA.destroy();
    assertThatThrownBy(() -> ofA.maskSeed(b, Scene.OTHER))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ofA.toString()).doesNotContain("Secret[");
  }

  /** The last release that the keys serve may be attempted again like any other. */
  @Test
  void anotherAttemptIsNoOtherRelease() {
    for (int release = 0; release < PairSecrets.MOST_RELEASES_PER_EPOCH; release++) {
      assertThat(ofA.begin(federation.terms(ofA.keys(), release, 1, 5))).isEmpty();
      assertThat(ofA.begin(federation.terms(ofA.keys(), release, 2, 5))).isEmpty();
    }
    assertThat(ofA.begin(federation.terms(ofA.keys(), 63, 3, 5))).isEmpty();
    assertThat(ofA.begin(federation.terms(ofA.keys(), 64, 1, 5))).isPresent();
  }

  @Test
  void nothingIsSharedWithAStranger() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ofA.maskSeed(new NodeId("stranger"), Scene.OTHER));
  }
}
