package org.althing.secagg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The masked vectors of one attempt as formal sums: an input, a self mask, and a mask with each
 * honest member of the cohort it was masked for. Nodes are bits; masks with colluders are known and
 * left out.
 *
 * <p>A combination of vectors in which no unknown mask is left shows that combination of the
 * inputs, and nothing else does: a pair's mask stands in two vectors at most, with opposite signs,
 * so the matrix is totally unimodular and arithmetic modulo 2⁶⁴ hides no more than whole numbers
 * do.
 *
 * @param vectors what the coordinator holds
 * @param selfSeeds whose self-mask seed is known
 * @param pairSeeds for each node, the others with which its mask seed is known
 */
record FormalMasks(List<Vector> vectors, int selfSeeds, List<Integer> pairSeeds) {
  /** {@code node}'s vector, masked for the honest nodes of {@code cohort}. */
  record Vector(int node, int cohort) {}

  FormalMasks {
    vectors = List.copyOf(vectors);
    pairSeeds = List.copyOf(pairSeeds);
  }

  /** A basis of the combinations of inputs that are determined, one factor for each node. */
  List<List<Long>> determined() {
    int masks = nodes() + nodes() * nodes();
    long[][] rows = new long[vectors.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(masksOf(vectors.get(i)), masks + rows.length);
      rows[i][masks + i] = 1;
    }
    int used = 0;
    for (int mask = 0; mask < masks && used < rows.length; mask++) {
      used += eliminate(rows, used, mask) ? 1 : 0;
    }
    List<List<Long>> combinations = new ArrayList<>();
    for (long[] row : Arrays.asList(rows).subList(used, rows.length)) {
      List<Long> inputs = inputsIn(Arrays.copyOfRange(row, masks, row.length));
      if (inputs.stream().anyMatch(factor -> factor != 0)) {
        combinations.add(inputs);
      }
    }
    return combinations;
  }

  private int nodes() {
    return pairSeeds.size();
  }

  /** The unknown masks of a vector with their signs: self masks first, then the pairs'. */
  private long[] masksOf(Vector vector) {
    int n = nodes();
    long[] masks = new long[n + n * n];
    int i = vector.node();
    masks[i] = contains(selfSeeds, i) ? 0 : 1;
    for (int j = 0; j < n; j++) {
      if (j != i && contains(vector.cohort(), j) && !contains(pairSeeds.get(i), j)) {
        masks[n + n * Math.min(i, j) + Math.max(i, j)] = i < j ? 1 : -1;
      }
    }
    return masks;
  }

  static boolean contains(int set, int node) {
    return (set >>> node & 1) == 1;
  }

  /** Clears a column below row {@code from} without fractions; false where it is clear already. */
  private static boolean eliminate(long[][] rows, int from, int column) {
    int pivot = from;
    while (pivot < rows.length && rows[pivot][column] == 0) {
      pivot++;
    }
    if (pivot == rows.length) {
      return false;
    }
    long[] by = rows[pivot];
    rows[pivot] = rows[from];
    rows[from] = by;
    for (int k = from + 1; k < rows.length; k++) {
      long factor = rows[k][column];
      for (int c = 0; factor != 0 && c < by.length; c++) {
        rows[k][c] =
            Math.subtractExact(
                Math.multiplyExact(rows[k][c], by[column]), Math.multiplyExact(by[c], factor));
      }
    }
    return true;
  }

  private List<Long> inputsIn(long[] combination) {
    Long[] inputs = new Long[nodes()];
    Arrays.fill(inputs, 0L);
    for (int i = 0; i < combination.length; i++) {
      inputs[vectors.get(i).node()] += combination[i];
    }
    return List.of(inputs);
  }

  /**
   * Whether the sum of the vectors of {@code nodes}, one each, is free of unknown masks: tried term
   * by term, without elimination.
   */
  boolean sumIsBare(int nodes) {
    long[] left = new long[nodes() + nodes() * nodes()];
    for (Vector vector : vectors) {
      if (contains(nodes, vector.node())) {
        long[] masks = masksOf(vector);
        Arrays.setAll(left, m -> left[m] + masks[m]);
      }
    }
    return Arrays.stream(left).allMatch(mask -> mask == 0);
  }
}
