package org.althing.model.linear;

import java.util.Optional;
import org.althing.release.Release;

/**
 * The curvature that every round of a study asks for, worked out once of its first release: that
 * takes longer than the round's sum does. Safe for concurrent use.
 */
final class FirstCurvature {
  private final int dimension;
  private final double most;

  /** What was worked out last; another thread may work out the same once more. */
  private volatile Optional<Worked> latest = Optional.empty();

  private record Worked(Release release, double penalty, Curvature curvature) {
    /** Rounds pass on the one object that a study has of a release. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Release asked, double penaltyAsked) {
      return release == asked && penalty == penaltyAsked;
    }
  }

  /**
   * @param most κ
   */
  FirstCurvature(int dimension, double most) {
    this.dimension = dimension;
    this.most = most;
  }

  /** d. */
  int dimension() {
    return dimension;
  }

  /** As {@link Curvature#of}, of the release's first block. */
  Curvature of(Release first, double penalty) {
    Optional<Worked> known = latest.filter(worked -> worked.isOf(first, penalty));
    if (known.isPresent()) {
      return known.get().curvature();
    }
    Curvature curvature = Curvature.of(first, 0, dimension, most, penalty);
    latest = Optional.of(new Worked(first, penalty, curvature));
    return curvature;
  }
}
