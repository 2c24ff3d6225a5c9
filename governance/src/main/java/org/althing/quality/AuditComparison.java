package org.althing.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.contract.RuleMeasure.Drift.Distance;
import org.althing.quality.ColumnFindings.ValueShare;
import org.althing.release.Estimate;
import org.althing.release.Renoising;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What changed between two audits, from what they released and nothing else: it costs nobody
 * anything.
 *
 * <p>A share has changed where its difference exceeds what the noise of both audits makes likely,
 * with a chance of at most 5 % of one false alarm among all shares of all columns together
 * (Bonferroni). That other people came and went between the audits is not noise: it is the change.
 *
 * @param columns those that both audits have, in the later one's order, with equal cells
 * @param z how many deviations a difference must exceed
 */
public record AuditComparison(
    Estimate rowsBefore, Estimate rowsAfter, List<ColumnChange> columns, double z) {
  private static final double ALPHA = 0.05;
  private static final int RESAMPLES = 999;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  public AuditComparison {
    columns = List.copyOf(columns);
  }

  /**
   * A share of rows or of valid values.
   *
   * @param of the fault or the cell
   */
  public record ShareChange(String of, Estimate before, Estimate after) {
    public Estimate difference() {
      return new Estimate(
          after.value() - before.value(), StrictMath.sqrt(before.variance() + after.variance()));
    }
  }

  /**
   * How far the two spreads of a column's valid values are apart.
   *
   * @param found between the released shares
   * @param noiseAlone what equal spreads under the same noise stay below in 95 of 100 cases
   */
  public record Drift(Distance distance, double found, double noiseAlone) {}

  /**
   * One column.
   *
   * @param faults shares of all rows
   * @param values shares of the valid values; none where one audit's do not stand above its noise
   * @param drifts by each distance; none without values
   */
  public record ColumnChange(
      String column, List<ShareChange> faults, List<ShareChange> values, List<Drift> drifts) {
    public ColumnChange {
      faults = List.copyOf(faults);
      values = List.copyOf(values);
      drifts = List.copyOf(drifts);
    }

    /** The share that differs most for its noise; none where nothing could be compared. */
    public Optional<ShareChange> largest() {
      List<ShareChange> all = new ArrayList<>(faults);
      all.addAll(values);
      return all.stream()
          .max((a, b) -> Double.compare(deviations(a.difference()), deviations(b.difference())));
    }
  }

  private static double deviations(Estimate difference) {
    double size = Math.abs(difference.value());
    return difference.noiseDeviation() > 0
        ? size / difference.noiseDeviation()
        : size > 0 ? Double.MAX_VALUE : 0;
  }

  /** Whether a column's largest difference is beyond the noise. */
  public boolean isChanged(ColumnChange column) {
    return column.largest().map(change -> deviations(change.difference()) > z).orElse(false);
  }

  /** Compares two audits of one contract. */
  public static AuditComparison of(QualityFindings before, QualityFindings after) {
    List<ColumnChange> changes = new ArrayList<>();
    int shares = 0;
    for (ColumnFindings now : after.columns()) {
      Optional<ColumnFindings> then =
          before.columns().stream().filter(c -> c.column().equals(now.column())).findFirst();
      if (then.isPresent() && cells(then.get()).equals(cells(now))) {
        ColumnChange change = change(then.get(), now, before, after);
        shares += change.faults().size() + change.values().size();
        changes.add(change);
      }
    }
    double z = NORMAL.inverseCumulativeProbability(1 - ALPHA / (2 * Math.max(1, shares)));
    return new AuditComparison(before.rowCount(), after.rowCount(), changes, z);
  }

  private static List<String> cells(ColumnFindings column) {
    return column.values().stream().map(ValueShare::cell).toList();
  }

  private static ColumnChange change(
      ColumnFindings then, ColumnFindings now, QualityFindings before, QualityFindings after) {
    List<ShareChange> faults = new ArrayList<>();
    for (int f = 0; f < now.faults().size(); f++) {
      Optional<Estimate> was = then.faults().get(f).share().rate();
      Optional<Estimate> is = now.faults().get(f).share().rate();
      if (was.isPresent() && is.isPresent()) {
        faults.add(new ShareChange(now.faults().get(f).verdict().name(), was.get(), is.get()));
      }
    }
    Spread one = new Spread(then, before.cellDeviation());
    Spread other = new Spread(now, after.cellDeviation());
    if (one.counts.length < 2 || !one.isBase() || !other.isBase()) {
      return new ColumnChange(now.column(), faults, List.of(), List.of());
    }
    List<ShareChange> values = new ArrayList<>();
    for (int k = 0; k < one.counts.length; k++) {
      values.add(new ShareChange(now.values().get(k).cell(), one.share(k), other.share(k)));
    }
    return new ColumnChange(now.column(), faults, values, drifts(one, other));
  }

  /** A column's valid values. */
  private static final class Spread {
    private final double[] counts;
    private final double deviation;
    private final Estimate total;

    Spread(ColumnFindings column, double deviation) {
      this.counts = column.values().stream().mapToDouble(v -> v.share().count().value()).toArray();
      this.deviation = deviation;
      this.total =
          new Estimate(
              Arrays.stream(counts).sum(), deviation * StrictMath.sqrt(Math.max(1, counts.length)));
    }

    boolean isBase() {
      return QualityTable.isBase(total);
    }

    Estimate share(int cell) {
      return Estimate.ratio(new Estimate(counts[cell], deviation), total, deviation * deviation);
    }
  }

  private static List<Drift> drifts(Spread one, Spread other) {
    double[] both = new double[one.counts.length];
    Arrays.setAll(both, k -> Math.max(0, one.counts[k]) + Math.max(0, other.counts[k]));
    double[] pooled = Divergence.shares(both);
    Map<Distance, double[]> noise = new EnumMap<>(Distance.class);
    for (Distance distance : Distance.values()) {
      noise.put(distance, new double[RESAMPLES]);
    }
    Renoising deviates = new Renoising(one.counts, other.counts, one.deviation + other.deviation);
    double[] first = new double[pooled.length];
    double[] second = new double[pooled.length];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(first, k -> one.total.value() * pooled[k] + one.deviation * deviates.next());
      Arrays.setAll(
          second, k -> other.total.value() * pooled[k] + other.deviation * deviates.next());
      double[] then = Divergence.shares(first);
      double[] now = Divergence.shares(second);
      int run = i;
      noise.forEach((distance, alone) -> alone[run] = between(distance, then, now, pooled));
    }
    List<Drift> drifts = new ArrayList<>();
    noise.forEach(
        (distance, alone) -> {
          Arrays.sort(alone);
          double found =
              between(
                  distance, Divergence.shares(one.counts), Divergence.shares(other.counts), pooled);
          drifts.add(new Drift(distance, found, alone[(int) ((1 - ALPHA) * (RESAMPLES + 1)) - 1]));
        });
    return drifts;
  }

  /**
   * From the earlier to the later shares; where a divergence divides by the earlier ones, an empty
   * cell counts as a tenth of what both have in it.
   */
  private static double between(Distance distance, double[] then, double[] now, double[] pooled) {
    return switch (distance) {
      case L_INFINITY ->
          IntStream.range(0, now.length)
              .mapToDouble(k -> Math.abs(now[k] - then[k]))
              .max()
              .orElse(0);
      case KOLMOGOROV_SMIRNOV -> {
        double sum = 0;
        double most = 0;
        for (int k = 0; k < now.length; k++) {
          sum += now[k] - then[k];
          most = Math.max(most, Math.abs(sum));
        }
        yield most;
      }
      case JENSEN_SHANNON -> Divergence.of(distance, now, then);
      case STABILITY_INDEX, CHI_SQUARE -> Divergence.of(distance, now, filled(then, pooled));
    };
  }

  private static double[] filled(double[] shares, double[] pooled) {
    double[] filled = new double[shares.length];
    Arrays.setAll(
        filled,
        k -> Math.max(shares[k], Math.max(Divergence.LEAST_PART * pooled[k], Double.MIN_NORMAL)));
    return filled;
  }
}
