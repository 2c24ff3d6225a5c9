package org.althing.model.naivebayes;

import java.util.List;
import org.althing.model.features.WordWeights;

/**
 * The weights of one text's words with what the noise leaves open of each: of a word's own counts
 * alone. What the words of a class make together moves all of its words alike and is taken as
 * released.
 *
 * <p>The interval of a count, none of it below 0, is that of its logarithm; those of several
 * classes, which share no noise, are put together by their squares on either side (Zou and Donner
 * 2008), because a logarithm of few records reaches further down than up.
 *
 * @param byClass log P(word | class) of each class
 * @param noise standard deviation of the noise on a count
 */
record WordEvidence(List<CountTable.LogWords> byClass, double noise) {
  /**
   * The weight of a word in one sum.
   *
   * @param factors what the sum takes of each class's logarithm
   * @param together how many weights are looked at
   */
  WordWeights.Weight weight(int word, double[] factors, int together) {
    double value = 0;
    for (int k = 0; k < factors.length; k++) {
      value += factors[k] * byClass.get(k).at(word);
    }
    double released = value;
    return WordWeights.weight(released, z -> released + reach(word, factors, z), together);
  }

  private double reach(int word, double[] factors, double z) {
    double squares = 0;
    for (int k = 0; k < factors.length; k++) {
      double off = (factors[k] < 0 ? -z : z) * noise;
      double moved = factors[k] * byClass.get(k).moved(word, off);
      squares += moved * moved;
    }
    return StrictMath.copySign(StrictMath.sqrt(squares), z);
  }
}
