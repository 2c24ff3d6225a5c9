package org.althing.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts over leaves and over their ancestors in a tree of {@value #ARITY} children each, all
 * levels below the root (Hay, Rastogi, Miklau and Suciu 2010).
 *
 * <p>A record adds 1 to one node of each level. The noisy counts of a node and of its children say
 * the same thing twice; {@link #leastSquares} finds the leaf counts that fit all of them best, in
 * two passes, also where the last node of a level has fewer children.
 */
final class LeafTree {
  private static final int ARITY = 4;

  private final int leaves;

  /** Nodes of each level, from the one below the root to the leaves. */
  private final int[] sizes;

  private final int nodes;

  /**
   * @param leaves at least 1
   */
  LeafTree(int leaves) {
    if (leaves < 1) {
      throw new IllegalArgumentException("a tree has at least one leaf");
    }
    this.leaves = leaves;
    List<Integer> levels = new ArrayList<>(List.of(leaves));
    while (levels.get(0) > ARITY) {
      levels.add(0, (levels.get(0) + ARITY - 1) / ARITY);
    }
    this.sizes = levels.stream().mapToInt(Integer::intValue).toArray();
    this.nodes = Arrays.stream(sizes).sum();
  }

  int levels() {
    return sizes.length;
  }

  int nodes() {
    return nodes;
  }

  /** Writes where a record of a leaf counts, ascending: one node per level. */
  void path(int leaf, int offset, int[] index, int from) {
    int start = offset;
    for (int level = 0; level < sizes.length; level++) {
      int node = leaf >> (2 * (sizes.length - 1 - level));
      index[from + level] = start + node;
      start += sizes[level];
    }
  }

  /**
   * The leaf counts with the least squared distance from all counts; from counts without noise the
   * very leaves.
   *
   * @param counts of all nodes, level by level from below the root
   */
  double[] leastSquares(double[] counts) {
    return descend(ascend(counts));
  }

  /**
   * (HᵀH)⁻¹c, where H counts leaves up to nodes: the least-squares estimate of c·x has variance σ²
   * c·(HᵀH)⁻¹c, and covariance σ² d·(HᵀH)⁻¹c with that of d·x.
   *
   * @param weights c, one per leaf
   */
  double[] inverseGram(double[] weights) {
    // Hᵀy is c where y holds c at the leaves and nothing above.
    double[] counts = new double[nodes];
    System.arraycopy(weights, 0, counts, counts.length - leaves, leaves);
    return leastSquares(counts);
  }

  /** What the counts at and below each node say of it, and the variance of that in units of σ². */
  private static final class Upward {
    private final double[] value;
    private final double[] variance;

    Upward(double[] value, double[] variance) {
      this.value = value;
      this.variance = variance;
    }

    double[] value() {
      return value;
    }

    double[] variance() {
      return variance;
    }
  }

  private Upward ascend(double[] counts) {
    double[] value = counts.clone();
    double[] variance = new double[counts.length];
    int start = counts.length - leaves;
    Arrays.fill(variance, start, counts.length, 1);
    for (int level = sizes.length - 2; level >= 0; level--) {
      int childStart = start;
      start -= sizes[level];
      for (int node = 0; node < sizes[level]; node++) {
        int from = childStart + node * ARITY;
        int to = Math.min(from + ARITY, childStart + sizes[level + 1]);
        double below = sum(value, from, to);
        double belowVariance = sum(variance, from, to);
        // As a deviation from the node's own count, so that counts that agree stay exact.
        double weight = 1 / (1 + belowVariance);
        value[start + node] = counts[start + node] + weight * (below - counts[start + node]);
        variance[start + node] = belowVariance * weight;
      }
    }
    return new Upward(value, variance);
  }

  private double[] descend(Upward up) {
    double[] value = up.value().clone();
    int start = 0;
    for (int level = 0; level + 1 < sizes.length; level++) {
      int childStart = start + sizes[level];
      for (int node = 0; node < sizes[level]; node++) {
        int from = childStart + node * ARITY;
        int to = Math.min(from + ARITY, childStart + sizes[level + 1]);
        double missing = value[start + node] - sum(up.value(), from, to);
        double variances = sum(up.variance(), from, to);
        for (int child = from; child < to; child++) {
          value[child] = up.value()[child] + missing * (up.variance()[child] / variances);
        }
      }
      start = childStart;
    }
    return Arrays.copyOfRange(value, value.length - leaves, value.length);
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }
}
