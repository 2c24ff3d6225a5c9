package org.althing.model.features;

import java.util.List;
import org.althing.release.Simultaneous;

/**
 * What a model gives the declared words of texts, each weight with what the noise leaves open of
 * it.
 *
 * @param words as a model names them, ascending by coordinate; none where no text declares words
 * @param byScore of each of the model's sums one weight per word
 */
public record WordWeights(List<String> words, List<List<Weight>> byScore) {
  public static final WordWeights NONE = new WordWeights(List.of(), List.of());

  private static final double Z = 1.959963984540054;

  public WordWeights {
    words = List.copyOf(words);
    byScore = byScore.stream().map(List::copyOf).toList();
    for (List<Weight> each : byScore) {
      if (each.size() != words.size()) {
        throw new IllegalArgumentException("each sum has one weight per word");
      }
    }
  }

  /**
   * One weight.
   *
   * @param low of the 95 % interval; low ≤ value ≤ high
   * @param told whether it also lies off 0 where the intervals of all words hold at once, so that
   *     being looked up for its size explains nothing
   */
  public record Weight(double value, double low, double high, boolean told) {
    public Weight {
      if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= value && value <= high)) {
        throw new IllegalArgumentException("a weight lies in its finite interval");
      }
    }

    private Weight times(double factor) {
      return new Weight(factor * value, factor * low, factor * high, told);
    }

    /** How far from 0 the nearer end of the interval is, on the weight's side; 0 where none is. */
    public double sure() {
      return low > 0 ? low : Math.min(0, high);
    }
  }

  /**
   * Those of scores multiplied by a factor.
   *
   * @param factor positive
   */
  public WordWeights times(double factor) {
    return new WordWeights(
        words,
        byScore.stream()
            .map(each -> each.stream().map(weight -> weight.times(factor)).toList())
            .toList());
  }

  /** Where a weight's interval at so many deviations of the normal distribution ends. */
  @FunctionalInterface
  public interface Reach {
    /**
     * @param z positive for the upper end, negative for the lower
     */
    double end(double z);
  }

  /**
   * One weight.
   *
   * @param of how many weights are looked at together
   */
  public static Weight weight(double value, Reach reach, int of) {
    double together = Simultaneous.quantile(of);
    return new Weight(
        value,
        Math.min(value, reach.end(-Z)),
        Math.max(value, reach.end(Z)),
        reach.end(-together) > 0 || reach.end(together) < 0);
  }
}
