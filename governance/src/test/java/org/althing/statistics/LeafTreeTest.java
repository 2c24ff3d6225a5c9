package org.althing.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LeafTreeTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "4, 1, 4", "5, 2, 7", "16, 2, 20", "101, 4, 136", "256, 4, 340"})
  void hasLevelsOfFourChildrenEach(int leaves, int levels, int nodes) {
    assertThat(new LeafTree(leaves).levels()).isEqualTo(levels);
    assertThat(new LeafTree(leaves).nodes()).isEqualTo(nodes);
  }

  /** Row k counts the leaves of node k. */
  private static RealMatrix strategy(LeafTree tree, int leaves) {
    RealMatrix counts = new Array2DRowRealMatrix(tree.nodes(), leaves);
    for (int leaf = 0; leaf < leaves; leaf++) {
      int[] path = new int[tree.levels()];
      tree.path(leaf, 0, path, 0);
      for (int node : path) {
        counts.setEntry(node, leaf, 1);
      }
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 16, 17, 22, 64, 101})
  void fitsAnyCountsAsTheNormalEquationsDo(int leaves) {
    LeafTree tree = new LeafTree(leaves);
    RealMatrix strategy = strategy(tree, leaves);
    RealMatrix gram = strategy.transpose().multiply(strategy);
    RealMatrix inverse = new LUDecomposition(gram).getSolver().getInverse();
    Random random = new Random(leaves);
    double[] counts = random.doubles(tree.nodes(), -50, 50).toArray();
    double[] weights = random.doubles(leaves, -1, 1).toArray();
    assertThat(tree.leastSquares(counts))
        .containsExactly(inverse.operate(strategy.transpose().operate(counts)), within(1e-9));
    assertThat(tree.inverseGram(weights)).containsExactly(inverse.operate(weights), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 101, 256})
  void givesCountsWithoutNoiseBackToTheLastBit(int leaves) {
    LeafTree tree = new LeafTree(leaves);
    double[] counts = new double[leaves];
    Random random = new Random(leaves);
    for (int leaf = 0; leaf < leaves; leaf++) {
      counts[leaf] = random.nextInt(1000);
    }
    assertThat(tree.leastSquares(strategy(tree, leaves).operate(counts))).isEqualTo(counts);
  }
}
