package org.althing.model.features;

import java.util.List;

/** A fitted model that tells the classes of a label apart by weighted sums of coordinates. */
public sealed interface Classifier permits LinearModel, SoftmaxModel {
  FeatureSpace features();

  Label label();

  /**
   * The weights of each sum, one per coordinate, the bias last: one sum for a yes-or-no label, else
   * one for each class.
   */
  List<double[]> weightsByScore();

  /** How many weights there are in all. */
  default int size() {
    return weightsByScore().size() * features().size();
  }
}
