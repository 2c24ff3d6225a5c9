package org.althing.model.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.althing.model.evaluation.GroupFindings.Gap;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.release.Simultaneous;

/**
 * How a model of K classes does in each group of the held-out records, by its likeliest class, and
 * how far groups are apart.
 *
 * <p>The gaps are between the declared groups, and those of all classes hold at once: each rate is
 * looked at K times.
 *
 * @param column whose cells the groups are
 * @param classes in the order of the label's values
 * @param groups the declared ones in the contract's order, then the records whose group is not
 *     known
 * @param accuracy of the groups' accuracies
 * @param demographicParity by class, of the shares predicted as it
 * @param equalOpportunity by class, of the recalls
 */
public record ClassGroupFindings(
    String column,
    List<String> classes,
    List<Group> groups,
    Optional<Gap> accuracy,
    List<Optional<Gap>> demographicParity,
    List<Optional<Gap>> equalOpportunity) {
  public ClassGroupFindings {
    classes = List.copyOf(classes);
    groups = List.copyOf(groups);
    demographicParity = List.copyOf(demographicParity);
    equalOpportunity = List.copyOf(equalOpportunity);
  }

  /**
   * One group.
   *
   * @param records labelled held-out records
   */
  public record Group(
      String name, Estimate records, Optional<Measure> accuracy, List<OneClass> classes) {
    public Group {
      classes = List.copyOf(classes);
    }
  }

  /**
   * One class in one group; a figure is absent where its denominator does not stand above the
   * noise.
   *
   * @param share of the group's records
   * @param predicted share of the group's records that are predicted as it
   * @param recall share of those predicted as it among the group's records of it
   */
  public record OneClass(
      Optional<Measure> share, Optional<Measure> predicted, Optional<Measure> recall) {}

  static ClassGroupFindings of(String column, List<String> classes, List<Group> groups) {
    List<Group> declared = groups.subList(0, groups.size() - 1);
    return new ClassGroupFindings(
        column,
        classes,
        groups,
        gap(declared, Group::accuracy, 1),
        byClass(declared, classes.size(), OneClass::predicted),
        byClass(declared, classes.size(), OneClass::recall));
  }

  private static List<Optional<Gap>> byClass(
      List<Group> groups, int classes, Function<OneClass, Optional<Measure>> rate) {
    return IntStream.range(0, classes)
        .mapToObj(k -> gap(groups, group -> rate.apply(group.classes().get(k)), classes))
        .toList();
  }

  private static Optional<Gap> gap(
      List<Group> groups, Function<Group, Optional<Measure>> rate, int together) {
    List<Group> shown = groups.stream().filter(g -> rate.apply(g).isPresent()).toList();
    int pairs = shown.size() * (shown.size() - 1) / 2;
    return shown.size() < 2
        ? Optional.empty()
        : Optional.of(
            Gap.of(
                shown.stream().map(Group::name).toList(),
                shown.stream().map(g -> rate.apply(g).orElseThrow()).toList(),
                Simultaneous.quantile(pairs * together)));
  }
}
