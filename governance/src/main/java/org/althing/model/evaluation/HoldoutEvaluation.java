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
 * The held-out records by (label × side of probability ½) and by (label × score bin), in one
 * release.
 *
 * <p>A labelled record adds 1 to one cell of each block, an unlabelled one nothing: each block has
 * a squared L2 norm of at most 1. The model must be public before the release.
 */
public final class HoldoutEvaluation implements Procedure<Performance> {
  /** Counts are never negative: a record exchanged for another moves them by √2 of its bound. */
  public static final int REPLACEMENT_FACTOR = 2;

  private static final int QUARTERS_BLOCK = 0;
  private static final int BINS_BLOCK = 1;

  /**
   * The part of ρ that the four cells get, in tenths: near the best for accuracy and area alike.
   */
  private static final long QUARTER_TENTHS = 3;

  private final LinearModel model;
  private final Rho rho;

  public HoldoutEvaluation(LinearModel model, Rho rho) {
    this.model = model;
    this.rho = rho;
  }

  /** What any such evaluation releases: known before there is a model. */
  public static List<ReleaseTemplate> releases(Rho rho) {
    Rho quarters = new Rho(rho.pico() / 10 * QUARTER_TENTHS);
    Bound one = Bound.Exact.ofCounts(1);
    return List.of(
        new ReleaseTemplate(
            "evaluation",
            Partition.HOLDOUT,
            List.of(
                new BlockDemand("confusion", ConsistentCounts.QUARTERS, one, quarters),
                new BlockDemand("label by score", 2 * ScoreBins.COUNT, one, rho.minus(quarters)))));
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
    ConsistentCounts counts =
        new ConsistentCounts(
            release.values(QUARTERS_BLOCK),
            release.noiseDeviation(QUARTERS_BLOCK),
            release.values(BINS_BLOCK),
            release.noiseDeviation(BINS_BLOCK));
    return new ScoreHistogram(counts).performance();
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
      addOne(QUARTERS_BLOCK, cell / ConsistentCounts.QUARTER, sum);
      addOne(BINS_BLOCK, cell, sum);
    }

    private static void addOne(int block, int cell, ContributionSum sum) {
      sum.add(block, new int[] {cell}, new long[] {sum.scale(block)}, 1);
    }
  }
}
