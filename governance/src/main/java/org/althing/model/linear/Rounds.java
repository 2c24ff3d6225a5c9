package org.althing.model.linear;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Trainer;
import org.althing.model.features.WordWeights;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.ReleaseTemplate;

/**
 * What every way of fitting a model by released gradients shares.
 *
 * @param <M> the model
 */
abstract class Rounds<M> implements Trainer<M> {
  static final int MOST_ROUNDS = 10;

  /** f: the part of ρ that what is released beside the gradients gets, in tenths. */
  private static final long FIRST_TENTHS = 1;

  /**
   * Of the bound of the loss's second derivative by the score, what is taken for its mean where the
   * releases do not tell: less makes intervals wider, by 1 to 3 points of what they hold at none.
   */
  private static final double BEND = 0.2;

  final FeatureSpace features;
  final int rounds;
  final Rho rho;

  /**
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value #MOST_ROUNDS}
   */
  Rounds(FeatureSpace features, Rho rho, int rounds) {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "a linear model takes 1 to %d rounds, got %d".formatted(MOST_ROUNDS, rounds));
    }
    this.features = features;
    this.rho = rho;
    this.rounds = rounds;
  }

  /** The analysis it is of, as releases are named. */
  abstract String word();

  /** How many numbers a gradient has. */
  abstract int gradientSize();

  /** Δ of a gradient, but for rounding, where each coordinate counts as it is. */
  abstract double mostGradient();

  /** For what is released once, to shape the steps. */
  final Rho rhoOfFirst() {
    return new Rho(rho.pico() / 10 * FIRST_TENTHS);
  }

  /** For each gradient. */
  Rho rhoOfGradient() {
    return new Rho((rho.pico() - rhoOfFirst().pico()) / rounds);
  }

  final BlockDemand gradient(Bound bound) {
    return new BlockDemand("gradient", gradientSize(), bound, rhoOfGradient());
  }

  final ReleaseTemplate release(String name, BlockDemand... blocks) {
    return new ReleaseTemplate(word() + " " + name, Partition.TRAIN, Stream.of(blocks).toList());
  }

  /** Those from {@code first} on that hold a gradient alone. */
  final Stream<ReleaseTemplate> gradients(int first, Bound bound) {
    return IntStream.rangeClosed(first, rounds)
        .mapToObj(round -> release("round " + round, gradient(bound)));
  }

  /**
   * The weights of the declared words.
   *
   * @param byScore the steps that each score has taken
   * @param mostCurvature κ
   */
  final WordWeights words(List<CentredSteps> byScore, double mostCurvature) {
    double bend = BEND * mostCurvature;
    int[] words = features.declaredWords();
    List<String> names = features.coordinateNames();
    int together = words.length * byScore.size();
    return new WordWeights(
        IntStream.of(words).mapToObj(names::get).toList(),
        byScore.stream().map(steps -> words(steps, words, bend, together)).toList());
  }

  private static List<WordWeights.Weight> words(
      CentredSteps steps, int[] words, double bend, int together) {
    double[] weights = steps.weights();
    return IntStream.of(words)
        .mapToObj(
            i -> {
              double deviation = steps.noiseDeviation(i, bend);
              return WordWeights.weight(weights[i], z -> weights[i] + z * deviation, together);
            })
        .toList();
  }

  @Override
  public final Optional<FeasibilityIndex> feasibility(long records) {
    return Optional.of(FeasibilityIndex.of(records, rho, mostGradient(), gradientSize()));
  }

  /** Gradients have both signs. */
  @Override
  public final int replacementFactor() {
    return 4;
  }
}
