package org.althing.policy;

import org.althing.federation.Quorum;

/**
 * The least company an owner's data are counted in, and the most that is asked of them.
 *
 * @param leastNodes the fewest members of a study's roster
 * @param leastPeople the fewest people a study declares in public over all nodes; 0 asks for no
 *     declaration. The data are never counted for this: a refusal would tell their number
 * @param mostReleases the most releases of one study
 * @param leastColluders how many members working with the coordinator the noise must withstand
 * @param leastSurvivors the fewest nodes whose vectors may be added into a release
 */
public record Limits(
    int leastNodes, long leastPeople, int mostReleases, int leastColluders, int leastSurvivors) {
  public Limits {
    if (leastNodes < Quorum.LEAST_NODES) {
      throw new IllegalArgumentException(
          "the least number of nodes is %d or more: a sum of two tells each the other's part"
              .formatted(Quorum.LEAST_NODES));
    }
    if (leastPeople < 0 || mostReleases < 1 || leastColluders < 0 || leastSurvivors < 2) {
      throw new IllegalArgumentException(
          "people and colluders are 0 or more, releases 1 or more, survivors 2 or more");
    }
  }
}
