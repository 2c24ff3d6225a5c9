package org.althing.model.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
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
 * The held-out records of K classes as five histograms in one release: by true and predicted class;
 * of each class, whether the record is of it by the class's score bin; whether the likeliest class
 * is right by its score bin; by the score bin of the true class; and by the squared distance of the
 * probabilities from what was true. Scores are log-odds of a class against all others.
 *
 * <p>A labelled record adds 1 to one cell of each, and of the second to one cell for each class; an
 * unlabelled one nothing. Squared L2 norms are at most 1, and K of the second, whatever the model
 * says. The model must be public before the release.
 *
 * <p>With {@link Groups} the confusion has its cells once for every group. A record is in one
 * group, so it still adds 1 to one cell; the figures of all records that follow from it are of the
 * sum over the G groups, whose cells carry √G times the noise. Scores are not counted by group.
 *
 * <p>M models of one label are evaluated in one release, as by {@link HoldoutEvaluation}: each
 * histogram once for every model, each squared norm M times as large.
 */
public final class ClassEvaluation implements Procedure<ClassPerformance> {
  static final int CONFUSION = 0;
  static final int BY_CLASS = 1;
  static final int LIKELIEST = 2;
  static final int TRUTH = 3;
  static final int DISTANCE = 4;

  /** Squared distances are 0 to 2. */
  static final int DISTANCE_BINS = 32;

  /** Parts of ρ in tenths; the scores by class get most, whose noise is √K times larger. */
  private static final long[] TENTHS = {3, 4, 1, 1, 1};

  private final List<SoftmaxModel> models;
  private final Rho rho;
  private final Optional<Groups> groups;

  public ClassEvaluation(SoftmaxModel model, Rho rho) {
    this(List.of(model), rho, Optional.empty());
  }

  /**
   * @param models one or more, of one label
   * @param groups of their schema
   */
  public ClassEvaluation(List<SoftmaxModel> models, Rho rho, Optional<Groups> groups) {
    if (models.stream().map(SoftmaxModel::label).distinct().count() != 1) {
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
   * @param classes K
   */
  public static List<ReleaseTemplate> releases(
      int models, Rho rho, int classes, Optional<Groups> groups) {
    int confusions = models * groups.map(Groups::count).orElse(1);
    Bound one = Bound.Exact.ofCounts(models);
    Bound oneOfEach = Bound.Exact.ofCounts((long) models * classes);
    int scores = models * 2 * ScoreBins.COUNT;
    return List.of(
        new ReleaseTemplate(
            "evaluation",
            Partition.HOLDOUT,
            List.of(
                new BlockDemand(
                    "confusion", confusions * classes * classes, one, part(rho, CONFUSION)),
                new BlockDemand(
                    "class by its score", classes * scores, oneOfEach, part(rho, BY_CLASS)),
                new BlockDemand("likeliest class by score", scores, one, part(rho, LIKELIEST)),
                new BlockDemand(
                    "score of the truth", models * ScoreBins.COUNT, one, part(rho, TRUTH)),
                new BlockDemand(
                    "squared distance", models * DISTANCE_BINS, one, part(rho, DISTANCE)))));
  }

  private static Rho part(Rho rho, int block) {
    return new Rho(rho.pico() / 10 * TENTHS[block]);
  }

  @Override
  public List<ReleaseTemplate> releases() {
    return releases(models.size(), rho, models.get(0).label().classes(), groups);
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new ClassQuery(
        models.get(0).label().reader(),
        models.stream().map(SoftmaxModel::scorer).toList(),
        groups.map(Groups::reader),
        groupsOfModel());
  }

  /** How the first model did. */
  @Override
  public ClassPerformance conclude(List<Release> releases) {
    return conclude(releases, 0);
  }

  /**
   * How one of the models did.
   *
   * @param model its index
   */
  public ClassPerformance conclude(List<Release> releases, int model) {
    return new ClassHistograms(releases.get(0), model, names(), groupsOfModel()).performance();
  }

  /** The same release read group by group; nothing without groups. */
  public Optional<ClassGroupFindings> byGroup(List<Release> releases, int model) {
    return groups.map(
        g -> {
          List<String> of = g.names();
          return ClassGroupFindings.of(
              g.column(),
              names(),
              IntStream.range(0, of.size())
                  .mapToObj(
                      i ->
                          new ClassHistograms(
                                  releases.get(0), model, names(), of.size(), new int[] {i})
                              .group(of.get(i)))
                  .toList());
        });
  }

  private List<String> names() {
    return models.get(0).label().classNames();
  }

  private int groupsOfModel() {
    return groups.map(Groups::count).orElse(1);
  }

  private record ClassQuery(
      Label.Reader label,
      List<SoftmaxModel.Scorer> scorers,
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
      int truth = label.outcome(batch, row);
      int group = groups.isPresent() ? groups.get().of(batch, row) : 0;
      int models = scorers.size();
      int[][] cells = {new int[models], {}, new int[models], new int[models], new int[models]};
      for (int m = 0; m < models; m++) {
        double[] scores = scorers.get(m).scores(batch, row);
        int classes = scores.length;
        double[] logOdds = SoftmaxModel.logOdds(scores);
        int likeliest = SoftmaxModel.largest(scores);
        if (m == 0) {
          cells[BY_CLASS] = new int[models * classes];
        }
        for (int k = 0; k < classes; k++) {
          int pair = 2 * (m * classes + k) + (k == truth ? 1 : 0);
          cells[BY_CLASS][m * classes + k] = pair * ScoreBins.COUNT + ScoreBins.of(logOdds[k]);
        }
        int right = 2 * m + (likeliest == truth ? 1 : 0);
        int part = m * groupsOfModel + group;
        cells[CONFUSION][m] = (part * classes + truth) * classes + likeliest;
        cells[LIKELIEST][m] = right * ScoreBins.COUNT + ScoreBins.of(logOdds[likeliest]);
        cells[TRUTH][m] = m * ScoreBins.COUNT + ScoreBins.of(logOdds[truth]);
        double[] probabilities = SoftmaxModel.probabilities(scores);
        cells[DISTANCE][m] = m * DISTANCE_BINS + distanceBin(probabilities, truth);
      }
      sum.beginRecord(batch.unit(row));
      for (int block = 0; block < cells.length; block++) {
        HoldoutEvaluation.addOnes(block, sum, cells[block]);
      }
    }

    /** Of an undefined distance the first, so that every record is in a bin. */
    private static int distanceBin(double[] probabilities, int truth) {
      double squares = 0;
      for (int k = 0; k < probabilities.length; k++) {
        double apart = probabilities[k] - (k == truth ? 1 : 0);
        squares += apart * apart;
      }
      return Math.max(0, Math.min(DISTANCE_BINS - 1, (int) (squares * DISTANCE_BINS / 2)));
    }
  }

  /** A squared distance that stands for its bin. */
  static double middleDistance(int bin) {
    return (bin + 0.5) * 2 / DISTANCE_BINS;
  }
}
