package org.althing.model.linear;

import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.Rho;

/** What every way of fitting a linear model of a yes-or-no label by released gradients shares. */
abstract class RoundsOfGradients extends Rounds<LinearModel> {
  final Label label;
  final Objective objective;

  /**
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value Rounds#MOST_ROUNDS}
   */
  RoundsOfGradients(FeatureSpace features, Label label, Rho rho, int rounds, Objective objective) {
    super(features, rho, rounds);
    LinearModel.requireApart(features, label);
    this.label = label;
    this.objective = objective;
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
