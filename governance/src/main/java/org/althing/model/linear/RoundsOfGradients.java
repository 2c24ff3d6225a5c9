package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.Rho;

/** What every way of fitting a linear model of a yes-or-no label by released gradients shares. */
abstract class RoundsOfGradients extends Rounds<LinearModel> {
  /** The part of ρ that the sums of each class get, in tenths, where rounds start from them. */
  private static final long TABLE_TENTHS = 2;

  final Label label;
  final Objective objective;
  final Start start;

  /**
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value Rounds#MOST_ROUNDS}; one less where they start
   *     from tables, which are released in the first round instead
   */
  RoundsOfGradients(
      FeatureSpace features, Label label, Rho rho, int rounds, Objective objective, Start start) {
    super(features, rho, rounds);
    LinearModel.requireApart(features, label);
    this.label = label;
    this.objective = objective;
    this.start = start;
  }

  @Override
  final Rho rhoOfGradient() {
    return start == Start.ZERO
        ? super.rhoOfGradient()
        : new Rho((rho.pico() - rhoOfFirst().pico() - rhoOfTables().pico()) / (rounds - 1));
  }

  final Rho rhoOfTables() {
    return new Rho(rho.pico() / 10 * TABLE_TENTHS);
  }

  @Override
  final String word() {
    return objective.loss().word();
  }

  @Override
  final int gradientSize() {
    return features.size();
  }

  @Override
  final double mostGradient() {
    return StrictMath.sqrt((double) features.l2Squared());
  }
}
