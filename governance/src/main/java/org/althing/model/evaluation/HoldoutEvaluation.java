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
 *
 * <p>M models of one label are evaluated in one release: each block has its cells once for every
 * model. A labelled record adds 1 to one cell of each model, so the squared norm is at most M, and
 * a cell carries √M times the noise.
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

  private final List<LinearModel> models;
  private final Rho rho;
  private final Optional<Groups> groups;

  public HoldoutEvaluation(LinearModel model, Rho rho) {
    this(model, rho, Optional.empty());
  }

  /**
   * @param groups of the model's schema
   */
  public HoldoutEvaluation(LinearModel model, Rho rho, Optional<Groups> groups) {
    this(List.of(model), rho, groups);
  }

  /**
   * @param models one or more, of one label
   * @param groups of their schema
   */
  public HoldoutEvaluation(List<LinearModel> models, Rho rho, Optional<Groups> groups) {
    if (models.stream().map(LinearModel::label).distinct().count() != 1) {
      throw new IllegalArgumentException("models of one label are evaluated together");
    }
    this.models = List.copyOf(models);
    this.rho = rho;
    this.groups = groups;
  }

  /**
   * What any such evaluation releases: known before there is a model.
   *
   * @param models how many are evaluated
   */
  public static List<ReleaseTemplate> releases(int models, Rho rho, Optional<Groups> groups) {
    int times = models * groups.map(Groups::count).orElse(1);
    Rho quarters = new Rho(rho.pico() / 10 * QUARTER_TENTHS);
    Bound oneOfEach = Bound.Exact.ofCounts(models);
    return List.of(
        new ReleaseTemplate(
            "evaluation",
            Partition.HOLDOUT,
            List.of(
                new BlockDemand("confusion", times * QUARTERS, oneOfEach, quarters),
                new BlockDemand("label by score", times * CELLS, oneOfEach, rho.minus(quarters)))));
  }

  @Override
  public List<ReleaseTemplate> releases() {
    return releases(models.size(), rho, groups);
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new ScoreQuery(
        models.get(0).label().reader(),
        models.stream().map(LinearModel::scorer).toList(),
        groups.map(Groups::reader),
        groupsOfModel());
  }

  /** How the first model did. */
  @Override
  public Performance conclude(List<Release> releases) {
    return conclude(releases, 0);
  }

  /**
   * How one of the models did, its log-odds scaled as these records ask for.
   *
   * @param model its index
   */
  public Performance conclude(List<Release> releases, int model) {
    return conclude(releases, model, scale(releases, model));
  }

  /**
   * How one of the models did.
   *
   * @param model its index
   * @param scale what its log-odds are multiplied by
   */
  public Performance conclude(List<Release> releases, int model, double scale) {
    return new ScoreHistogram(counts(releases, model), scale).performance();
  }

  /** What makes a model as sure as it is right, as far as its held-out records tell. */
  public double scale(List<Release> releases, int model) {
    return new Surety(counts(releases, model)).scale();
  }

  private ConsistentCounts counts(List<Release> releases, int model) {
    int first = model * groupsOfModel();
    int[] all = IntStream.range(first, first + groupsOfModel()).toArray();
    return counts(releases.get(0), all);
  }

  /** The same release read group by group; nothing without groups. */
  public Optional<GroupFindings> byGroup(List<Release> releases, int model) {
    int first = model * groupsOfModel();
    return groups.map(
        g -> {
          List<String> names = g.names();
          return GroupFindings.of(
              g.column(),
              IntStream.range(0, names.size())
                  .mapToObj(
                      i ->
                          new ScoreHistogram(counts(releases.get(0), first + i))
                              .group(names.get(i)))
                  .toList());
        });
  }

  private int groupsOfModel() {
    return groups.map(Groups::count).orElse(1);
  }

  /** The counts of some groups together. */
  private static ConsistentCounts counts(Release release, int... groups) {
    double spread = StrictMath.sqrt(groups.length);
    double[] ofQuarters = new double[QUARTERS];
    Arrays.fill(ofQuarters, spread * release.noiseDeviation(QUARTERS_BLOCK));
    return ConsistentCounts.of(
        sum(release.values(BINS_BLOCK), CELLS, groups),
        spread * release.noiseDeviation(BINS_BLOCK),
        sum(release.values(QUARTERS_BLOCK), QUARTERS, groups),
        ofQuarters);
  }

  /**
   * The sum of some parts of {@code cells} values each.
   *
   * @param groups which parts
   */
  static double[] sum(double[] values, int cells, int... groups) {
    double[] sum = new double[cells];
    for (int group : groups) {
      Arrays.setAll(sum, c -> sum[c] + values[group * cells + c]);
    }
    return sum;
  }

  private record ScoreQuery(
      Label.Reader label,
      List<LinearModel.Scorer> scorers,
      Optional<Groups.Reader> groups,
      int groupsOfModel)
      implements SumQuery {
    @Override
    public Contributions over(RecordBatch batch) {
      return (row, sum) -> add(batch, row, sum);
    }

    private void add(RecordBatch batch, int row, ContributionSum sum) {
      if (!label.isLabelled(batch, row)) {
        return;
      }
      int group = groups.isPresent() ? groups.get().of(batch, row) : 0;
      int outcome = label.outcome(batch, row);
      int[] quarters = new int[scorers.size()];
      int[] cells = new int[scorers.size()];
      for (int m = 0; m < cells.length; m++) {
        int bin = ScoreBins.of(scorers.get(m).logit(batch, row));
        cells[m] = (m * groupsOfModel + group) * CELLS + outcome * ScoreBins.COUNT + bin;
        quarters[m] = cells[m] / (CELLS / QUARTERS);
      }
      sum.beginRecord(batch.unit(row));
      addOnes(QUARTERS_BLOCK, sum, quarters);
      addOnes(BINS_BLOCK, sum, cells);
    }
  }

  /**
   * @param cells ascending
   */
  static void addOnes(int block, ContributionSum sum, int... cells) {
    long[] ones = new long[cells.length];
    Arrays.fill(ones, sum.scale(block));
    sum.add(block, cells, ones, cells.length);
  }
}
