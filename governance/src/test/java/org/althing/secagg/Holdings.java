package org.althing.secagg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * What a lying coordinator holds when an attempt is over: the honest nodes' messages and what its
 * colluders know. Nothing of a node's is in here that it did not send.
 */
final class Holdings {
  private final RewoundNodes nodes;
  private final List<Masked> vectors = new ArrayList<>();
  private final List<Sealed> seals = new ArrayList<>();
  private final List<Unmask> unmasks = new ArrayList<>();

  /** A vector and the cohort that its header says it was masked for. */
  private record Masked(int node, int cohort, MaskedVector vector) {}

  /** A confirmation and the set it is for, which the coordinator made up. */
  private record Sealed(int node, Survivors survivors, Bytes seeds) {}

  Holdings(RewoundNodes nodes) {
    this.nodes = nodes;
  }

  void take(Input input, int cohort) {
    if (!input.header().cohort().equals(nodes.cohort(cohort).digest())) {
      throw new AssertionError("a vector masked for another cohort than was shown");
    }
    vectors.add(new Masked(nodes.indexOf(input.sender()), cohort, input.vector()));
  }

  void take(Confirm confirm, Survivors survivors) {
    if (!confirm.header().survivors().equals(survivors.digest())) {
      throw new AssertionError("a confirmation of another set than was shown");
    }
    seals.add(new Sealed(nodes.indexOf(confirm.sender()), survivors, confirm.sealedSeeds()));
  }

  void take(Unmask unmask) {
    unmasks.add(unmask);
  }

  /** The same, formally: a secret is known where t holders have given their shares of it. */
  FormalMasks masks() {
    int selfSeeds = 0;
    int[] pairSeeds = new int[nodes.honest];
    for (int node = 0; node < nodes.honest; node++) {
      if (holders(node, shares -> Optional.of(shares.selfSeed())) >= nodes.threshold()) {
        selfSeeds |= 1 << node;
      }
      if (holders(node, RevealedShares::sealingKey) >= nodes.threshold()) {
        openSeals(node, pairSeeds);
      }
    }
    return new FormalMasks(
        vectors.stream()
            .map(m -> new FormalMasks.Vector(m.node(), m.cohort() & nodes.honestOnes()))
            .toList(),
        selfSeeds,
        Arrays.stream(pairSeeds).boxed().toList());
  }

  private void openSeals(int node, int[] pairSeeds) {
    for (Sealed sealed : seals) {
      int seeds = (sealed.seeds().length() - Sealing.TAG_BYTES) / Secret.BYTES;
      for (int i = 0; sealed.node() == node && i < seeds; i++) {
        int dropped = nodes.indexOf(sealed.survivors().dropped().get(i));
        if (dropped < nodes.honest) {
          pairSeeds[node] |= 1 << dropped;
          pairSeeds[dropped] |= 1 << node;
        }
      }
    }
  }

  private int holders(int of, Function<RevealedShares, Optional<Bytes>> which) {
    int holders = nodes.colluders();
    for (Unmask unmask : unmasks) {
      if (sharesOf(unmask, of).flatMap(which).isPresent()) {
        holders |= 1 << nodes.indexOf(unmask.sender());
      }
    }
    return Integer.bitCount(holders);
  }

  private Optional<RevealedShares> sharesOf(Unmask unmask, int of) {
    return unmask.shares().stream().filter(s -> s.of().equals(nodes.id(of))).findFirst();
  }

  /**
   * Each node's first vector with every mask taken off whose seed the messages really give, in
   * order of nodes.
   */
  List<long[]> stripped() {
    Map<List<Integer>, Secret> pairSeeds = pairSeeds();
    List<long[]> stripped = new ArrayList<>();
    for (int node = 0; node < nodes.honest; node++) {
      int each = node;
      vectors.stream()
          .filter(masked -> masked.node() == each)
          .findFirst()
          .ifPresent(masked -> stripped.add(stripped(masked, pairSeeds)));
    }
    return stripped;
  }

  private long[] stripped(Masked masked, Map<List<Integer>, Secret> pairSeeds) {
    MaskSweep sweep = new MaskSweep();
    selfSeed(masked.node()).ifPresent(sweep::subtract);
    for (int peer : nodes.membersOf(masked.cohort())) {
      Optional<Secret> seed = Optional.ofNullable(pairSeeds.get(pair(masked.node(), peer)));
      // A sweep erases its seeds, and this one masks the peer's vector as well.
      seed.map(Secret::reveal)
          .map(bytes -> Secret.taking(bytes.toArray()))
          .ifPresent(masked.node() < peer ? sweep::subtract : sweep::add);
    }
    long[] words = new long[masked.vector().length()];
    masked.vector().addTo(words);
    sweep.over(words);
    return words;
  }

  private static List<Integer> pair(int one, int other) {
    return List.of(Math.min(one, other), Math.max(one, other));
  }

  /** The colluders' own, and those under every seal that opens. */
  private Map<List<Integer>, Secret> pairSeeds() {
    Map<List<Integer>, Secret> seeds = new HashMap<>();
    for (int colluder : nodes.membersOf(nodes.colluders())) {
      for (int node = 0; node < nodes.honest; node++) {
        PairSecrets own = nodes.pairsOf(colluder);
        seeds.put(pair(node, colluder), own.maskSeed(nodes.id(node), nodes.terms.ctx()));
      }
    }
    for (Sealed sealed : seals) {
      byte[] opened =
          sealingKey(sealed.node()).flatMap(key -> open(sealed, key)).orElse(new byte[0]);
      for (int i = 0; i < opened.length / Secret.BYTES; i++) {
        byte[] seed = Arrays.copyOfRange(opened, i * Secret.BYTES, (i + 1) * Secret.BYTES);
        NodeId dropped = sealed.survivors().dropped().get(i);
        seeds.put(pair(sealed.node(), nodes.indexOf(dropped)), Secret.copying(seed));
      }
    }
    return seeds;
  }

  private Optional<byte[]> open(Sealed sealed, Secret key) {
    byte[] header = sealed.survivors().sealingHeader(nodes.id(sealed.node()), nodes.terms.ctx());
    return Sealing.open(key, header, sealed.seeds().toArray());
  }

  private Optional<Secret> selfSeed(int of) {
    Digest committed = nodes.readyOf(of).header().selfSeed();
    return reconstructed(of, shares -> Optional.of(shares.selfSeed()), SharePair::selfSeed)
        .filter(seed -> RoundSeat.selfSeedDigest(seed).equals(committed));
  }

  private Optional<Secret> sealingKey(int of) {
    Digest committed = nodes.readyOf(of).header().sealingKey();
    return reconstructed(of, RevealedShares::sealingKey, SharePair::sealingKey)
        .filter(key -> RoundSeat.sealingKeyDigest(key).equals(committed));
  }

  /** What the shares at hand give: with t of them the secret, with fewer something else. */
  private Optional<Secret> reconstructed(
      int of, Function<RevealedShares, Optional<Bytes>> which, Function<SharePair, Bytes> own) {
    SortedMap<Integer, Bytes> shares = new TreeMap<>();
    for (int colluder : nodes.membersOf(nodes.colluders())) {
      shares.put(colluder, own.apply(nodes.colludersShares(colluder, of)));
    }
    for (Unmask unmask : unmasks) {
      sharesOf(unmask, of)
          .flatMap(which)
          .ifPresent(share -> shares.put(nodes.indexOf(unmask.sender()), share));
    }
    List<Integer> holders = shares.keySet().stream().limit(nodes.threshold()).toList();
    if (holders.isEmpty()) {
      return Optional.empty();
    }
    int[] points = holders.stream().mapToInt(holder -> holder + 1).toArray();
    long[] secret =
        SecretSharing.combine(
            SecretSharing.lagrange(points, 0),
            holders.stream().map(holder -> Longs.of(shares.get(holder).toArray())).toList());
    return Optional.of(Secret.taking(Longs.toBytes(secret, 0, secret.length)));
  }
}
