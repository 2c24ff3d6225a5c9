package org.althing.model.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
 *
 * <p>With {@link Groups} each block has these cells once for every group. A record is in one group,
 * so it still adds 1 to one cell of each block: bound, ρ and the noise of a cell stay what they
 * are. The overall figures are those of the sum over the G groups, whose cells carry √G times that
 * noise.
 */
public final class HoldoutEvaluation implements Procedure<Performance> {
  /** Counts are never negative: a record exchanged for another moves them by √2 of its bound. */
  public static final int REPLACEMENT_FACTOR = 2;

  private static final int QUARTERS_BLOCK = 0;
  private static final int BINS_BLOCK = 1;
  private static final int CELLS = 2 * ScoreBins.COUNT;
  private static final int QUARTERS = 4;

  /**
   * The part of ρ that the four cells get, in tenths: near the best for accuracy and area alike.
   */
  private static final long QUARTER_TENTHS = 3;

  private final LinearModel model;
  private final Rho rho;
  private final Optional<Groups> groups;

  public HoldoutEvaluation(LinearModel model, Rho rho) {
    this(model, rho, Optional.empty());
  }

  /**
   * @param groups of the model's schema
   */
  public HoldoutEvaluation(LinearModel model, Rho rho, Optional<Groups> groups) {
    this.model = model;
    this.rho = rho;
    this.groups = groups;
  }

  /** What any such evaluation releases: known before there is a model. */
  public static List<ReleaseTemplate> releases(Rho rho, Optional<Groups> groups) {
    int times = groups.map(Groups::count).orElse(1);
    Rho quarters = new Rho(rho.pico() / 10 * QUARTER_TENTHS);
    Bound one = Bound.Exact.ofCounts(1);
    return List.of(
        new ReleaseTemplate(
            "evaluation",
            Partition.HOLDOUT,
            List.of(
                new BlockDemand("confusion", times * QUARTERS, one, quarters),
                new BlockDemand("label by score", times * CELLS, one, rho.minus(quarters)))));
  }

  @Override
  public List<ReleaseTemplate> releases() {
    return releases(rho, groups);
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new ScoreQuery(model.label().reader(), model.scorer(), groups.map(Groups::reader));
  }

  @Override
  public Performance conclude(List<Release> releases) {
    int times = groups.map(Groups::count).orElse(1);
    return histogram(releases.get(0), IntStream.range(0, times).toArray()).performance();
  }

  /** The same release read group by group; nothing without groups. */
  public Optional<GroupFindings> byGroup(List<Release> releases) {
    return groups.map(
        g -> {
          List<String> names = g.names();
          return GroupFindings.of(
              g.column(),
              IntStream.range(0, names.size())
                  .mapToObj(i -> histogram(releases.get(0), i).group(names.get(i)))
                  .toList());
        });
  }

  /** The counts of some groups together. */
  private static ScoreHistogram histogram(Release release, int... groups) {
    double spread = StrictMath.sqrt(groups.length);
    double[] ofQuarters = new double[QUARTERS];
    Arrays.fill(ofQuarters, spread * release.noiseDeviation(QUARTERS_BLOCK));
    return new ScoreHistogram(
        ConsistentCounts.of(
            sum(release.values(BINS_BLOCK), CELLS, groups),
            spread * release.noiseDeviation(BINS_BLOCK),
            sum(release.values(QUARTERS_BLOCK), QUARTERS, groups),
            ofQuarters));
  }

  private static double[] sum(double[] values, int cells, int... groups) {
    double[] sum = new double[cells];
    for (int group : groups) {
      Arrays.setAll(sum, c -> sum[c] + values[group * cells + c]);
    }
    return sum;
  }

  private record ScoreQuery(
      Label.Reader label, LinearModel.Scorer scorer, Optional<Groups.Reader> groups)
      implements SumQuery {
    @Override
    public void add(RecordBatch batch, int row, ContributionSum sum) {
      if (!label.isLabelled(batch, row)) {
        return;
      }
      int group = groups.isPresent() ? groups.get().of(batch, row) : 0;
      int bin = ScoreBins.of(scorer.logit(batch, row));
      int cell = group * CELLS + label.outcome(batch, row) * ScoreBins.COUNT + bin;
      sum.beginRecord(batch.unit(row));
      addOne(QUARTERS_BLOCK, cell / (CELLS / QUARTERS), sum);
      addOne(BINS_BLOCK, cell, sum);
    }

    private static void addOne(int block, int cell, ContributionSum sum) {
      sum.add(block, new int[] {cell}, new long[] {sum.scale(block)}, 1);
    }
  }
}
