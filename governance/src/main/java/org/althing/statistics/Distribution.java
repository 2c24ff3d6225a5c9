package org.althing.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;

/**
 * How the valid values of one column are spread over its leaves, from its noisy tree.
 *
 * <p>The share of values below each edge is a ratio of two least-squares estimates, whose noise is
 * known to first order; made monotone (isotonic regression) it is inverted. The interval of a
 * quantile is where the inverse of p ± z·sd(p) lies (Woodruff 1952).
 */
final class Distribution {
  static final List<Double> LEVELS = List.of(0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995);

  /** So far above its noise a number divides others without bending their intervals. */
  static final double LEAST_DEVIATIONS = 5;

  private static final int MOST_RANGES = 16;

  private final Leaves leaves;
  private final LeafTree tree;
  private final double[] counts;
  private final double deviation;
  private final Estimate total;

  private Distribution(Leaves leaves, LeafTree tree, NoisyBlock nodes) {
    this.leaves = leaves;
    this.tree = tree;
    this.counts = tree.leastSquares(nodes.values());
    this.deviation = nodes.deviation();
    double[] all = new double[leaves.count()];
    Arrays.fill(all, 1);
    this.total = weighted(all);
  }

  /** None where the number of values does not stand above its noise. */
  static Optional<Distribution> of(Leaves leaves, LeafTree tree, NoisyBlock nodes) {
    return Optional.of(new Distribution(leaves, tree, nodes))
        .filter(d -> d.total.standsAbove(LEAST_DEVIATIONS));
  }

  /** The quantiles at {@link #LEVELS}. */
  List<Quantile> quantiles() {
    double[] share = new double[leaves.count() + 1];
    double[] noise = new double[leaves.count() + 1];
    fill(share, noise);
    List<Quantile> quantiles = new ArrayList<>();
    for (double level : LEVELS) {
      int reached = reached(share, level);
      // The noise changes from edge to edge: the larger one of the leaf's two.
      double byNoise = Math.max(noise[reached], noise[reached - 1]);
      double sampling = level * (1 - level) / Math.max(1, total.value());
      double byBoth = StrictMath.sqrt(byNoise * byNoise + sampling);
      quantiles.add(
          new Quantile(
              level,
              inverse(share, level),
              interval(share, level, byNoise),
              interval(share, level, byBoth)));
    }
    return quantiles;
  }

  /** Values in at most {@value #MOST_RANGES} equal ranges. */
  List<CellCount> ranges() {
    int wide = (leaves.count() + MOST_RANGES - 1) / MOST_RANGES;
    List<CellCount> ranges = new ArrayList<>();
    for (int from = 0; from < leaves.count(); from += wide) {
      int to = Math.min(from + wide, leaves.count());
      double[] inside = new double[leaves.count()];
      Arrays.fill(inside, from, to, 1);
      ranges.add(new CellCount(leaves.name(from, to), weighted(inside)));
    }
    return ranges;
  }

  /**
   * The mean fourth power of the distance from {@code centre}, both on the scale where the declared
   * range is -1 to 1; none where it does not stand above its noise.
   */
  Optional<Double> fourthMoment(double centre) {
    double[] powers = new double[leaves.count()];
    for (int leaf = 0; leaf < powers.length; leaf++) {
      double last = leaves.width() > 0 ? leaves.edge(leaf + 1) - 1 : leaves.edge(leaf + 1);
      double middle = leaves.edge(leaf) / 2 + last / 2;
      double distance = (middle - leaves.range().middle()) / leaves.range().half() - centre;
      powers[leaf] = distance * distance * distance * distance;
    }
    Estimate sum = weighted(powers);
    return CellCount.isDistinct(sum) ? Optional.of(sum.value() / total.value()) : Optional.empty();
  }

  private Estimate weighted(double[] weights) {
    return new Estimate(
        dot(weights, counts),
        deviation * StrictMath.sqrt(Math.max(0, dot(weights, tree.inverseGram(weights)))));
  }

  /** The share of values below each edge, monotone, and the deviation of its noise. */
  private void fill(double[] share, double[] noise) {
    double n = total.value();
    double[] all = new double[leaves.count()];
    Arrays.fill(all, 1);
    double[] allInverse = tree.inverseGram(all);
    double[] below = new double[leaves.count()];
    double sum = 0;
    for (int k = 1; k < share.length; k++) {
      below[k - 1] = 1;
      sum += counts[k - 1];
      double r = sum / n;
      double variance =
          dot(below, tree.inverseGram(below))
              - 2 * r * dot(below, allInverse)
              + r * r * dot(all, allInverse);
      share[k] = r;
      noise[k] = deviation * StrictMath.sqrt(Math.max(0, variance)) / n;
    }
    makeMonotone(share);
    for (int k = 1; k + 1 < share.length; k++) {
      share[k] = Math.max(0, Math.min(1, share[k]));
    }
    share[share.length - 1] = 1;
  }

  /** Isotonic regression by pooling neighbours that violate the order. */
  private static void makeMonotone(double[] values) {
    double[] mean = new double[values.length];
    int[] size = new int[values.length];
    int pools = 0;
    for (double value : values) {
      mean[pools] = value;
      size[pools++] = 1;
      while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
        int both = size[pools - 2] + size[pools - 1];
        mean[pools - 2] =
            (mean[pools - 2] * size[pools - 2] + mean[pools - 1] * size[pools - 1]) / both;
        size[pools - 2] = both;
        pools--;
      }
    }
    int next = 0;
    for (int pool = 0; pool < pools; pool++) {
      Arrays.fill(values, next, next + size[pool], mean[pool]);
      next += size[pool];
    }
  }

  private Interval interval(double[] share, double level, double spread) {
    return new Interval(
        inverse(share, level - Interval.Z * spread), inverse(share, level + Interval.Z * spread));
  }

  /** The first edge, from 1, at which the share reaches {@code level}, at most the last. */
  private static int reached(double[] share, double level) {
    int k = 1;
    while (k < share.length - 1 && share[k] < level) {
      k++;
    }
    return k;
  }

  private double inverse(double[] share, double level) {
    if (level <= 0) {
      return leaves.at(0, 0);
    }
    if (level >= 1) {
      return leaves.at(leaves.count() - 1, 1);
    }
    int k = reached(share, level);
    double inside = share[k] - share[k - 1];
    double part = inside > 0 ? (level - share[k - 1]) / inside : 0;
    return leaves.at(k - 1, Math.max(0, Math.min(1, part)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
