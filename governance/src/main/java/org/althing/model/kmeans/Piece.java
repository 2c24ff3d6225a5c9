package org.althing.model.kmeans;

/** What is known of the records about one centre, on the scale of -1 to 1. */
final class Piece {
  /** The mean of |z| of a standard normal z. */
  private static final double HALF_MEAN = StrictMath.sqrt(2 / StrictMath.PI);

  private final double records;
  private final double[] mean;
  private final double[] variance;

  Piece(double records, double[] mean, double[] variance) {
    this.records = records;
    this.mean = mean;
    this.variance = variance;
  }

  /** Not to be changed. */
  double[] mean() {
    return mean;
  }

  /** Σ‖x − mean‖². */
  double within() {
    double sum = 0;
    for (double each : variance) {
      sum += each;
    }
    return records * sum;
  }

  /**
   * The records on one side of the mean of the widest number, taken for normal.
   *
   * @param side -1 or 1
   */
  Piece half(int side) {
    int widest = 0;
    for (int c = 1; c < variance.length; c++) {
      widest = variance[c] > variance[widest] ? c : widest;
    }
    double[] moved = mean.clone();
    double[] narrower = variance.clone();
    moved[widest] += side * HALF_MEAN * StrictMath.sqrt(variance[widest]);
    narrower[widest] *= 1 - HALF_MEAN * HALF_MEAN;
    return new Piece(records / 2, moved, narrower);
  }
}
