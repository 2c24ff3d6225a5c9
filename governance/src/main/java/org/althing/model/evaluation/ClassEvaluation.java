package org.althing.model.evaluation;

import java.util.Arrays;
import java.util.List;
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

  private final SoftmaxModel model;
  private final Rho rho;

  public ClassEvaluation(SoftmaxModel model, Rho rho) {
    this.model = model;
    this.rho = rho;
  }

  /**
   * What any such evaluation releases: known before there is a model.
   *
   * @param classes K
   */
  public static List<ReleaseTemplate> releases(Rho rho, int classes) {
    Bound one = Bound.Exact.ofCounts(1);
    Bound oneOfEach = Bound.Exact.ofCounts(classes);
    int scores = 2 * ScoreBins.COUNT;
    return List.of(
        new ReleaseTemplate(
            "evaluation",
            Partition.HOLDOUT,
            List.of(
                new BlockDemand("confusion", classes * classes, one, part(rho, CONFUSION)),
                new BlockDemand(
                    "class by its score", classes * scores, oneOfEach, part(rho, BY_CLASS)),
                new BlockDemand("likeliest class by score", scores, one, part(rho, LIKELIEST)),
                new BlockDemand("score of the truth", ScoreBins.COUNT, one, part(rho, TRUTH)),
                new BlockDemand("squared distance", DISTANCE_BINS, one, part(rho, DISTANCE)))));
  }

  private static Rho part(Rho rho, int block) {
    return new Rho(rho.pico() / 10 * TENTHS[block]);
  }

  @Override
  public List<ReleaseTemplate> releases() {
    return releases(rho, model.label().classes());
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new ClassQuery(model.label().reader(), model.scorer());
  }

  @Override
  public ClassPerformance conclude(List<Release> releases) {
    return new ClassHistograms(releases.get(0), model.label().classNames()).performance();
  }

  private record ClassQuery(Label.Reader label, SoftmaxModel.Scorer scorer) implements SumQuery {
    @Override
    public void add(RecordBatch batch, int row, ContributionSum sum) {
      if (!label.isLabelled(batch, row)) {
        return;
      }
      double[] scores = scorer.scores(batch, row);
      double[] logOdds = SoftmaxModel.logOdds(scores);
      int truth = label.outcome(batch, row);
      int likeliest = SoftmaxModel.largest(scores);
      int[] cells = new int[scores.length];
      for (int k = 0; k < cells.length; k++) {
        cells[k] = (2 * k + (k == truth ? 1 : 0)) * ScoreBins.COUNT + ScoreBins.of(logOdds[k]);
      }
      int right = likeliest == truth ? ScoreBins.COUNT : 0;
      sum.beginRecord(batch.unit(row));
      addOnes(CONFUSION, sum, truth * scores.length + likeliest);
      addOnes(BY_CLASS, sum, cells);
      addOnes(LIKELIEST, sum, right + ScoreBins.of(logOdds[likeliest]));
      addOnes(TRUTH, sum, ScoreBins.of(logOdds[truth]));
      addOnes(DISTANCE, sum, distanceBin(SoftmaxModel.probabilities(scores), truth));
    }

    private static void addOnes(int block, ContributionSum sum, int... cells) {
      long[] ones = new long[cells.length];
      Arrays.fill(ones, sum.scale(block));
      sum.add(block, cells, ones, cells.length);
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
