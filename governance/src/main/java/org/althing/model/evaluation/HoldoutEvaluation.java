package org.althing.model.evaluation;

import java.util.List;
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
 * The held-out records by (label × score bin), in one release.
 *
 * <p>A labelled record adds 1 to one of 64 cells, an unlabelled one nothing: its squared L2 norm is
 * at most 1. The model must be public before the release.
 */
public final class HoldoutEvaluation implements Procedure<Performance> {
  private final LinearModel model;
  private final Rho rho;

  public HoldoutEvaluation(LinearModel model, Rho rho) {
    this.model = model;
    this.rho = rho;
  }

  /** What any such evaluation releases: known before there is a model. */
  public static List<ReleaseTemplate> releases(Rho rho) {
    return List.of(
        new ReleaseTemplate(
            "evaluation",
            Partition.HOLDOUT,
            List.of(
                new BlockDemand(
                    "label by score", 2 * ScoreBins.COUNT, Bound.Exact.ofCounts(1), rho))));
  }

  @Override
  public List<ReleaseTemplate> releases() {
    return releases(rho);
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new ScoreQuery(model.label().reader(), model.scorer());
  }

  @Override
  public Performance conclude(List<Release> releases) {
    Release release = releases.get(0);
    return new ScoreHistogram(release.values(0), release.noiseDeviation(0)).performance();
  }

  private record ScoreQuery(Label.Reader label, LinearModel.Scorer scorer) implements SumQuery {
    @Override
    public void add(RecordBatch batch, int row, ContributionSum sum) {
      if (!label.isLabelled(batch, row)) {
        return;
      }
      int bin = ScoreBins.of(scorer.logit(batch, row));
      int cell = label.outcome(batch, row) * ScoreBins.COUNT + bin;
      sum.beginRecord(batch.unit(row));
      sum.add(0, new int[] {cell}, new long[] {sum.scale(0)}, 1);
    }
  }
}
