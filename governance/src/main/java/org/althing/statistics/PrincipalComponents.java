package org.althing.statistics;

import java.util.List;
import org.althing.release.Measure;

/**
 * The principal components of a released correlation matrix, the largest first.
 *
 * <p>They follow from what was released and cost nothing. Errors are known to first order, which is
 * too little where two eigenvalues lie within their errors: noise drives such apart.
 *
 * @param columns whose variances stand above the noise, at least {@link #LEAST_COLUMNS}
 * @param components as many as columns
 * @param above how many, from the first, stand above what noise and sampling alone would show
 */
public record PrincipalComponents(List<String> columns, List<Component> components, int above) {
  /** Of two columns, components say no more than their correlation. */
  public static final int LEAST_COLUMNS = 3;

  public PrincipalComponents {
    columns = List.copyOf(columns);
    components = List.copyOf(components);
  }

  /**
   * One component.
   *
   * @param share of the variance of all columns, each counting alike: the eigenvalue by their
   *     number
   * @param total the 95 % interval of the share by noise and sampling together, within 0 and 1
   * @param byChance what the share of the component of this rank stays below in 95 % of releases
   *     over numbers that have nothing to do with each other
   * @param loadings its correlation with each column, the largest positive; empty unless it stands
   *     above chance
   */
  public record Component(
      Measure eigenvalue, Measure share, Interval total, double byChance, List<Measure> loadings) {
    public Component {
      loadings = List.copyOf(loadings);
    }
  }
}
