package org.althing.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {

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
