package org.althing.secagg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.privacy.NoisedSum;

/**
 * Who sits at an attempt, what it knows from its own files, and the secrets it drew for it.
 *
 * <p>All states of one attempt share it. It is also the latch behind them: each step is answered
 * for one content only, whichever state is asked.
 */
final class RoundSeat {
  /** The steps that are answered at most once. */
  enum Answer {
    COHORT,
    INPUT,
    SURVIVORS
  }

  private final RoundTerms terms;
  private final Digest ctx;
  private final SigningKey key;
  private final PairSecrets pairs;
  private final Secret selfSeed;
  private final Secret sealingKey;
  private final Ready ready;

  /** By whose secrets they are of: its own, and those in the boxes that it opened. */
  private final Map<NodeId, SharePair> shares = new HashMap<>();

  private final Map<Answer, Digest> answered = new EnumMap<>(Answer.class);

  RoundSeat(RoundTerms terms, SigningKey key, PairSecrets pairs, byte[] entropy) {
    this.terms = terms;
    this.ctx = terms.ctx();
    this.key = key;
    this.pairs = pairs;
    KeyStream random = KeyStream.seeded(entropy, ctx);
    selfSeed = random.nextSecret();
    sealingKey = random.nextSecret();
    List<NodeId> members = pairs.members();
    List<SharePair> dealt = deal(members, random);
    shares.put(self(), dealt.get(members.indexOf(self())));
    ready = ready(members, dealt);
  }

  private List<SharePair> deal(List<NodeId> members, KeyStream random) {
    int[] points = members.stream().mapToInt(roster()::indexOf).toArray();
    int degree = roster().quorum().threshold() - 1;
    long[] coefficients = Longs.taking(random.next(degree * SharePair.BYTES));
    long[][] dealt =
        SecretSharing.share(SharePair.longs(selfSeed, sealingKey), points, coefficients);
    return Arrays.stream(dealt).map(SharePair::taking).toList();
  }

  private Ready ready(List<NodeId> members, List<SharePair> dealt) {
    Digest committed = selfSeedDigest(selfSeed);
    List<ShareBox> boxes = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      NodeId to = members.get(i);
      if (!to.equals(self())) {
        boxes.add(
            new ShareBox(
                self(),
                to,
                dealt
                    .get(i)
                    .seal(
                        boxKey(self(), to, committed),
                        PairSecrets.boxHeader(self(), to, ctx, committed))));
      }
    }
    ReadyHeader header =
        new ReadyHeader(
                self(),
                ctx,
                committed,
                sealingKeyDigest(sealingKey),
                Ready.digestOf(boxes),
                Signed.UNSIGNED)
            .signed(key);
    return new Ready(header, boxes);
  }

  static Digest selfSeedDigest(Secret seed) {
    return seed.digest("self-seed/v1");
  }

  static Digest sealingKeyDigest(Secret key) {
    return key.digest("sealing-key/v1");
  }

  private Secret boxKey(NodeId from, NodeId to, Digest selfSeedDigest) {
    return pairs.boxKey(from, to, ctx, selfSeedDigest);
  }

  /** Keeps the shares in a box for this node; false where it does not open. */
  boolean open(ShareBox box, ReadyHeader header) {
    Optional<byte[]> opened =
        Sealing.open(
            boxKey(box.from(), self(), header.selfSeed()),
            PairSecrets.boxHeader(box.from(), self(), ctx, header.selfSeed()),
            box.sealed().toArray());
    opened.ifPresent(both -> shares.put(box.from(), SharePair.taking(both)));
    return opened.isPresent();
  }

  /** This node's shares of the secrets of a member of the cohort. */
  SharePair sharesOf(NodeId of) {
    SharePair found = shares.get(of);
    if (found == null) {
      throw new IllegalStateException("no shares of " + of + ", which is in the cohort");
    }
    return found;
  }

  /**
   * Whether {@code content} is the one this step was answered for, or the first it is asked for.
   */
  boolean answersOnly(Answer step, Digest content) {
    Digest first = answered.putIfAbsent(step, content);
    return first == null || first.equals(content);
  }

  /** A sum of another attempt or length is a defect of the caller and is not taken. */
  void requireFor(NoisedSum sum) {
    if (!sum.receipt().release().equals(terms.releaseId()) || sum.length() != terms.length()) {
      throw new IllegalArgumentException(
          "this attempt is %s with %d coordinates, the sum was paid for %s with %d"
              .formatted(terms.releaseId(), terms.length(), sum.receipt().release(), sum.length()));
    }
  }

  Input maskedInput(SeatedCohort cohort, NoisedSum sum, Bytes attachment) {
    if (answered.putIfAbsent(Answer.INPUT, cohort.cohort().digest()) != null) {
      throw new IllegalStateException(
          "an attempt masks one input: two under one mask would show their difference");
    }
    long[] words = sum.takeForMasking();
    MaskSweep sweep = new MaskSweep().add(selfSeed);
    for (NodeId peer : cohort.cohort().ids()) {
      if (!peer.equals(self())) {
        Secret seed = pairs.maskSeed(peer, ctx);
        if (roster().indexOf(self()) < roster().indexOf(peer)) {
          sweep.add(seed);
        } else {
          sweep.subtract(seed);
        }
      }
    }
    sweep.over(words);
    MaskedVector vector = new MaskedVector(words);
    InputHeader header =
        new InputHeader(
                self(),
                ctx,
                cohort.cohort().digest(),
                vector.digest(),
                Input.digestOf(attachment),
                Signed.UNSIGNED)
            .signed(key);
    return new Input(header, vector, attachment);
  }

  Confirm confirm(Cohort cohort, Survivors survivors) {
    Bytes sealed = survivors.dropped().isEmpty() ? Bytes.EMPTY : sealSeeds(survivors);
    ConfirmHeader header =
        new ConfirmHeader(
                self(),
                ctx,
                cohort.digest(),
                survivors.digest(),
                Confirm.digestOf(sealed),
                Signed.UNSIGNED)
            .signed(key);
    return new Confirm(header, sealed);
  }

  private Bytes sealSeeds(Survivors survivors) {
    byte[] seeds = new byte[Secret.BYTES * survivors.dropped().size()];
    int at = 0;
    for (NodeId dropped : survivors.dropped()) {
      pairs.maskSeed(dropped, ctx).moveTo(seeds, at);
      at += Secret.BYTES;
    }
    return Bytes.of(Sealing.seal(sealingKey, survivors.sealingHeader(self(), ctx), seeds));
  }

  /**
   * The shares of every survivor's self seed; of its sealing key only where it confirmed this very
   * set and there is something sealed to open.
   */
  Unmask unmask(Survivors survivors, Set<NodeId> confirmed) {
    List<RevealedShares> revealed = new ArrayList<>();
    for (NodeId of : survivors.ids()) {
      SharePair held = sharesOf(of);
      boolean open = !survivors.dropped().isEmpty() && confirmed.contains(of);
      revealed.add(
          new RevealedShares(
              of, held.selfSeed(), open ? Optional.of(held.sealingKey()) : Optional.empty()));
    }
    return new Unmask(self(), ctx, survivors.digest(), revealed, Signed.UNSIGNED).signed(key);
  }

  Scrutiny scrutiny(Predicate<NodeId> allowed) {
    return new Scrutiny(roster(), allowed, ctx);
  }

  NodeRound.Step aborted(Fault fault) {
    erase();
    return NodeRound.Step.to(new NodeRound.Aborted(fault));
  }

  NodeRound.Step abandoned(String when) {
    return aborted(Fault.of(Fault.Kind.ABANDONED, when));
  }

  void erase() {
    selfSeed.destroy();
    sealingKey.destroy();
    shares.values().forEach(SharePair::destroy);
  }

  int least() {
    return roster().quorum().leastConfirmed();
  }

  int threshold() {
    return roster().quorum().threshold();
  }

  boolean isMember(NodeId id) {
    return pairs.isMember(id);
  }

  Roster roster() {
    return terms.epoch().roster();
  }

  NodeId self() {
    return pairs.self();
  }

  Digest ctx() {
    return ctx;
  }

  Ready ready() {
    return ready;
  }

  @Override
  public String toString() {
    return "RoundSeat[%s at %s]".formatted(self(), terms.releaseId());
  }
}
