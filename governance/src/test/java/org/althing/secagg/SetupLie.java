package org.althing.secagg;

import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;

/**
 * What a lying coordinator may show one node in a key set-up, and with what reason the node gives
 * it up.
 *
 * <p>Numbers: attacks of the secure-aggregation protocol §5, and lines of the fault catalogue
 * (reliability and security §4.3).
 */
enum SetupLie {
  /** §5-1: one member's keys under another's name. */
  SWAPPED_KEYS(Fault.Kind.BAD_SIGNATURE) {
    @Override
    AdvertiseBundle keys(SetupPlay play, NodeId victim, List<Advertise> honest) {
      int at = otherThan(victim, honest);
      Advertise named = honest.get(at);
      Advertise other = honest.get((at + 1) % honest.size());
      return replaced(honest, at, withKeysOf(other, named, named.ctx(), named.signature()));
    }
  },
  /** §5-1: the coordinator's own keys under a member's name, signed as well as it can. */
  KEYS_OF_ITS_OWN(Fault.Kind.BAD_SIGNATURE) {
    @Override
    AdvertiseBundle keys(SetupPlay play, NodeId victim, List<Advertise> honest) {
      SigningKey own = SigningKey.ofSeed(play.federation.bytes(SigningKey.SEED_BYTES));
      int at = otherThan(victim, honest);
      Advertise named = honest.get(at);
      Advertise other = honest.get((at + 1) % honest.size());
      Advertise forged = withKeysOf(other, named, named.ctx(), Signed.UNSIGNED).signed(own);
      return replaced(honest, at, forged);
    }
  },
  /** §5-10: a member that the roster does not list. */
  INVENTED_MEMBER(Fault.Kind.STRANGER) {
    @Override
    AdvertiseBundle keys(SetupPlay play, NodeId victim, List<Advertise> honest) {
      Advertise any = honest.get(0);
      SigningKey own = SigningKey.ofSeed(play.federation.bytes(SigningKey.SEED_BYTES));
      Advertise sybil =
          new Advertise(
              new NodeId("sybil"),
              any.ctx(),
              any.agreementKey(),
              any.encapsulationKey(),
              Signed.UNSIGNED);
      return new AdvertiseBundle(Scene.with(honest, sybil.signed(own)));
    }
  },
  /** §5-6, line 13: keys that were advertised in another epoch. */
  KEYS_OF_ANOTHER_EPOCH(Fault.Kind.OTHER_CONTEXT) {
    @Override
    AdvertiseBundle keys(SetupPlay play, NodeId victim, List<Advertise> honest) {
      EpochTerms other = new EpochTerms(play.terms.plan(), 7, play.terms.roster());
      return boundTo(other.ctx(), play, victim, honest);
    }
  },
  /** §5-5: the others were given a roster with a lower threshold and signed under it. */
  LOWER_THRESHOLD(Fault.Kind.OTHER_CONTEXT) {
    @Override
    AdvertiseBundle keys(SetupPlay play, NodeId victim, List<Advertise> honest) {
      Roster roster = play.terms.roster();
      int n = roster.quorum().nodes();
      Quorum lower = new Quorum(n, n / 2 + 1, 0, 3, Math.max(2, n / 2 + 1));
      EpochTerms lowered =
          new EpochTerms(
              play.terms.plan(), play.terms.epoch(), new Roster(roster.members(), lower));
      return boundTo(lowered.ctx(), play, victim, honest);
    }
  },
  /** §5-11: fewer members than the quorum demands. */
  TOO_FEW_KEYS(Fault.Kind.TOO_FEW) {
    @Override
    AdvertiseBundle keys(SetupPlay play, NodeId victim, List<Advertise> honest) {
      Advertise own =
          honest.stream().filter(a -> a.sender().equals(victim)).findFirst().orElseThrow();
      return new AdvertiseBundle(List.of(own, honest.get(otherThan(victim, honest))));
    }
  },
  /** §5-1: another ciphertext than the peer signed. */
  SUBSTITUTED_CIPHERTEXT(Fault.Kind.WRONG_CONTENT) {
    @Override
    BindBundle bindings(SetupPlay play, NodeId victim, BindBundle honest) {
      Encapsulation first = honest.ciphertexts().get(0);
      Bytes altered = Bytes.of(LyingNode.flipped(first.ciphertext().toArray(), 0));
      return new BindBundle(
          honest.headers(),
          Scene.replaced(
              honest.ciphertexts(), 0, new Encapsulation(first.from(), victim, altered)));
    }
  },
  /** §5-2: a peer that bound itself to another set of keys than this node saw. */
  BINDING_OF_OTHER_KEYS(Fault.Kind.OTHER_KEYS) {
    @Override
    BindBundle bindings(SetupPlay play, NodeId victim, BindBundle honest) {
      int at = honest.headers().get(0).sender().equals(victim) ? 1 : 0;
      BindHeader header = honest.headers().get(at);
      BindHeader other =
          new BindHeader(
              header.sender(), header.ctx(), Scene.OTHER, header.sealed(), Signed.UNSIGNED);
      return new BindBundle(
          Scene.replaced(honest.headers(), at, other.signed(play.federation.key(header.sender()))),
          honest.ciphertexts());
    }
  };

  /** Why whoever is told the lie gives the set-up up. */
  final Fault.Kind kind;

  SetupLie(Fault.Kind kind) {
    this.kind = kind;
  }

  SetupAnnouncement told(SetupPlay play, NodeId victim, SetupAnnouncement honest) {
    return honest instanceof AdvertiseBundle bundle
        ? keys(play, victim, bundle.advertised())
        : bindings(play, victim, (BindBundle) honest);
  }

  AdvertiseBundle keys(SetupPlay play, NodeId victim, List<Advertise> honest) {
    return new AdvertiseBundle(honest);
  }

  BindBundle bindings(SetupPlay play, NodeId victim, BindBundle honest) {
    return honest;
  }

  private static int otherThan(NodeId victim, List<Advertise> honest) {
    return honest.get(0).sender().equals(victim) ? 1 : 0;
  }

  private static AdvertiseBundle replaced(List<Advertise> honest, int at, Advertise by) {
    return new AdvertiseBundle(Scene.replaced(honest, at, by));
  }

  private static Advertise withKeysOf(Advertise keys, Advertise name, Digest ctx, Bytes signature) {
    return new Advertise(
        name.sender(), ctx, keys.agreementKey(), keys.encapsulationKey(), signature);
  }

  /** Everybody's keys but the victim's, signed by their owners for another context. */
  private static AdvertiseBundle boundTo(
      Digest ctx, SetupPlay play, NodeId victim, List<Advertise> honest) {
    return new AdvertiseBundle(
        honest.stream()
            .map(
                a ->
                    a.sender().equals(victim)
                        ? a
                        : withKeysOf(a, a, ctx, Signed.UNSIGNED)
                            .signed(play.federation.key(a.sender())))
            .toList());
  }
}
