package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * What a node shares with each other member of a key set-up, and everything it derives for a round.
 *
 * <p>The secrets move forward with the releases and forget: after {@link #closeThrough} nothing
 * here opens an earlier release. They also remember which release and attempt was begun last, and
 * begin none twice. Not safe for concurrent use.
 */
public final class PairSecrets {
  /** A longer study sets up new keys (secure-aggregation protocol §4.5). */
  public static final int MOST_RELEASES_PER_EPOCH = 64;

  private final EpochTerms epoch;
  private final Digest keys;
  private final NodeId self;
  private final SortedMap<NodeId, Secret> chains;
  private int generation;
  private int begunReleases;
  private int lastRelease = -1;
  private int lastAttempt;

  /** Takes the chain keys of generation 0 over. */
  PairSecrets(EpochTerms epoch, Digest keys, NodeId self, SortedMap<NodeId, Secret> chains) {
    this.epoch = epoch;
    this.keys = keys;
    this.self = self;
    this.chains = chains;
  }

  public EpochTerms epoch() {
    return epoch;
  }

  /** T, the digest of all advertised keys. */
  public Digest keys() {
    return keys;
  }

  public NodeId self() {
    return self;
  }

  /** E: this node and everyone it shares a secret with, in order of ids. */
  public List<NodeId> members() {
    return Stream.concat(Stream.of(self), chains.keySet().stream()).sorted().toList();
  }

  /**
   * Forgets what could open {@code release} and all before it; called once the release stands in
   * the log and needs no other attempt.
   */
  public void closeThrough(int release) {
    advanceTo(release + 1);
  }

  /** Marks the attempt as begun; a fault where it, or a later one, was begun before. */
  Optional<Fault> begin(RoundTerms terms) {
    int release = terms.release();
    boolean replayed =
        release < generation || (release == lastRelease && terms.attempt() <= lastAttempt);
    if (replayed) {
      return Optional.of(
          Fault.of(
              Fault.Kind.REPLAYED_ROUND,
              "release %d, attempt %d is not after release %d, attempt %d"
                  .formatted(release, terms.attempt(), lastRelease, lastAttempt)));
    }
    if (release > lastRelease && begunReleases == MOST_RELEASES_PER_EPOCH) {
      return Optional.of(
          Fault.of(
              Fault.Kind.EXPIRED_KEYS,
              "these keys have served %d releases; set up new ones"
                  .formatted(MOST_RELEASES_PER_EPOCH)));
    }
    if (release > lastRelease) {
      begunReleases++;
    }
    lastRelease = release;
    lastAttempt = terms.attempt();
    advanceTo(release);
    return Optional.empty();
  }

  private void advanceTo(int release) {
    byte[] next = new CanonicalWriter("pair-next/v1").toBytes();
    for (; generation < release; generation++) {
      chains.replaceAll((peer, chain) -> Hkdf.deriveLast(chain, next));
    }
  }

  /**
   * The key of the one box that {@code from} seals for {@code to} in this attempt. Bound to the
   * seed that is shared, so that even a repeated attempt would not seal two boxes with one key.
   */
  Secret boxKey(NodeId from, NodeId to, Digest ctx, Digest selfSeed) {
    NodeId peer = from.equals(self) ? to : from;
    return Hkdf.derive(chain(peer), boxHeader(from, to, ctx, selfSeed));
  }

  static byte[] boxHeader(NodeId from, NodeId to, Digest ctx, Digest selfSeed) {
    return new CanonicalWriter("pair-box/v1")
        .putDigest(ctx)
        .putString(from.value())
        .putString(to.value())
        .putDigest(selfSeed)
        .toBytes();
  }

  /** s: the seed of the mask that this node and {@code peer} cancel between them. */
  Secret maskSeed(NodeId peer, Digest ctx) {
    return Hkdf.derive(chain(peer), new CanonicalWriter("pair-mask/v1").putDigest(ctx).toBytes());
  }

  /** Whether {@code id} is in E. */
  boolean isMember(NodeId id) {
    return id.equals(self) || chains.containsKey(id);
  }

  private Secret chain(NodeId peer) {
    Secret chain = chains.get(peer);
    if (chain == null) {
      throw new IllegalArgumentException("no key set-up with " + peer);
    }
    return chain;
  }

  /** Erases everything, at the end of an epoch. */
  public void destroy() {
    chains.values().forEach(Secret::destroy);
  }

  /**
   * The chain key of generation 0 between {@code lower} and {@code higher} (by roster index), which
   * both derive; erases {@code material}.
   */
  static Secret chainKey(
      Digest keys, Advertise lower, Advertise higher, Bytes ciphertext, byte[] material) {
    byte[] info =
        new CanonicalWriter("pair-key/v1")
            .putString(EpochTerms.SUITE)
            .putDigest(lower.ctx())
            .putString(lower.sender().value())
            .putString(higher.sender().value())
            .putDigest(exchanged(lower, higher, ciphertext))
            .toBytes();
    return Hkdf.deriveLast(Hkdf.extract(keys.bytes(), material), info);
  }

  private static Digest exchanged(Advertise lower, Advertise higher, Bytes ciphertext) {
    return new CanonicalWriter("pair-exchange/v1")
        .putBytes(lower.agreementKey().toArray())
        .putBytes(lower.encapsulationKey().toArray())
        .putBytes(higher.agreementKey().toArray())
        .putBytes(higher.encapsulationKey().toArray())
        .putBytes(ciphertext.toArray())
        .digest();
  }

  @Override
  public String toString() {
    return "PairSecrets[%s with %d others, generation %d]"
        .formatted(self, chains.size(), generation);
  }
}
