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
  private final Chair chair;
  private final List<Unmask> holders;
  private final Map<List<Integer>, int[]> weightsAtZero = new HashMap<>();
  private final Set<NodeId> inconsistent = new LinkedHashSet<>();

  SharePool(Chair chair, List<Unmask> holders) {
    this.chair = chair;
    this.holders = new ArrayList<>(holders);
  }

  /** Who revealed a share that does not fit the others. */
  Set<NodeId> inconsistent() {
    return inconsistent;
  }

  Optional<Secret> reconstruct(
      NodeId of, Function<RevealedShares, Bytes> which, Predicate<Secret> committed) {
    List<long[]> shares = new ArrayList<>();
    for (Unmask holder : holders) {
      shares.add(Longs.of(which.apply(sharesOf(holder, of)).toArray()));
    }
    int[] chosen = firstSubset(chair.threshold());
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Secret found = combine(chosen, shares);
      if (committed.test(found)) {
        blameOutliers(chosen, shares);
        holders.sort(Comparator.comparing(holder -> inconsistent.contains(holder.sender())));
        return Optional.of(found);
      }
      if (!nextSubset(chosen, holders.size())) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static RevealedShares sharesOf(Unmask holder, NodeId of) {
    return holder.shares().stream()
        .filter(shares -> shares.of().equals(of))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("an answer without a survivor's shares"));
  }

  private Secret combine(int[] chosen, List<long[]> shares) {
    List<long[]> taken = Arrays.stream(chosen).mapToObj(shares::get).toList();
    int[] points = points(chosen);
    int[] weights =
        weightsAtZero.computeIfAbsent(
            Arrays.stream(points).boxed().toList(), key -> SecretSharing.lagrange(points, 0));
    long[] secret = SecretSharing.combine(weights, taken);
    return Secret.taking(Longs.toBytes(secret, 0, secret.length));
  }

  private int[] points(int[] chosen) {
    return Arrays.stream(chosen)
        .map(i -> chair.roster().indexOf(holders.get(i).sender()))
        .toArray();
  }

  private void blameOutliers(int[] chosen, List<long[]> shares) {
    List<long[]> taken = Arrays.stream(chosen).mapToObj(shares::get).toList();
    for (int i = 0; i < holders.size(); i++) {
      int holder = i;
      if (Arrays.stream(chosen).noneMatch(c -> c == holder)) {
        int point = chair.roster().indexOf(holders.get(i).sender());
        int[] weights = SecretSharing.lagrange(points(chosen), point);
        if (!Arrays.equals(SecretSharing.combine(weights, taken), shares.get(i))) {
          inconsistent.add(holders.get(i).sender());
        }
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
