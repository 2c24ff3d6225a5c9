package org.althing.secagg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;

/**
 * What a lying member may say in an attempt in place of the honest message, and what comes of it.
 *
 * <p>Numbers: attacks of the secure-aggregation protocol §5, and lines of the fault catalogue
 * (reliability and security §4.3).
 */
enum NodeLie {
  /** §5-19: a box that one peer cannot open. */
  BAD_BOX_FOR_ONE(Sum.RIGHT, Named.BY_PEERS, Fault.Kind.BAD_BOX) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      return List.of(boxesSpoilt(liar, honest, 1));
    }
  },
  /** §5-19: boxes that nobody can open; everybody finds out before any input. */
  BAD_BOXES_FOR_ALL(Sum.NONE, Named.BY_PEERS, Fault.Kind.BAD_BOX) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      return List.of(boxesSpoilt(liar, honest, honest.boxes().size()));
    }
  },
  /** §5-17: two boxes for one peer, none for another. */
  BOX_FOR_ANOTHER(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.WRONG_CONTENT) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      List<ShareBox> boxes = honest.boxes();
      ShareBox again = new ShareBox(liar.self, boxes.get(1).to(), boxes.get(0).sealed());
      return List.of(liar.signed(honest.header(), Scene.replaced(boxes, 0, again)));
    }
  },
  /** Equivocation: two READY messages. The first counts. */
  TWO_READY(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.REPEATED) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      return List.of(honest, boxesSpoilt(liar, honest, 1));
    }
  },
  /**
   * §5-19: a share that does not lie on the polynomial. Seen when it is revealed, by its holder.
   */
  SHARE_OFF_FOR_ONE(Sum.RIGHT, Named.ITS_HOLDER_IS) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      NodeId victim = liar.peers().get(0);
      return List.of(
          liar.dealing(
              honest,
              honest.header(),
              (peer, both) -> peer.equals(victim) ? LyingNode.flipped(both, 3) : both));
    }
  },
  /** §5-19: shares on no polynomial at all. */
  SHARES_OFF_FOR_ALL(Sum.NONE, Named.IN_THE_END, Fault.Kind.BAD_SHARES) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      return List.of(
          liar.dealing(
              honest,
              honest.header(),
              (peer, both) -> LyingNode.flipped(both, liar.terms.epoch().roster().indexOf(peer))));
    }
  },
  /** §5-18: to each peer the share of another, as if points were the dealer's to choose. */
  SHARES_OF_OTHER_POINTS(Sum.NONE, Named.IN_THE_END, Fault.Kind.BAD_SHARES) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      List<NodeId> peers = liar.peers();
      return List.of(
          liar.dealing(
              honest,
              honest.header(),
              (peer, both) ->
                  liar.dealt(honest, peers.get((peers.indexOf(peer) + 1) % peers.size()))));
    }
  },
  /** §5-19: sound shares of another seed than it commits to. */
  COMMITS_TO_ANOTHER_SEED(Sum.NONE, Named.IN_THE_END, Fault.Kind.BAD_SHARES) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      ReadyHeader header = honest.header();
      ReadyHeader other =
          new ReadyHeader(
              liar.self,
              header.ctx(),
              Scene.OTHER,
              header.sealingKey(),
              header.boxes(),
              Signed.UNSIGNED);
      return List.of(liar.dealing(honest, other, (peer, both) -> both));
    }
  },
  /** §5-6: one seed, one sealing key and one polynomial for every attempt. */
  SHARES_USED_AGAIN(Sum.RIGHT, Named.NOT) {
    @Override
    List<Ready> ready(LyingNode liar, Ready honest) {
      ReadyHeader header =
          new ReadyHeader(
              liar.self,
              liar.terms.ctx(),
              RoundSeat.selfSeedDigest(same()),
              RoundSeat.sealingKeyDigest(same()),
              honest.header().boxes(),
              Signed.UNSIGNED);
      return List.of(liar.dealing(honest, header, (peer, both) -> sameShare(liar, peer)));
    }

    @Override
    List<Input> input(LyingNode liar, Input honest) {
      long[] words = LyingNode.wordsOf(honest);
      Secret drawn = liar.secrets(liar.honestReady()).get(0);
      new MaskSweep().subtract(drawn).add(same()).over(words);
      return List.of(liar.sending(honest.header().cohort(), words));
    }

    @Override
    List<Unmask> unmask(LyingNode liar, Unmask honest) {
      Bytes own = SharePair.taking(sameShare(liar, liar.self)).selfSeed();
      List<RevealedShares> shares =
          honest.shares().stream()
              .map(
                  s ->
                      s.of().equals(liar.self)
                          ? new RevealedShares(s.of(), own, s.sealingKey())
                          : s)
              .toList();
      return List.of(liar.revealing(honest, shares));
    }

    private byte[] sameShare(LyingNode liar, NodeId of) {
      Roster roster = liar.terms.epoch().roster();
      int degree = roster.quorum().threshold() - 1;
      long[] coefficients = new long[degree * SharePair.BYTES / Long.BYTES];
      Arrays.fill(coefficients, 7);
      int[] point = {roster.indexOf(of)};
      long[][] share = SecretSharing.share(SharePair.longs(same(), same()), point, coefficients);
      return Longs.toBytes(share[0], 0, share[0].length);
    }
  },
  /** §5-20, line 28: a false sum, here far out of range. Nobody sees single inputs. */
  FALSE_SUM(Sum.WRONG, Named.NOT) {
    @Override
    List<Input> input(LyingNode liar, Input honest) {
      long[] words = LyingNode.wordsOf(honest);
      words[0] += 1L << 62;
      return List.of(liar.sending(honest.header().cohort(), words));
    }
  },
  /** §5-22: a pair's mask left out. The sum is random, as if the input were. */
  MASK_LEFT_OUT(Sum.WRONG, Named.NOT) {
    @Override
    List<Input> input(LyingNode liar, Input honest) {
      long[] words = LyingNode.wordsOf(honest);
      NodeId peer = liar.peers().get(0);
      new MaskSweep().add(liar.pairs.maskSeed(peer, liar.terms.ctx())).over(words);
      return List.of(liar.sending(honest.header().cohort(), words));
    }
  },
  /** Line 27: another length. */
  ANOTHER_LENGTH(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.WRONG_CONTENT) {
    @Override
    List<Input> input(LyingNode liar, Input honest) {
      long[] words = LyingNode.wordsOf(honest);
      return List.of(
          liar.sending(honest.header().cohort(), Arrays.copyOf(words, words.length + 1)));
    }
  },
  /** §5-2: a vector for another cohort than was announced. */
  ANOTHER_COHORT(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.OTHER_COHORT) {
    @Override
    List<Input> input(LyingNode liar, Input honest) {
      return List.of(liar.sending(Scene.OTHER, LyingNode.wordsOf(honest)));
    }
  },
  /** §5-21, line 12: two vectors. The first counts. */
  TWO_INPUTS(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.REPEATED) {
    @Override
    List<Input> input(LyingNode liar, Input honest) {
      return List.of(
          honest, liar.sending(honest.header().cohort(), new long[honest.vector().length()]));
    }
  },
  /** §5-2: a confirmation of a set that was not proposed. The others' are enough. */
  CONFIRMS_ANOTHER_SET(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.OTHER_SURVIVORS) {
    @Override
    List<Confirm> confirm(LyingNode liar, Confirm honest, Survivors survivors) {
      return List.of(liar.confirming(honest, Scene.OTHER, new byte[0]));
    }
  },
  /** §5-2: two confirmations of one attempt, the false one late. The first counts. */
  TWO_CONFIRMS(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.REPEATED) {
    @Override
    List<Confirm> confirm(LyingNode liar, Confirm honest, Survivors survivors) {
      return List.of(honest, liar.confirming(honest, Scene.OTHER, new byte[0]));
    }
  },
  /** Sealed seeds too few for those who dropped: another attempt is needed. */
  SEALS_TOO_FEW_SEEDS(Sum.NONE, Named.BY_COORDINATOR, Fault.Kind.WRONG_CONTENT) {
    @Override
    List<Confirm> confirm(LyingNode liar, Confirm honest, Survivors survivors) {
      return List.of(liar.confirming(honest, survivors.digest(), new byte[0]));
    }
  },
  /** Bytes that the sealing key does not open. */
  SEALS_GARBAGE(Sum.NONE, Named.IN_THE_END, Fault.Kind.BAD_SEALED_SEEDS) {
    @Override
    List<Confirm> confirm(LyingNode liar, Confirm honest, Survivors survivors) {
      return List.of(
          liar.confirming(honest, survivors.digest(), new byte[survivors.sealedBytes()]));
    }
  },
  /** Seeds of its own making. Nobody but the dropped node could tell; the sum is random. */
  SEALS_OTHER_SEEDS(Sum.WRONG, Named.NOT) {
    @Override
    List<Confirm> confirm(LyingNode liar, Confirm honest, Survivors survivors) {
      byte[] seeds = new byte[Secret.BYTES * survivors.dropped().size()];
      return List.of(liar.sealing(honest, survivors, seeds));
    }
  },
  /** The seed it shares with a survivor, in the place of a dropped node's. */
  SEALS_SEEDS_OF_ANOTHER_PAIR(Sum.WRONG, Named.NOT) {
    @Override
    List<Confirm> confirm(LyingNode liar, Confirm honest, Survivors survivors) {
      Secret seed = liar.pairs.maskSeed(liar.peers().get(0), liar.terms.ctx());
      byte[] seeds = new byte[Secret.BYTES * survivors.dropped().size()];
      seed.copyTo(seeds, 0);
      return List.of(liar.sealing(honest, survivors, seeds));
    }
  },
  /** Shares other than it was dealt. */
  FALSE_SHARES(Sum.RIGHT, Named.AMONG_INCONSISTENT) {
    @Override
    List<Unmask> unmask(LyingNode liar, Unmask honest) {
      List<RevealedShares> shares =
          honest.shares().stream()
              .map(
                  s ->
                      new RevealedShares(
                          s.of(),
                          Bytes.of(LyingNode.flipped(s.selfSeed().toArray(), 3)),
                          s.sealingKey()))
              .toList();
      return List.of(liar.revealing(honest, shares));
    }
  },
  /** Shares of some survivors only. */
  REVEALS_TOO_LITTLE(Sum.RIGHT, Named.BY_COORDINATOR, Fault.Kind.WRONG_CONTENT) {
    @Override
    List<Unmask> unmask(LyingNode liar, Unmask honest) {
      return List.of(liar.revealing(honest, honest.shares().subList(0, 1)));
    }
  },
  /** No answer to unmask; t others are enough. */
  REVEALS_NOTHING(Sum.RIGHT, Named.NOT) {
    @Override
    List<Unmask> unmask(LyingNode liar, Unmask honest) {
      return List.of();
    }
  };

  /** What becomes of the sum over the announced survivors. */
  enum Sum {
    RIGHT,
    WRONG,
    NONE
  }

  /** Who says that the liar lied. */
  enum Named {
    /** The coordinator, which rejects its message. */
    BY_COORDINATOR,
    /** Whoever was lied to, and gives the attempt up. */
    BY_PEERS,
    /** The reason why the attempt ends. */
    IN_THE_END,
    /** The release, which lists it among those whose shares do not fit. */
    AMONG_INCONSISTENT,
    /** Nobody; the release lists the holder of the share, with whom the dealer is suspect. */
    ITS_HOLDER_IS,
    NOT
  }

  private static Secret same() {
    return Secret.taking(new byte[Secret.BYTES]);
  }

  final Sum sum;
  final Named named;
  final Optional<Fault.Kind> kind;

  NodeLie(Sum sum, Named named) {
    this(sum, named, Optional.empty());
  }

  NodeLie(Sum sum, Named named, Fault.Kind kind) {
    this(sum, named, Optional.of(kind));
  }

  NodeLie(Sum sum, Named named, Optional<Fault.Kind> kind) {
    this.sum = sum;
    this.named = named;
    this.kind = kind;
  }

  /** Whether the lie is about somebody who dropped. */
  boolean needsSomebodyDropped() {
    return name().startsWith("SEALS");
  }

  private static Ready boxesSpoilt(LyingNode liar, Ready honest, int count) {
    List<ShareBox> boxes = honest.boxes();
    for (int i = 0; i < count; i++) {
      ShareBox box = boxes.get(i);
      Bytes sealed = Bytes.of(LyingNode.flipped(box.sealed().toArray(), 40));
      boxes = Scene.replaced(boxes, i, new ShareBox(box.from(), box.to(), sealed));
    }
    return liar.signed(honest.header(), boxes);
  }

  List<Ready> ready(LyingNode liar, Ready honest) {
    return List.of(honest);
  }

  List<Input> input(LyingNode liar, Input honest) {
    return List.of(honest);
  }

  List<Confirm> confirm(LyingNode liar, Confirm honest, Survivors survivors) {
    return List.of(honest);
  }

  List<Unmask> unmask(LyingNode liar, Unmask honest) {
    return List.of(honest);
  }
}
