package org.althing.model.naivebayes;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.Rho;
import org.althing.release.Release;

/** Naive Bayes for a yes-or-no label (bounds at {@link ClassSums}). */
public final class NaiveBayes extends ClassSums<LinearModel> {
  /** Below this S of their cells numbers are taken for normal (ADR 26). */
  private static final double CELLS = 5;

  /**
   * The features as naive Bayes reads them: numbers by their bins, or where records do not stand
   * far enough above the noise to tell how each bin is filled, taken for normal, three sums each.
   *
   * @param cells all by their bins; where some are taken for normal already, or there are texts, as
   *     it is
   * @param classes how many a model tells apart
   * @param rho what it may cost
   * @param records to learn from, as declared in public; where nobody did, bins
   * @param kept columns that stay as they are
   */
  public static FeatureSpace read(
      FeatureSpace cells, int classes, Rho rho, OptionalLong records, Set<String> kept) {
    if (records.isEmpty() || !cells.squared().isEmpty() || cells.hasWords()) {
      return cells;
    }
    int size = classes == 2 ? cells.size() : classes * cells.size();
    double norm = StrictMath.sqrt(cells.l2Squared());
    return FeasibilityIndex.of(records.getAsLong(), rho, norm, size).value() < CELLS
        ? cells.withSquares(cells.binned(kept))
        : cells;
  }

  /**
   * @param features columns with cells, free texts, and numbers with their squares
   */
  public NaiveBayes(FeatureSpace features, Label label, Rho rho) {
    super(features, label, rho);
  }

  @Override
  public LinearModel conclude(List<Release> releases) {
    double[][] byClass = weights(releases.get(0));
    double[] weights = byClass[1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= byClass[0][i];
    }
    return new LinearModel(features, label, weights);
  }
}
