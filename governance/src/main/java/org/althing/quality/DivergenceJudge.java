package org.althing.quality;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure.Drift;
import org.althing.contract.RuleMeasure.Drift.Distance;
import org.althing.release.Estimate;
import org.althing.release.Renoising;

/**
 * Whether a drift that sums over all cells stays below its threshold t.
 *
 * <p>Noise alone makes any two spreads differ, so the released drift is compared not with t but
 * with what noise makes of counts whose true drift is t: those on the way from the reference
 * through the released shares, re-noised 999 times. FAIL and PASS are the one-sided Monte Carlo
 * tests of "at most t" and "at least t" at 2.5 % each (Davison and Hinkley 1997, §4.2). In which
 * cells the drift is has to be estimated, so these rates are approximate; the tests measure them.
 * Noise hides a drift best in the smallest cells, so PASS must hold up against one that fills or
 * empties these as well. Where noise on the reference itself would show as more than t/4, the cells
 * are too noisy for this drift and nothing is judged.
 */
final class DivergenceJudge {
  private static final int RESAMPLES = 999;
  private static final double ALPHA = 0.025;
  private static final double Z = 1.96;
  private static final double MOST_FLOOR = 0.25;
  private static final int HALVINGS = 60;

  private final Distance distance;
  private final double[] reference;
  private final double[] counts;
  private final double total;
  private final double noiseDeviation;

  /** The same fresh noise for every spread that is asked for. */
  private final double[] noise;

  /**
   * @param counts of all cells, whose sum stands above its noise
   * @param noiseDeviation of each count
   */
  DivergenceJudge(Drift drift, double[] counts, double noiseDeviation) {
    this.distance = drift.distance();
    this.reference = drift.reference().stream().mapToDouble(Double::doubleValue).toArray();
    this.counts = counts.clone();
    this.total = Arrays.stream(counts).sum();
    this.noiseDeviation = noiseDeviation;
    this.noise = new double[noiseDeviation == 0 ? 0 : RESAMPLES * counts.length];
    Renoising deviates = new Renoising(counts, reference, noiseDeviation);
    Arrays.setAll(noise, i -> noiseDeviation * deviates.next());
  }

  RuleOutcome.Judged judge(QualityRule rule) {
    double[] shares = Divergence.shares(counts);
    double found = drift(shares);
    double most = rule.threshold();
    if (noiseDeviation == 0) {
      return new RuleOutcome.Judged(
          rule,
          found <= most ? RuleVerdict.PASS : RuleVerdict.FAIL,
          Optional.of(new Estimate(found, 0)),
          Optional.of(1.0));
    }
    double floor = mean(renoised(reference));
    if (floor > MOST_FLOOR * most) {
      return RuleOutcome.Judged.belowNoise(
          rule, floor, RuleJudge.factor(floor / (MOST_FLOOR * most)));
    }
    RuleVerdict verdict = verdict(found, most, shares);
    double[] moved = renoised(shares);
    double unbiased = Math.max(0, 2 * found - mean(moved));
    Estimate metric = new Estimate(unbiased, deviation(moved));
    return new RuleOutcome.Judged(
        rule,
        verdict,
        Optional.of(metric),
        RuleJudge.costFactor(verdict, unbiased - most, Z * metric.noiseDeviation()));
  }

  private RuleVerdict verdict(double found, double most, double[] shares) {
    double[] line = renoised(atDrift(most, shares));
    if (isRare(Arrays.stream(line).filter(drift -> drift >= found).count())) {
      return RuleVerdict.FAIL;
    }
    boolean passes =
        isBelow(found, line)
            && isBelow(found, renoised(atDrift(most, onlySmallest())))
            && isBelow(found, renoised(atDrift(most, withoutSmallest(most))));
    return passes ? RuleVerdict.PASS : RuleVerdict.INCONCLUSIVE;
  }

  private static boolean isBelow(double found, double[] line) {
    return isRare(Arrays.stream(line).filter(drift -> drift <= found).count());
  }

  private static boolean isRare(long times) {
    return times + 1 <= ALPHA * (RESAMPLES + 1);
  }

  /** What is released of a spread under fresh noise. */
  private double[] renoised(double[] shares) {
    double[] drifts = new double[RESAMPLES];
    double[] noisy = new double[shares.length];
    for (int i = 0; i < RESAMPLES; i++) {
      int first = i * noisy.length;
      Arrays.setAll(noisy, k -> total * shares[k] + noise[first + k]);
      drifts[i] = drift(Divergence.shares(noisy));
    }
    return drifts;
  }

  private int[] ascending() {
    return IntStream.range(0, reference.length)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> reference[k]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double[] onlySmallest() {
    double[] shares = new double[reference.length];
    shares[ascending()[0]] = 1;
    return shares;
  }

  /** The reference without as few of its smallest cells as make a drift of {@code most}. */
  private double[] withoutSmallest(double most) {
    double[] shares = reference.clone();
    int[] smallest = ascending();
    for (int i = 0; i + 1 < smallest.length && drift(Divergence.shares(shares)) < most; i++) {
      shares[smallest[i]] = 0;
    }
    return Divergence.shares(shares);
  }

  private double drift(double[] shares) {
    return Divergence.of(distance, shares, reference);
  }

  /**
   * The spread of drift {@code most} on the ray from the reference through {@code shares}; the
   * farthest one where none is so far, whose lesser drift makes PASS harder.
   */
  private double[] atDrift(double most, double[] shares) {
    double near = 0;
    double far = 1;
    while (drift(onRay(far, shares)) < most && far < 1e6) {
      near = far;
      far *= 2;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (near + far) / 2;
      if (drift(onRay(middle, shares)) < most) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return onRay(near, shares);
  }

  private double[] onRay(double factor, double[] shares) {
    double[] point = new double[shares.length];
    Arrays.setAll(point, k -> reference[k] + factor * (shares[k] - reference[k]));
    return Divergence.shares(point);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return StrictMath.sqrt(squares / (values.length - 1));
  }
}
