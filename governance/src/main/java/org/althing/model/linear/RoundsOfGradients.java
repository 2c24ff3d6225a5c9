package org.althing.model.linear;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.Trainer;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.ReleaseTemplate;

/** What every way of fitting a linear model by released gradients shares. */
abstract class RoundsOfGradients implements Trainer<LinearModel> {
  static final int MOST_ROUNDS = 10;

  /** f: the part of ρ that what shapes the steps gets, in tenths. */
  private static final long FIRST_TENTHS = 1;

  /** The part of ρ that the sums of each class get, in tenths, where rounds start from them. */
  private static final long TABLE_TENTHS = 2;

  final FeatureSpace features;
  final Label label;
  final int rounds;
  final Objective objective;
  final Start start;
  private final Rho rho;

  /**
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value #MOST_ROUNDS}; one less where they start from
   *     tables, which are released in the first round instead
   */
  RoundsOfGradients(
      FeatureSpace features, Label label, Rho rho, int rounds, Objective objective, Start start) {
    LinearModel.requireApart(features, label);
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "a linear model takes 1 to %d rounds, got %d".formatted(MOST_ROUNDS, rounds));
    }
    this.features = features;
    this.label = label;
    this.rho = rho;
    this.rounds = rounds;
    this.objective = objective;
    this.start = start;
  }

  /** For what is released once, to shape the steps. */
  final Rho rhoOfFirst() {
    return new Rho(rho.pico() / 10 * FIRST_TENTHS);
  }

  /** For each gradient. */
  final Rho rhoOfGradient() {
    long left = rho.pico() - rhoOfFirst().pico();
    return start == Start.ZERO
        ? new Rho(left / rounds)
        : new Rho((left - rhoOfTables().pico()) / (rounds - 1));
  }

  final Rho rhoOfTables() {
    return new Rho(rho.pico() / 10 * TABLE_TENTHS);
  }

  final BlockDemand gradient(Bound bound) {
    return new BlockDemand("gradient", features.size(), bound, rhoOfGradient());
  }

  final ReleaseTemplate release(String name, BlockDemand... blocks) {
    return new ReleaseTemplate(
        objective.loss().word() + " " + name, Partition.TRAIN, Stream.of(blocks).toList());
  }

  /** Those from {@code first} on that hold a gradient alone. */
  final Stream<ReleaseTemplate> gradients(int first, Bound bound) {
    return IntStream.rangeClosed(first, rounds)
        .mapToObj(round -> release("round " + round, gradient(bound)));
  }

  @Override
  public final Optional<FeasibilityIndex> feasibility(long records) {
    double most = StrictMath.sqrt((double) features.l2Squared());
    return Optional.of(FeasibilityIndex.of(records, rho, most, features.size()));
  }

  /** Gradients have both signs. */
  @Override
  public final int replacementFactor() {
    return 4;
  }
}
