package org.althing.model.kmeans;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Trainer;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.Domain;
import org.althing.table.Schema;

/**
 * k-means over d numbers, each on the scale where its declared range is -1 to 1 (Lloyd's rounds
 * with noise: Su, Cao, Li, Bertino, Jin 2016).
 *
 * <p>A release holds, of every cluster, how many records are nearest to its centre, and their sums
 * of (x, x² − 1). Centres begin without data: all records are one cluster, and before each next
 * round clusters are split in two across their widest number, the widest first (Linde, Buzo, Gray
 * 1980), until there are k; what the moments say of width is post-processing. A cluster that does
 * not stand above the noise is given up for one more split. ρ is shared in proportion to how many
 * clusters a round has. Nothing is tuned to a data set.
 *
 * <p>Bounds of one record: it is in one cluster only, wherever floating point says the nearest
 * centre is. There it adds 1 to the size, and (x, x² − 1) for each number, whose squared norm is at
 * most 1 because x² ≤ 1: together at most d. A record that lacks any of the numbers adds nothing.
 */
public final class KMeans implements Trainer<Clusters> {
  public static final int LEAST_CLUSTERS = 2;
  public static final int MOST_CLUSTERS = 16;
  public static final int MOST_COLUMNS = 16;

  /** Rounds with all clusters: so many at least, and at most while centres stay sharp. */
  private static final int LEAST_REFINEMENTS = 2;

  private static final int MOST_REFINEMENTS = 4;
  private static final int MOST_ROUNDS = 7;

  /** The noise that a coordinate of a centre may have in a cluster of average size. */
  private static final double SHARP = 0.02;

  /** Wider ranges have no finite errors. */
  private static final double WIDEST = 1e300;

  private final FeatureSpace features;
  private final int clusters;
  private final Rho rho;
  private final int rounds;

  /**
   * @param columns 1 to {@value #MOST_COLUMNS} numbers with declared ranges
   * @param clusters k, {@value #LEAST_CLUSTERS} to {@value #MOST_CLUSTERS}
   * @param rho what all releases together may cost
   * @param rounds as {@link #rounds} has it, or fewer
   */
  public KMeans(Schema schema, List<String> columns, int clusters, Rho rho, int rounds) {
    requireCounts(columns.size(), clusters);
    if (rounds <= splits(clusters) || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "%d clusters take %d to %d rounds, got %d"
              .formatted(clusters, splits(clusters) + 1, MOST_ROUNDS, rounds));
    }
    this.features = new FeatureSpace(schema, columns, 0, columns);
    this.clusters = clusters;
    this.rho = rho;
    this.rounds = rounds;
    for (Domain.Numbers range : ranges()) {
      if (half(range) > WIDEST) {
        throw new IllegalArgumentException("a range of more than 1e300 is too wide for clusters");
      }
    }
  }

  public static void requireCounts(int columns, int clusters) {
    if (columns < 1 || columns > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "clusters are of 1 to %d columns, got %d".formatted(MOST_COLUMNS, columns));
    }
    if (clusters < LEAST_CLUSTERS || clusters > MOST_CLUSTERS) {
      throw new IllegalArgumentException(
          "k-means looks for %d to %d clusters, got %d"
              .formatted(LEAST_CLUSTERS, MOST_CLUSTERS, clusters));
    }
  }

  /**
   * How many rounds to have, by public numbers alone: the most at which a coordinate of a centre,
   * in a cluster of average size, is still known to 1 % of its range.
   *
   * @param records over all nodes as declared in public; where nobody declared it, a middle number
   */
  public static int rounds(int columns, int clusters, Rho rho, OptionalLong records) {
    int splits = splits(clusters);
    int most = Math.min(MOST_REFINEMENTS, MOST_ROUNDS - splits);
    if (records.isEmpty()) {
      return splits + Math.min(most, LEAST_REFINEMENTS + 1);
    }
    for (int refinements = most; refinements > LEAST_REFINEMENTS; refinements--) {
      double share = (double) clusters / parts(clusters, splits + refinements);
      double ofSums = rho.toDouble() * share * (100 - sizePercent(columns)) / 100;
      double noise = StrictMath.sqrt(columns / (2 * ofSums));
      if (noise * clusters <= SHARP * records.getAsLong()) {
        return splits + refinements;
      }
    }
    return splits + LEAST_REFINEMENTS;
  }

  /** Rounds with fewer than k clusters: 1, 2, 4, ... of them. */
  private static int splits(int clusters) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(clusters - 1);
  }

  private static int clustersIn(int round, int clusters) {
    return Math.min(1 << round, clusters);
  }

  private static int parts(int clusters, int rounds) {
    return IntStream.range(0, rounds).map(round -> clustersIn(round, clusters)).sum();
  }

  /**
   * The part of a round's ρ that sizes get. The error of a centre is that of its sums and m² times
   * that of its size, so sizes, of bound 1 beside √d, need less.
   */
  private static int sizePercent(int columns) {
    return (int) Math.rint(100 / (1 + 4 * StrictMath.sqrt(columns)));
  }

  @Override
  public List<ReleaseTemplate> releases() {
    int d = features.columns().size();
    long steps = features.stepsPerUnit();
    Bound sums = new Bound.Exact(d * steps * steps, steps);
    long part = rho.pico() / parts(clusters, rounds);
    List<ReleaseTemplate> releases = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      int k = clustersIn(round, clusters);
      Rho whole = new Rho(part * k);
      Rho ofSizes = new Rho(part * k / 100 * sizePercent(d));
      releases.add(
          new ReleaseTemplate(
              "k-means round " + (round + 1),
              Partition.ALL,
              List.of(
                  new BlockDemand("cluster sizes", k, Bound.Exact.ofCounts(1), ofSizes),
                  new BlockDemand("cluster sums", 2 * d * k, sums, whole.minus(ofSizes)))));
    }
    return releases;
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    int d = features.columns().size();
    double[][] centres =
        index == 0
            ? new double[1][d]
            : next(sums(before.get(index - 1)), clustersIn(index, clusters));
    return new NearestQuery(features.encoder(), centres);
  }

  private List<ClusterSums> sums(Release release) {
    int d = features.columns().size();
    return IntStream.range(0, release.values(0).length)
        .mapToObj(cluster -> ClusterSums.of(release, cluster, d))
        .toList();
  }

  /** The means of the clusters that stand above the noise, split until there are enough. */
  private static double[][] next(List<ClusterSums> sums, int count) {
    List<Piece> pieces = new ArrayList<>();
    for (ClusterSums each : sums) {
      if (each.isDistinct()) {
        pieces.add(each.piece());
      }
    }
    if (pieces.isEmpty()) {
      pieces.add(sums.get(0).piece());
    }
    while (pieces.size() < count) {
      Piece widest = pieces.get(0);
      for (Piece piece : pieces) {
        widest = piece.within() > widest.within() ? piece : widest;
      }
      pieces.set(pieces.indexOf(widest), widest.half(-1));
      pieces.add(widest.half(1));
    }
    return pieces.stream().map(Piece::mean).toArray(double[][]::new);
  }

  /** The clusters of the last round, the largest first. */
  @Override
  public Clusters conclude(List<Release> releases) {
    List<ClusterSums> sums = sums(releases.get(rounds - 1));
    List<Clusters.Cluster> found =
        sums.stream()
            .sorted(Comparator.comparingDouble((ClusterSums s) -> -s.size().value()))
            .map(s -> new Clusters.Cluster(s.size(), centre(s), s.within()))
            .toList();
    return new Clusters(
        features.columns(), found, ClusterSums.of(releases.get(0), 0, ranges().size()).within());
  }

  private List<Measure> centre(ClusterSums sums) {
    if (!sums.isDistinct()) {
      return List.of();
    }
    List<Measure> centre = new ArrayList<>();
    for (int c = 0; c < ranges().size(); c++) {
      Domain.Numbers range = ranges().get(c);
      Measure place = sums.centre(c);
      centre.add(
          new Measure(
              place.value() * half(range) + range.minimum() / 2 + range.maximum() / 2,
              place.noiseDeviation() * half(range),
              place.samplingDeviation() * half(range)));
    }
    return centre;
  }

  private List<Domain.Numbers> ranges() {
    return features.fields().stream()
        .map(field -> (Domain.Numbers) field.columns().get(0).domain())
        .toList();
  }

  /** What 1 stands for. */
  private static double half(Domain.Numbers range) {
    return range.maximum() / 2 - range.minimum() / 2;
  }

  @Override
  public Optional<FeasibilityIndex> feasibility(long records) {
    return Optional.empty();
  }

  /** Sums of numbers have both signs. */
  @Override
  public int replacementFactor() {
    return 4;
  }
}
