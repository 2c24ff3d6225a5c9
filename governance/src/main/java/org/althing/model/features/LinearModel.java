package org.althing.model.features;

import java.util.Arrays;
import java.util.List;
import org.althing.table.RecordBatch;

/**
 * A fitted binary model: the log-odds of a positive label are a weighted sum of a record's
 * coordinates.
 *
 * <p>Immutable. Naive Bayes and logistic regression both end in one. The same record and weights
 * give the same bits everywhere: strict floating point, coordinates in ascending order.
 */
public final class LinearModel implements Classifier {
  private final FeatureSpace features;
  private final Label label;
  private final double[] weights;

  /**
   * @param weights one finite number per coordinate of {@code features}, the bias last
   */
  public LinearModel(FeatureSpace features, Label label, double[] weights) {
    requireApart(features, label);
    if (!label.isBinary()) {
      throw new IllegalArgumentException("log-odds are of a yes-or-no label");
    }
    if (weights.length != features.size()) {
      throw new IllegalArgumentException(
          "a model has one weight per coordinate: expected %d, got %d"
              .formatted(features.size(), weights.length));
    }
    if (!Arrays.stream(weights).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a model's weights are finite");
    }
    this.features = features;
    this.label = label;
    this.weights = weights.clone();
  }

  /** Fails where a model would be told the answer, or where the two speak of different records. */
  public static void requireApart(FeatureSpace features, Label label) {
    if (features.columnsRead().contains(label.column())) {
      throw new IllegalArgumentException(
          "column %s is the label: take it out of the features".formatted(label.column()));
    }
    if (!features.schema().equals(label.schema())) {
      throw new IllegalArgumentException("features and label are of one schema");
    }
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
    return List.of(weights());
  }

  /** One weight per coordinate of the feature space, the bias last. */
  public double[] weights() {
    return weights.clone();
  }

  /**
   * The same order of records and sides of probability ½, surer or less sure of them.
   *
   * @param scale positive
   */
  public LinearModel scaled(double scale) {
    return new LinearModel(
        features, label, Arrays.stream(weights).map(weight -> scale * weight).toArray());
  }

  /** Prepares the scoring of records; safe for concurrent use. */
  public Scorer scorer() {
    return new Scorer(features.encoder(), weights, features.squares());
  }

  /** Prepares the scoring of records that come field by field; safe for concurrent use. */
  public FieldwiseScorer fieldwise() {
    return new FieldwiseScorer(features, weights.clone());
  }

  /** 1 / (1 + e^-logit), without overflow. */
  public static double probabilityOf(double logit) {
    if (logit >= 0) {
      return 1 / (1 + StrictMath.exp(-logit));
    }
    double odds = StrictMath.exp(logit);
    return odds / (1 + odds);
  }

  /** Scores records with a model. */
  public static final class Scorer {
    private final FeatureSpace.RowEncoder encoder;
    private final double[] weights;
    private final boolean[] squares;

    Scorer(FeatureSpace.RowEncoder encoder, double[] weights, boolean[] squares) {
      this.encoder = encoder;
      this.weights = weights;
      this.squares = squares;
    }

    /** The log-odds that the record is positive. */
    public double logit(RecordBatch batch, int row) {
      return logit(encoder.encode(batch, row));
    }

    /** The log-odds of an encoded record. */
    public double logit(SparseRow row) {
      double sum = 0;
      for (int i = 0; i < row.count(); i++) {
        double term = weights[row.index(i)] * row.steps(i);
        // A number and its square are large where they cancel: one term, as field by field.
        if (i + 1 < row.count() && squares[row.index(i + 1)]) {
          i++;
          term += weights[row.index(i)] * row.steps(i);
        }
        sum += term;
      }
      return sum / row.stepsPerUnit();
    }

    /** The probability that the record is positive. */
    public double probability(RecordBatch batch, int row) {
      return probabilityOf(logit(batch, row));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearModel that
        && features.equals(that.features)
        && label.equals(that.label)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * features.hashCode() + label.hashCode()) + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return "LinearModel[" + label.column() + ", " + weights.length + " weights]";
  }
}
