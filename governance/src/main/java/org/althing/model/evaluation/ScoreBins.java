package org.althing.model.evaluation;

import java.util.List;

/**
 * The public cut points of scores, on the scale of log-odds: the same for every model, symmetric,
 * and 0 (probability ½) among them. Bin k holds edge[k-1] ≤ score &lt; edge[k].
 */
public final class ScoreBins {
  public static final int COUNT = 32;

  private static final double[] EDGES = {
    -15, -11, -8, -6, -5, -4, -3.5, -3, -2.5, -2, -1.5, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75,
    1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 11, 15
  };

  private ScoreBins() {}

  /** The bin of a score; of an undefined score, the one whose lower edge is 0. */
  public static int of(double logit) {
    if (Double.isNaN(logit)) {
      return COUNT / 2;
    }
    int bin = 0;
    while (bin < EDGES.length && EDGES[bin] <= logit) {
      bin++;
    }
    return bin;
  }

  /** The 31 inner edges, ascending. */
  public static List<Double> edges() {
    return java.util.Arrays.stream(EDGES).boxed().toList();
  }

  /** A score that stands for its bin: the middle, or 2 beyond the outermost edge. */
  public static double middle(int bin) {
    if (bin == 0) {
      return EDGES[0] - 2;
    }
    if (bin == EDGES.length) {
      return EDGES[bin - 1] + 2;
    }
    return (EDGES[bin - 1] + EDGES[bin]) / 2;
  }
}
