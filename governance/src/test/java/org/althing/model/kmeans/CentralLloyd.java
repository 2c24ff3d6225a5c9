package org.althing.model.kmeans;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/**
 * Test fixture: k-means without noise on pooled rows, from the textbook: k-means++ and rounds of
 * Lloyd until nothing moves, the best of several beginnings.
 */
public final class CentralLloyd {
  private CentralLloyd() {}

  /** Complete rows on the scale where declared ranges are -1 to 1, on a grid of 1/256. */
  public static double[][] points(List<RecordBatch> batches, List<String> columns) {
    List<double[]> points = new ArrayList<>();
    for (RecordBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        double[] point = new double[columns.size()];
        boolean complete = true;
        for (int c = 0; c < point.length; c++) {
          int position = batch.schema().indexOf(columns.get(c));
          Domain.Numbers range = (Domain.Numbers) batch.schema().column(columns.get(c)).domain();
          complete &= batch.verdict(position, row) == Verdict.OK;
          double half = (range.maximum() - range.minimum()) / 2;
          double place = (batch.number(position, row) - range.minimum()) / half - 1;
          point[c] = Math.rint(place * 256) / 256;
        }
        if (complete) {
          points.add(point);
        }
      }
    }
    return points.toArray(double[][]::new);
  }

  public static double inertia(double[][] points, double[][] centres) {
    double sum = 0;
    for (double[] point : points) {
      sum += distance(point, centres[nearest(point, centres)]);
    }
    return sum;
  }

  static int nearest(double[] point, double[][] centres) {
    int nearest = 0;
    for (int k = 1; k < centres.length; k++) {
      nearest = distance(point, centres[k]) < distance(point, centres[nearest]) ? k : nearest;
    }
    return nearest;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return sum;
  }

  /** The mean of each cluster's points; a cluster without any stays where it is. */
  static double[][] means(double[][] points, double[][] centres) {
    double[][] sums = new double[centres.length][points[0].length];
    double[] counts = new double[centres.length];
    for (double[] point : points) {
      int k = nearest(point, centres);
      counts[k]++;
      for (int c = 0; c < point.length; c++) {
        sums[k][c] += point[c];
      }
    }
    for (int k = 0; k < sums.length; k++) {
      for (int c = 0; c < sums[k].length; c++) {
        sums[k][c] = counts[k] > 0 ? sums[k][c] / counts[k] : centres[k][c];
      }
    }
    return sums;
  }

  public static double leastInertia(double[][] points, int clusters) {
    double least = Double.MAX_VALUE;
    for (long seed = 1; seed <= 10; seed++) {
      double[][] centres = plusPlus(points, clusters, new Random(seed));
      double[][] moved = means(points, centres);
      while (!Arrays.deepEquals(centres, moved)) {
        centres = moved;
        moved = means(points, centres);
      }
      least = Math.min(least, inertia(points, centres));
    }
    return least;
  }

  private static double[][] plusPlus(double[][] points, int clusters, Random random) {
    double[][] centres = {points[random.nextInt(points.length)]};
    while (centres.length < clusters) {
      double left = random.nextDouble() * inertia(points, centres);
      int chosen = -1;
      while (left >= 0 && chosen < points.length - 1) {
        chosen++;
        left -= distance(points[chosen], centres[nearest(points[chosen], centres)]);
      }
      centres = Arrays.copyOf(centres, centres.length + 1);
      centres[centres.length - 1] = points[chosen];
    }
    return centres;
  }
}
