package org.althing.study;

import java.util.OptionalInt;
import org.althing.federation.Quorum;

/** The numbers of a quorum that somebody chose; the others follow from them and from n. */
public record QuorumChoice(
    OptionalInt threshold,
    OptionalInt colluders,
    OptionalInt leastCohort,
    OptionalInt leastSurvivors) {
  public static final QuorumChoice NONE =
      new QuorumChoice(
          OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  public boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * The quorum of {@code nodes} members with these choices: without one, t = ⌊2n/3⌋ + 1, c = 1
   * where that is safe, m = max(3, t), u = t.
   *
   * @throws IllegalArgumentException where the numbers are not safe together
   */
  public Quorum over(int nodes) {
    int t = threshold.orElse(Math.min(nodes, 2 * nodes / 3 + 1));
    int c = colluders.orElse(Math.max(0, Math.min(1, 2 * t - nodes - 1)));
    return new Quorum(nodes, t, c, leastCohort.orElse(Math.max(3, t)), leastSurvivors.orElse(t));
  }
}
