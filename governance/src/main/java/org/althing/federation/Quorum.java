package org.althing.federation;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;

/**
 * The numbers of a roster, fixed before the first message and never taken from one
 * (secure-aggregation protocol §4.1).
 *
 * @param nodes n, at least 3
 * @param threshold t, how many must answer to unmask; more than (n + colluders) / 2
 * @param colluders c, how many members may work with the coordinator
 * @param leastCohort m, the fewest nodes that may start a round
 * @param leastSurvivors u, the fewest nodes a member confirms; at least t. Noise is calibrated to u
 *     - c.
 */
public record Quorum(int nodes, int threshold, int colluders, int leastCohort, int leastSurvivors) {
  /**
   * The complete graph is measured and sensible to this size; beyond it a sparse graph is needed.
   */
  public static final int MOST_NODES = 200;

  /** A sum over two tells each of them the other's part. */
  public static final int LEAST_NODES = 3;

  public Quorum {
    if (nodes < LEAST_NODES || nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "a roster has 3 to " + MOST_NODES + " nodes, got " + nodes);
    }
    if (threshold > nodes || colluders < 0 || 2 * threshold <= nodes + colluders) {
      throw new IllegalArgumentException(
          "threshold %d must be at most n = %d and more than (n + colluders) / 2 with %d colluders: two survivor sets could both be confirmed"
              .formatted(threshold, nodes, colluders));
    }
    if (leastCohort < LEAST_NODES || leastCohort > nodes) {
      throw new IllegalArgumentException(
          "least cohort must be 3 to " + nodes + ", got " + leastCohort);
    }
    if (leastSurvivors < threshold || leastSurvivors > nodes) {
      throw new IllegalArgumentException(
          "least survivors must be "
              + threshold
              + " (the threshold) to "
              + nodes
              + ", got "
              + leastSurvivors);
    }
    if (leastSurvivors - colluders < 2) {
      throw new IllegalArgumentException(
          "least survivors less colluders must be at least 2: one honest node's sum would stand alone");
    }
  }

  /** t = ⌊2n/3⌋ + 1, one colluder where that is safe, m = max(3, t), u = t. */
  public static Quorum defaultFor(int nodes) {
    int threshold = Math.min(nodes, 2 * nodes / 3 + 1);
    int colluders = Math.min(1, 2 * threshold - nodes - 1);
    return new Quorum(nodes, threshold, colluders, Math.max(3, threshold), threshold);
  }

  /** h = u - c: the honest noise shares that are surely in every released sum. */
  public int honestSurvivors() {
    return leastSurvivors - colluders;
  }

  /** The fewest members of a survivor set that a node confirms: max(t, m, u). */
  public int leastConfirmed() {
    return Math.max(Math.max(threshold, leastCohort), leastSurvivors);
  }

  /**
   * The fewest other members that have to say what they remember of a node's ledger: n - t + c + 1,
   * so that one of them is honest and confirmed the last sum that the node was in. Never more than
   * n - 1, by what is required above.
   */
  public int leastRemembering() {
    return nodes - threshold + colluders + 1;
  }

  public void writeTo(CanonicalWriter out) {
    out.putInt(nodes)
        .putInt(threshold)
        .putInt(colluders)
        .putInt(leastCohort)
        .putInt(leastSurvivors);
  }

  public static Quorum readFrom(CanonicalReader in) throws MalformedEncoding {
    try {
      return new Quorum(in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt());
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
