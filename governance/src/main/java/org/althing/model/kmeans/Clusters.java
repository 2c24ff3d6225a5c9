package org.althing.model.kmeans;

import java.util.List;
import org.althing.release.Estimate;
import org.althing.release.Measure;

/**
 * What k-means came to, over the records that have a value of every column.
 *
 * @param clusters the largest first
 * @param total the squared distances of all records from their common mean, on the scale where each
 *     column's declared range is -1 to 1
 */
public record Clusters(List<String> columns, List<Cluster> clusters, Estimate total) {
  public Clusters {
    columns = List.copyOf(columns);
    clusters = List.copyOf(clusters);
    for (Cluster cluster : clusters) {
      if (cluster.isDistinct() && cluster.centre().size() != columns.size()) {
        throw new IllegalArgumentException("a centre has one coordinate per column");
      }
    }
  }

  /**
   * One cluster.
   *
   * @param size records in it
   * @param centre by column, in the contract's units; empty where the size does not stand above its
   *     noise
   * @param within the squared distances of its records from its centre, on the scale of {@link
   *     Clusters#total}; not clipped
   */
  public record Cluster(Estimate size, List<Measure> centre, Estimate within) {
    public Cluster {
      centre = List.copyOf(centre);
    }

    /** Whether it is told from an empty one. */
    public boolean isDistinct() {
      return !centre.isEmpty();
    }
  }

  /** All records that were counted. */
  public Estimate records() {
    return sum(clusters.stream().map(Cluster::size).toList());
  }

  /** The squared distances of all records from the centres of their clusters. */
  public Estimate within() {
    return sum(clusters.stream().map(Cluster::within).toList());
  }

  private static Estimate sum(List<Estimate> parts) {
    double value = 0;
    double variance = 0;
    for (Estimate part : parts) {
      value += part.value();
      variance += part.variance();
    }
    return new Estimate(value, StrictMath.sqrt(variance));
  }
}
