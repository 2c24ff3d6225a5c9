package org.althing.model.linear;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Trainer;
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
