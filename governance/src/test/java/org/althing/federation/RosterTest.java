package org.althing.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {
  private static final Roster ROSTER = Examples.roster(4);

  private static byte[] written(List<Roster.Member> members) {
    CanonicalWriter out = new CanonicalWriter("roster/v1");
    ROSTER.quorum().writeTo(out);
    return out.putList(members, (w, m) -> w.putString(m.id().value()).putBytes(m.key().bytes()))
        .toBytes();
  }

  @Test
  void comesBackFromItsOwnBytes() throws MalformedEncoding {
    assertThat(written(ROSTER.members())).isEqualTo(ROSTER.toBytes());
    assertThat(Roster.ofBytes(ROSTER.toBytes())).isEqualTo(ROSTER);
  }

  /** One roster has one spelling: its digest is in every plan. */
  @Test
  void refusesMembersInAnotherOrder() {
    List<Roster.Member> m = ROSTER.members();
    assertThatThrownBy(
            () -> Roster.ofBytes(written(List.of(m.get(1), m.get(0), m.get(2), m.get(3)))))
        .isInstanceOf(MalformedEncoding.class)
        .hasMessageContaining("ascend");
  }

  /** Each key costs a point decompression; a roster of 100 000 kept a node busy for seconds. */
  @Test
  void refusesMoreMembersThanItsQuorumHasBeforeItReadsTheirKeys() {
    byte[] bytes = written(Examples.roster(5).members());
    assertThatThrownBy(() -> Roster.ofBytes(bytes))
        .isInstanceOf(MalformedEncoding.class)
        .hasMessageContaining("at most 4 items here, got 5");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 8, 31, 200})
  void everyMemberIsFoundAtItsPlaceAndNobodyElse(int nodes) {
    List<Roster.Member> members = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      byte[] seed = new byte[32];
      seed[0] = (byte) i;
      // Odd numbers only, so that there is a stranger between any two of them.
      members.add(new Roster.Member(id(2 * i + 1), SigningKey.ofSeed(seed).verifyingKey()));
    }
    Collections.shuffle(members, new Random(nodes));
    Roster roster = new Roster(members, Quorum.defaultFor(nodes));
    for (int i = 0; i < nodes; i++) {
      assertThat(roster.indexOf(id(2 * i + 1))).isEqualTo(i + 1);
      assertThat(roster.keyOf(id(2 * i + 1))).isEqualTo(Optional.of(roster.members().get(i).key()));
    }
    for (int i = 0; i <= nodes; i++) {
      assertThat(roster.indexOf(id(2 * i))).isZero();
      assertThat(roster.keyOf(id(2 * i))).isEmpty();
    }
  }

  private static NodeId id(int number) {
    return new NodeId("node-%03d".formatted(number));
  }
}
