package org.althing.model.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.release.Simultaneous;

/**
 * How a model does in each group of the held-out records, at probability ½, and how far groups are
 * apart.
 *
 * <p>The gaps are between the declared groups: records whose group is not known are none.
 *
 * @param column whose cells the groups are
 * @param groups the declared ones in the contract's order, then the records whose group is not
 *     known
 * @param demographicParity of the shares predicted positive; absent where fewer than two groups
 *     stand above the noise
 * @param equalOpportunity of the true positive rates, likewise
 */
public record GroupFindings(
    String column,
    List<Group> groups,
    Optional<Gap> demographicParity,
    Optional<Gap> equalOpportunity) {
  public GroupFindings {
    groups = List.copyOf(groups);
  }

  static GroupFindings of(String column, List<Group> groups) {
    List<Group> declared = groups.subList(0, groups.size() - 1);
    return new GroupFindings(
        column,
        groups,
        gap(declared, Group::predictedPositive),
        gap(declared, Group::truePositiveRate));
  }

  /**
   * One group; a figure is absent where its denominator does not stand above the noise.
   *
   * @param records labelled held-out records
   * @param baseRate share of positive records
   * @param predictedPositive share of records at probability ½ and more
   * @param truePositiveRate their share among the positive records
   * @param falsePositiveRate their share among the negative records
   */
  public record Group(
      String name,
      Estimate records,
      Optional<Measure> baseRate,
      Optional<Measure> predictedPositive,
      Optional<Measure> accuracy,
      Optional<Measure> truePositiveRate,
      Optional<Measure> falsePositiveRate,
      Optional<Measure> auc) {}

  /**
   * The largest difference of a rate between any two groups.
   *
   * <p>The largest of several noisy differences is too large on average; the interval allows for
   * it. It holds the true largest difference in at least 95 % of cases, because the intervals of
   * all pairs hold at once (Bonferroni).
   *
   * @param lowest the group with the lowest rate found
   * @param highest the group with the highest
   * @param compared how many groups stand above the noise
   * @param value the difference of these two, not clipped
   * @param low 0 to 1; 0 where no difference is told from noise
   * @param high 0 to 1
   */
  public record Gap(
      String lowest, String highest, int compared, double value, double low, double high) {
    /**
     * The largest difference.
     *
     * @param names of the groups, two or more
     * @param rates of each
     * @param z how many deviations of a difference its interval reaches to either side
     */
    static Gap of(List<String> names, List<Measure> rates, double z) {
      double low = 0;
      double high = 0;
      int lowest = 0;
      int highest = 0;
      for (int i = 0; i < rates.size(); i++) {
        lowest = rates.get(i).value() < rates.get(lowest).value() ? i : lowest;
        highest = rates.get(i).value() > rates.get(highest).value() ? i : highest;
        for (int j = 0; j < i; j++) {
          double distance = Math.abs(rates.get(i).value() - rates.get(j).value());
          double reach = z * deviationOfDifference(rates.get(i), rates.get(j));
          low = Math.max(low, distance - reach);
          high = Math.max(high, distance + reach);
        }
      }
      return new Gap(
          names.get(lowest),
          names.get(highest),
          names.size(),
          rates.get(highest).value() - rates.get(lowest).value(),
          Math.min(1, low),
          Math.min(1, high));
    }

    /** Whether some two groups differ beyond noise and sampling. */
    public boolean isTold() {
      return low > 0;
    }
  }

  private static Optional<Gap> gap(List<Group> groups, Function<Group, Optional<Measure>> rate) {
    List<Group> shown = groups.stream().filter(g -> rate.apply(g).isPresent()).toList();
    if (shown.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        Gap.of(
            shown.stream().map(Group::name).toList(),
            shown.stream().map(g -> rate.apply(g).orElseThrow()).toList(),
            Simultaneous.quantile(shown.size() * (shown.size() - 1) / 2)));
  }

  /** Of two whose errors are independent, as those of groups, which share no record. */
  static double deviationOfDifference(Measure a, Measure b) {
    double first = a.totalDeviation();
    double second = b.totalDeviation();
    return StrictMath.sqrt(first * first + second * second);
  }
}
