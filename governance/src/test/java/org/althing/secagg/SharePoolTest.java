package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.junit.jupiter.api.Test;

/** From the shares that were revealed, whoever else lied, and for as long as it is worth trying. */
class SharePoolTest {
  private final Federation federation;
  private final NodeId dealer;
  private final Chair chair;
  private final Secret dealt = Secret.taking(new byte[Secret.BYTES]);

  SharePoolTest() {
    federation = Federation.of(new Quorum(20, 14, 6, 14, 14), 3);
    dealer = federation.id(0);
    chair = chair(federation);
  }

  private static Chair chair(Federation federation) {
    RoundTerms terms = federation.terms(Scene.OTHER, 0, 1, 5);
    return new Chair(terms, terms.ctx(), new TreeSet<>(federation.ids()));
  }

  /** Zeros shared by a polynomial of zeros: every true share is zero. */
  private static Unmask answer(Chair chair, NodeId holder, NodeId dealer, int share) {
    byte[] bytes = new byte[Secret.BYTES];
    bytes[0] = (byte) share;
    return new Unmask(
        holder,
        chair.ctx(),
        Scene.OTHER,
        List.of(new RevealedShares(dealer, Bytes.of(bytes), Optional.empty())),
        Signed.UNSIGNED);
  }

  @Test
  void givesUpAfterFiveThousandTriesAndThenBlamesNobodyForSure() {
    List<Unmask> answers =
        federation.ids().stream().map(id -> answer(chair, id, dealer, 0)).toList();
    SharePool pool = new SharePool(chair, answers);
    AtomicInteger tries = new AtomicInteger();
    assertThat(
            pool.reconstruct(
                dealer,
                RevealedShares::selfSeed,
                found -> {
                  tries.incrementAndGet();
                  return false;
                }))
        .isEmpty();
    assertThat(tries).hasValue(5000);
    assertThat(pool.dealerIsToBlame()).isFalse();
  }

  @Test
  void triesEverySetOfThresholdHoldersOnceAndThenTheDealerLied() {
    Federation small = Federation.of(new Quorum(5, 3, 0, 3, 3), 4);
    Chair chair = chair(small);
    List<Unmask> answers = new ArrayList<>();
    IntStream.range(0, 5)
        .forEach(i -> answers.add(answer(chair, small.id(i), small.id(0), 1 << i)));
    SharePool pool = new SharePool(chair, answers);
    assertThat(pool.dealerIsToBlame()).isFalse();
    Set<Bytes> seen = new HashSet<>();
    AtomicInteger tries = new AtomicInteger();
    pool.reconstruct(
        small.id(0),
        RevealedShares::selfSeed,
        found -> {
          tries.incrementAndGet();
          seen.add(found.reveal());
          return false;
        });
    assertThat(tries).hasValue(10);
    assertThat(seen).hasSize(10);
    assertThat(pool.dealerIsToBlame()).isTrue();
  }

  @Test
  void whoeverWasOffOnceIsTakenLastFromThenOn() {
    List<Unmask> answers = new ArrayList<>();
    for (NodeId id : federation.ids()) {
      answers.add(answer(chair, id, dealer, id.equals(federation.id(13)) ? 9 : 0));
    }
    SharePool pool = new SharePool(chair, answers);
    AtomicInteger tries = new AtomicInteger();
    for (int secret = 0; secret < 2; secret++) {
      tries.set(0);
      assertThat(
              pool.reconstruct(
                  dealer,
                  RevealedShares::selfSeed,
                  found -> {
                    tries.incrementAndGet();
                    return found.matches(dealt);
                  }))
          .isPresent();
      if (secret == 0) {
        assertThat(tries).hasValueGreaterThan(1);
      }
    }
    assertThat(tries).hasValue(1);
    assertThat(pool.inconsistent()).containsExactly(federation.id(13));
  }
}
