package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * A node's part of a key set-up: A1 ADVERTISE, A2 BIND, pair secrets (secure-aggregation protocol
 * §4.2).
 *
 * <p>An announcement of another state changes nothing and is ignored; one of this state with bad
 * content ends the set-up and erases its keys; the same announcement again gives the same answer.
 */
public sealed interface KeySetup
    permits AwaitingAdvertisements, AwaitingBindings, KeySetup.Keyed, KeySetup.Aborted {
  Step on(AdvertiseBundle bundle);

  Step on(BindBundle bundle);

  /** Gives the set-up up and erases its keys. */
  Step abandon();

  /**
   * Starts with A1.
   *
   * @param entropy {@value Secret#BYTES} fresh bytes of the operating system's generator; the
   *     caller erases its copy
   */
  static Step begin(EpochTerms terms, NodeId self, SigningKey key, byte[] entropy) {
    if (!terms.roster().keyOf(self).equals(Optional.of(key.verifyingKey()))) {
      throw new IllegalArgumentException(
          "the roster does not list " + self + " with this identity key");
    }
    return AwaitingAdvertisements.begin(new SetupSeat(terms, terms.ctx(), self, key), entropy);
  }

  /**
   * @param send what to send, in order
   * @param ignored why nothing happened: the announcement belongs to another state
   */
  record Step(KeySetup next, List<SetupMessage> send, Optional<String> ignored) {
    static Step to(KeySetup next) {
      return new Step(next, List.of(), Optional.empty());
    }

    static Step to(KeySetup next, SetupMessage message) {
      return new Step(next, List.of(message), Optional.empty());
    }

    static Step ignored(KeySetup same, String why) {
      return new Step(same, List.of(), Optional.of(why));
    }
  }

  /** The end: this node shares a secret with every other member of E. */
  record Keyed(PairSecrets pairs) implements KeySetup {
    @Override
    public Step on(AdvertiseBundle bundle) {
      return Step.ignored(this, "the key set-up is complete");
    }

    @Override
    public Step on(BindBundle bundle) {
      return Step.ignored(this, "the key set-up is complete");
    }

    @Override
    public Step abandon() {
      return Step.ignored(this, "the key set-up is complete");
    }
  }

  /** The other end: nothing is kept. */
  record Aborted(Fault reason) implements KeySetup {
    @Override
    public Step on(AdvertiseBundle bundle) {
      return Step.ignored(this, "the key set-up was aborted");
    }

    @Override
    public Step on(BindBundle bundle) {
      return Step.ignored(this, "the key set-up was aborted");
    }

    @Override
    public Step abandon() {
      return Step.ignored(this, "the key set-up was aborted");
    }
  }
}
