package org.althing.model.naivebayes;

import java.util.List;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;

/**
 * Categorical naive Bayes for two classes in one release (privacy §4).
 *
 * <p>The vector is a table of (class × cell) counts for all F fields. A labelled record adds 1 to
 * one cell of each field in its class: its squared L2 norm is F exactly, and an unlabelled record
 * adds nothing. Class totals cost nothing more: every field's table holds them.
 */
public final class NaiveBayes implements Procedure<LinearModel> {
  private final FeatureSpace features;
  private final Label label;
  private final Rho rho;

  /**
   * @param features columns with cells only
   */
  public NaiveBayes(FeatureSpace features, Label label, Rho rho) {
    LinearModel.requireApart(features, label);
    if (!features.isAllCells()) {
      throw new IllegalArgumentException(
          "naive Bayes counts cells: declare bins in the contract for every number among %s"
              .formatted(features.columns()));
    }
    this.features = features;
    this.label = label;
    this.rho = rho;
  }

  @Override
  public List<ReleaseTemplate> releases() {
    Bound bound = Bound.Exact.ofCounts(fields());
    return List.of(
        new ReleaseTemplate(
            "naive-bayes counts",
            Partition.TRAIN,
            List.of(new BlockDemand("class by cell", 2 * cells(), bound, rho))));
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new CountQuery(features.encoder(), label.reader(), cells());
  }

  @Override
  public LinearModel conclude(List<Release> releases) {
    Release release = releases.get(0);
    double[] counts = release.values(0);
    // Smoothing at the level of the noise: below it a count says nothing (privacy §4).
    double smoothing = Math.max(1, release.noiseDeviation(0));
    CountTable negative = new CountTable(features, counts, 0);
    CountTable positive = new CountTable(features, counts, cells());
    double[] logNegative = negative.logProbabilities(smoothing);
    double[] logPositive = positive.logProbabilities(smoothing);
    double[] weights = new double[features.size()];
    for (int i = 0; i < cells(); i++) {
      weights[i] = logPositive[i] - logNegative[i];
    }
    weights[cells()] =
        StrictMath.log(positive.total() + smoothing) - StrictMath.log(negative.total() + smoothing);
    return new LinearModel(features, label, weights);
  }

  /** How far {@code records} training records would stand above the noise. */
  public FeasibilityIndex feasibility(long records) {
    return FeasibilityIndex.of(records, rho, StrictMath.sqrt((double) fields()), 2 * cells());
  }

  private int fields() {
    return features.columns().size();
  }

  private int cells() {
    return features.size() - 1;
  }

  private record CountQuery(FeatureSpace.RowEncoder encoder, Label.Reader label, int cells)
      implements SumQuery {
    @Override
    public void add(RecordBatch batch, int row, ContributionSum sum) {
      if (!label.isLabelled(batch, row)) {
        return;
      }
      int[] index = new int[encoder.entries()];
      long[] steps = new long[encoder.entries()];
      encoder.encode(batch, row, index, steps);
      // The last entry is the bias, which a count does not need.
      int fields = encoder.entries() - 1;
      int offset = label.outcome(batch, row) * cells;
      for (int f = 0; f < fields; f++) {
        index[f] += offset;
        steps[f] = sum.scale(0);
      }
      sum.beginRecord(batch.unit(row));
      sum.add(0, index, steps, fields);
    }
  }
}
