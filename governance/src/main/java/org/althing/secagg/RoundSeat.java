package org.althing.secagg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
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
import org.althing.privacy.PaidSum;

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
  private final SharePair ownShares;
  private final Ready ready;
  private final Map<Answer, Digest> answered = new EnumMap<>(Answer.class);

  RoundSeat(RoundTerms terms, SigningKey key, PairSecrets pairs, byte[] entropy) {
    this.terms = terms;
    this.ctx = terms.ctx();
    this.key = key;
    this.pairs = pairs;
    // Bound to the attempt, so that one seed used twice by mistake still draws two streams.
    Secret seed = Hkdf.derive(new Secret(entropy), ctx.bytes());
    KeyStream random = new KeyStream(seed);
    seed.destroy();
    selfSeed = random.nextSecret();
    sealingKey = random.nextSecret();
    List<NodeId> members = pairs.members();
    List<SharePair> shares = shares(members, random);
    ownShares = shares.get(members.indexOf(pairs.self()));
    ready = ready(members, shares);
  }

  private List<SharePair> shares(List<NodeId> members, KeyStream random) {
    int[] points = members.stream().mapToInt(roster()::indexOf).toArray();
    int degree = roster().quorum().threshold() - 1;
    byte[] coefficients = random.next(degree * SharePair.BYTES);
    long[] secret = SharePair.longs(selfSeed, sealingKey);
    long[][] shares = SecretSharing.share(secret, points, Longs.of(coefficients));
    Arrays.fill(coefficients, (byte) 0);
    Arrays.fill(secret, 0);
    return Arrays.stream(shares).map(SharePair::taking).toList();
  }

  private Ready ready(List<NodeId> members, List<SharePair> shares) {
    Digest committed = selfSeedDigest(selfSeed);
    List<ShareBox> boxes = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      NodeId to = members.get(i);
      if (!to.equals(self())) {
        boxes.add(
            new ShareBox(
                self(),
                to,
                shares
                    .get(i)
                    .seal(
                        boxKey(self(), to, committed),
                        PairSecrets.boxHeader(self(), to, ctx, committed))));
        shares.get(i).destroy();
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

  /** The shares in a box for this node; empty where it does not open. */
  Optional<SharePair> open(ShareBox box, ReadyHeader header) {
    return Sealing.open(
            boxKey(box.from(), self(), header.selfSeed()),
            PairSecrets.boxHeader(box.from(), self(), ctx, header.selfSeed()),
            box.sealed().toArray())
        .map(SharePair::taking);
  }

  /**
   * Whether {@code content} is the one this step was answered for, or the first it is asked for.
   */
  boolean answersOnly(Answer step, Digest content) {
    Digest first = answered.putIfAbsent(step, content);
    return first == null || first.equals(content);
  }

  /** A sum of another attempt or length is a defect of the caller and is not taken. */
  void requireFor(PaidSum sum) {
    if (!sum.receipt().release().equals(terms.releaseId()) || sum.length() != terms.length()) {
      throw new IllegalArgumentException(
          "this attempt is %s with %d coordinates, the sum was paid for %s with %d"
              .formatted(terms.releaseId(), terms.length(), sum.receipt().release(), sum.length()));
    }
  }

  Input maskedInput(SeatedCohort cohort, PaidSum sum, Bytes attachment) {
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
        seed.destroy();
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
      Secret seed = pairs.maskSeed(dropped, ctx);
      seed.copyTo(seeds, at);
      seed.destroy();
      at += Secret.BYTES;
    }
    Bytes sealed = Bytes.of(Sealing.seal(sealingKey, survivors.sealingHeader(self(), ctx), seeds));
    Arrays.fill(seeds, (byte) 0);
    return sealed;
  }

  /**
   * The shares of every survivor's self seed; of its sealing key only where it confirmed this very
   * set and there is something sealed to open.
   */
  Unmask unmask(SeatedCohort cohort, Survivors survivors, Set<NodeId> confirmed) {
    List<RevealedShares> revealed = new ArrayList<>();
    for (NodeId of : survivors.ids()) {
      SharePair shares = of.equals(self()) ? ownShares : cohort.sharesOf(of);
      boolean open = !survivors.dropped().isEmpty() && confirmed.contains(of);
      revealed.add(
          new RevealedShares(
              of, shares.selfSeed(), open ? Optional.of(shares.sealingKey()) : Optional.empty()));
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
    ownShares.destroy();
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
