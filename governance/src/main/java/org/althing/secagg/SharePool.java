package org.althing.secagg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;

/**
 * The shares that the holders revealed, from which any t consistent ones give a secret back.
 *
 * <p>Honest holders agree at the first try. Where a reconstruction misses its commitment, other
 * sets of t are tried, at most {@value #MOST_TRIES}, and whoever's share does not lie on the
 * polynomial that was found is taken last from then on.
 */
final class SharePool {
  private static final int MOST_TRIES = 5000;
  private final int threshold;
  private final int colluders;
  private final List<Holder> holders = new ArrayList<>();
  private final Map<Target, int[]> weights = new HashMap<>();
  private final Set<NodeId> inconsistent = new LinkedHashSet<>();
  private boolean triedAll;

  /** Who revealed shares, its point, and its shares by whose secret they are of. */
  private record Holder(NodeId id, int point, Map<NodeId, RevealedShares> shares) {
    static Holder of(Unmask answer, Chair chair) {
      Map<NodeId, RevealedShares> shares = new HashMap<>();
      answer.shares().forEach(each -> shares.put(each.of(), each));
      return new Holder(answer.sender(), chair.roster().indexOf(answer.sender()), shares);
    }

    RevealedShares sharesOf(NodeId of) {
      RevealedShares found = shares.get(of);
      if (found == null) {
        throw new IllegalStateException("an answer without a survivor's shares");
      }
      return found;
    }
  }

  /** Interpolation from some points to another. */
  private record Target(List<Integer> points, int at) {}

  SharePool(Chair chair, List<Unmask> answers) {
    threshold = chair.threshold();
    colluders = chair.roster().quorum().colluders();
    answers.forEach(answer -> holders.add(Holder.of(answer, chair)));
  }

  /** Who revealed a share that does not fit the others. */
  Set<NodeId> inconsistent() {
    return inconsistent;
  }

  /**
   * Whether it was surely the dealer who lied where nothing was reconstructed: without those who
   * may collude there were still t holders, and no set of t gave the secret.
   */
  boolean dealerIsToBlame() {
    return triedAll && holders.size() - colluders >= threshold;
  }

  Optional<Secret> reconstruct(
      NodeId of, Function<RevealedShares, Bytes> which, Predicate<Secret> committed) {
    List<long[]> shares = new ArrayList<>();
    for (Holder holder : holders) {
      shares.add(Longs.of(which.apply(holder.sharesOf(of)).toArray()));
    }
    int[] chosen = firstSubset(threshold);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      long[] secret = interpolate(chosen, shares, 0);
      Secret found = Secret.taking(Longs.toBytes(secret, 0, secret.length));
      if (committed.test(found)) {
        blameOutliers(chosen, shares);
        holders.sort(Comparator.comparing(holder -> inconsistent.contains(holder.id())));
        return Optional.of(found);
      }
      if (!nextSubset(chosen, holders.size())) {
        triedAll = true;
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The value at {@code at} of the polynomial through the chosen holders' shares. */
  private long[] interpolate(int[] chosen, List<long[]> shares, int at) {
    int[] points = Arrays.stream(chosen).map(i -> holders.get(i).point()).toArray();
    Target target = new Target(Arrays.stream(points).boxed().toList(), at);
    return SecretSharing.combine(
        weights.computeIfAbsent(target, key -> SecretSharing.lagrange(points, at)),
        Arrays.stream(chosen).mapToObj(shares::get).toList());
  }

  private void blameOutliers(int[] chosen, List<long[]> shares) {
    boolean[] fits = new boolean[holders.size()];
    for (int i : chosen) {
      fits[i] = true;
    }
    for (int i = 0; i < fits.length; i++) {
      Holder holder = holders.get(i);
      if (!fits[i] && !Arrays.equals(interpolate(chosen, shares, holder.point()), shares.get(i))) {
        inconsistent.add(holder.id());
      }
    }
  }

  private static int[] firstSubset(int size) {
    int[] subset = new int[size];
    Arrays.setAll(subset, i -> i);
    return subset;
  }

  /** The next subset of 0..n-1 in lexicographic order, in place; false after the last. */
  private static boolean nextSubset(int[] subset, int n) {
    int size = subset.length;
    int i = size - 1;
    while (i >= 0 && subset[i] == n - size + i) {
      i--;
    }
    if (i < 0) {
      return false;
    }
    subset[i]++;
    for (int j = i + 1; j < size; j++) {
      subset[j] = subset[j - 1] + 1;
    }
    return true;
  }
}
