package org.althing.statistics;

import java.util.Arrays;

/**
 * How much one column tells of another, by a noisy table of the cells of both: the mutual
 * information and χ², each beside what it would reach by chance if the columns did not depend on
 * one another.
 *
 * <p>By chance means noise and sampling together: residuals of a table with row shares p, column
 * shares q and N records have covariance P⊗Q + (σ²/N)·A⊗B over √(E), with P and Q the projections
 * beside √p and √q, and A = diag(p)^-½·(I − p1ᵀ)·U·(I − 1pᵀ)·diag(p)^-½, where U is how many noisy
 * numbers stand in each row; so B of columns. χ² is then a sum of squares with mean tr and variance
 * 2·tr² of that matrix, which a scaled χ² of the same mean and variance stands for (Satterthwaite
 * 1946, its quantiles by Wilson and Hilferty 1931). Post-processing of released numbers alone.
 *
 * @param information mutual information in bits, less what chance adds on average; may be below 0
 * @param informationByChance what {@code information} would exceed by chance seldom
 * @param chiSquared Σ (count − expected)² / expected
 * @param chiSquaredByChance what {@code chiSquared} would exceed by chance as seldom
 */
public record Association(
    double information, double informationByChance, double chiSquared, double chiSquaredByChance) {
  private static final Association NONE = new Association(0, 0, 0, 0);

  /** Whether too little stands above the noise to say anything, not even what chance would show. */
  public boolean isDrowned() {
    return equals(NONE);
  }

  /** Whether the columns depend on one another beyond chance. */
  public boolean isTold() {
    return chiSquared > chiSquaredByChance;
  }

  /**
   * The association of a table whose numbers each carry independent noise.
   *
   * @param counts [row][column], all rows of one length
   * @param noise standard deviation of the noise on each
   * @param tables among so many tables, of columns that all tell nothing, any one is above {@code
   *     ByChance} in at most 5 % of cases (Bonferroni)
   * @return where fewer than two rows or columns stand above the noise, nothing is told: all 0
   */
  public static Association of(double[][] counts, double noise, int tables) {
    TableSide rows = TableSide.ofRows(counts, noise);
    TableSide columns = TableSide.ofRows(transposed(counts), noise);
    if (rows.size() < 2 || columns.size() < 2) {
      return NONE;
    }
    double[][] table = transposed(columns.merged(transposed(rows.merged(counts))));
    double[] ofRows = sums(table);
    double[] ofColumns = sums(transposed(table));
    double all = Arrays.stream(ofRows).sum();
    if (!(Math.min(least(ofRows), least(ofColumns)) > 0)) {
      return NONE;
    }
    double[] p = Arrays.stream(ofRows).map(sum -> sum / all).toArray();
    double[] q = Arrays.stream(ofColumns).map(sum -> sum / all).toArray();
    double[][] a = rows.noise(p);
    double[][] b = columns.noise(q);
    double share = noise * noise / all;
    double free = (rows.size() - 1.0) * (columns.size() - 1);
    double mean = free + share * trace(a) * trace(b);
    double square =
        free + 2 * share * trace(a) * trace(b) + share * share * squares(a) * squares(b);
    double most = quantile(mean, 2 * square, 0.05 / tables);
    double chiSquared = 0;
    double information = 0;
    for (int r = 0; r < p.length; r++) {
      for (int c = 0; c < q.length; c++) {
        double expected = all * p[r] * q[c];
        double apart = table[r][c] - expected;
        chiSquared += apart * apart / expected;
        double count = Math.max(0, table[r][c]);
        information += (count > 0 ? count * StrictMath.log(count / expected) : 0) - apart;
      }
    }
    double bits = all * StrictMath.log(2);
    return new Association(
        (information - mean / 2) / bits, (most - mean) / 2 / bits, chiSquared, most);
  }

  /**
   * What a sum of squares of this mean and variance exceeds with probability {@code chance}.
   *
   * @param chance 0 to ½
   */
  private static double quantile(double mean, double variance, double chance) {
    double freedom = 2 * mean * mean / variance;
    double part = 2 / (9 * freedom);
    double root = 1 - part + normal(chance) * StrictMath.sqrt(part);
    return mean * root * root * root;
  }

  /** The same of the normal distribution, to 0.0005 (Abramowitz and Stegun 26.2.23). */
  private static double normal(double chance) {
    double t = StrictMath.sqrt(-2 * StrictMath.log(chance));
    double above = 2.515517 + t * (0.802853 + t * 0.010328);
    double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return t - above / below;
  }

  private static double[] sums(double[][] table) {
    return Arrays.stream(table).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double[][] transposed(double[][] table) {
    double[][] turned = new double[table[0].length][table.length];
    for (int r = 0; r < table.length; r++) {
      for (int c = 0; c < table[r].length; c++) {
        turned[c][r] = table[r][c];
      }
    }
    return turned;
  }

  private static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }

  private static double squares(double[][] symmetric) {
    double squares = 0;
    for (double[] row : symmetric) {
      for (double value : row) {
        squares += value * value;
      }
    }
    return squares;
  }
}
