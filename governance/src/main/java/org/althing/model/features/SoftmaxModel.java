package org.althing.model.features;

import java.util.Arrays;
import java.util.List;
import org.althing.table.RecordBatch;

/**
 * A fitted model of K classes: each has a score, a weighted sum of a record's coordinates, and the
 * probability e^score over the sum of all of these.
 *
 * <p>Immutable. Scores are the same bits everywhere, as {@link LinearModel} has them. What is added
 * to all scores alike changes no probability; fitted weights sum to 0 over the classes.
 */
public final class SoftmaxModel implements Classifier {
  private final FeatureSpace features;
  private final Label label;
  private final double[][] weights;

  /**
   * @param weights of each class one finite number per coordinate of {@code features}, the bias
   *     last
   */
  public SoftmaxModel(FeatureSpace features, Label label, double[][] weights) {
    LinearModel.requireApart(features, label);
    if (label.isBinary() || weights.length != label.classes()) {
      throw new IllegalArgumentException(
          "a model of classes has one sum for each class of its label, got " + weights.length);
    }
    for (double[] each : weights) {
      if (each.length != features.size() || !Arrays.stream(each).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "each class has one finite weight per coordinate: expected %d, got %d"
                .formatted(features.size(), each.length));
      }
    }
    this.features = features;
    this.label = label;
    this.weights = Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public FeatureSpace features() {
    return features;
  }

  @Override
  public Label label() {
    return label;
  }

  @Override
  public List<double[]> weightsByScore() {
    return Arrays.stream(weights).map(double[]::clone).toList();
  }

  /** Prepares the scoring of records; safe for concurrent use. */
  public Scorer scorer() {
    return new Scorer(this);
  }

  /** Prepares the scoring of records that come field by field, class by class. */
  public List<FieldwiseScorer> fieldwise() {
    return Arrays.stream(weights).map(each -> new FieldwiseScorer(features, each.clone())).toList();
  }

  /** The class with the largest score, the first of several. */
  public static int largest(double[] scores) {
    int largest = 0;
    for (int k = 1; k < scores.length; k++) {
      largest = scores[k] > scores[largest] ? k : largest;
    }
    return largest;
  }

  /** e^score over the sum of all of these, without overflow. */
  public static double[] probabilities(double[] scores) {
    double[] shares = shares(scores, largest(scores));
    double all = 0;
    for (double share : shares) {
      all += share;
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= all;
    }
    return shares;
  }

  /** Of each class against all others, without the cancellation that 1 - p would have. */
  public static double[] logOdds(double[] scores) {
    int largest = largest(scores);
    double[] shares = shares(scores, largest);
    double others = 0;
    for (int k = 0; k < shares.length; k++) {
      others += k == largest ? 0 : shares[k];
    }
    double[] odds = new double[scores.length];
    for (int k = 0; k < odds.length; k++) {
      double rest = k == largest ? others : others - shares[k] + 1;
      odds[k] = scores[k] - scores[largest] - StrictMath.log(rest);
    }
    return odds;
  }

  private static double[] shares(double[] scores, int largest) {
    double[] shares = new double[scores.length];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = StrictMath.exp(scores[k] - scores[largest]);
    }
    return shares;
  }

  /** Scores records with a model. */
  public static final class Scorer {
    private final FeatureSpace.RowEncoder encoder;
    private final LinearModel.Scorer[] classes;

    private Scorer(SoftmaxModel model) {
      encoder = model.features.encoder();
      boolean[] squares = model.features.squares();
      classes = new LinearModel.Scorer[model.weights.length];
      Arrays.setAll(classes, k -> new LinearModel.Scorer(encoder, model.weights[k], squares));
    }

    /** The score of each class. */
    public double[] scores(RecordBatch batch, int row) {
      return scores(encoder.encode(batch, row));
    }

    /** The scores of an encoded record. */
    public double[] scores(SparseRow row) {
      double[] scores = new double[classes.length];
      for (int k = 0; k < scores.length; k++) {
        scores[k] = classes[k].logit(row);
      }
      return scores;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftmaxModel that
        && features.equals(that.features)
        && label.equals(that.label)
        && Arrays.deepEquals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * features.hashCode() + label.hashCode()) + Arrays.deepHashCode(weights);
  }

  @Override
  public String toString() {
    return "SoftmaxModel[" + label.column() + ", " + weights.length + " classes]";
  }
}
