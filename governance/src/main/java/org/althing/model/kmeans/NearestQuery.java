package org.althing.model.kmeans;

import org.althing.model.features.EncodedRecords;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.SparseRow;
import org.althing.privacy.ContributionSum;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;

/** The sizes of clusters and their records' sums (bounds at {@link KMeans}). */
final class NearestQuery implements SumQuery {
  private static final int SIZES = 0;
  private static final int SUMS = 1;

  private final FeatureSpace.RowEncoder encoder;
  private final double[][] centres;

  /**
   * @param encoder of numbers that all stand with their squares
   * @param centres public, one or more, each on the scale of -1 to 1
   */
  NearestQuery(FeatureSpace.RowEncoder encoder, double[][] centres) {
    this.encoder = encoder;
    this.centres = centres;
  }

  /** Not to be changed. */
  double[][] centres() {
    return centres;
  }

  @Override
  public Contributions over(RecordBatch batch) {
    EncodedRecords records = encoder.over(batch);
    return (row, sum) -> add(records.at(row), batch.unit(row), sum);
  }

  private void add(SparseRow record, long unit, ContributionSum sum) {
    int width = 2 * centres[0].length;
    // A number without a value sets one coordinate instead of two; the bias is one more.
    if (record.count() != width + 1) {
      return;
    }
    int cluster = nearest(record);
    int[] index = new int[width];
    long[] steps = new long[width];
    long finer = sum.scale(SUMS) / record.stepsPerUnit();
    for (int i = 0; i < width; i++) {
      index[i] = cluster * width + i;
      steps[i] = record.steps(i) * finer;
    }
    sum.beginRecord(unit);
    sum.add(SIZES, new int[] {cluster}, new long[] {sum.scale(SIZES)}, 1);
    sum.add(SUMS, index, steps, width);
  }

  /** The first of the nearest centres. */
  private int nearest(SparseRow record) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int k = 0; k < centres.length; k++) {
      double distance = 0;
      for (int c = 0; c < centres[k].length; c++) {
        double apart = (double) record.steps(2 * c) / record.stepsPerUnit() - centres[k][c];
        distance += apart * apart;
      }
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    return nearest;
  }
}
