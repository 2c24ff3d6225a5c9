package org.althing.sheet;

import org.althing.release.ReleaseSpec;
import org.althing.study.Plan;
import org.althing.vector.Block;

/**
 * One block of one release in units of value.
 *
 * @param unitNorm the most that one privacy unit can move the block, as L2 norm
 * @param deviationOfNode of the noise that each node adds to each number
 * @param deviationOfSum of the noise in the released sum if every node survives
 */
public record ReleaseSize(
    String release,
    String partition,
    String block,
    int numbers,
    double unitNorm,
    double deviationOfNode,
    double deviationOfSum) {
  public static ReleaseSize of(Plan plan, int release, int block) {
    ReleaseSpec spec = plan.releases().get(release);
    Block shape = spec.noise().shape().blocks().get(block);
    double node = (double) spec.noise().sigmas().get(block) / shape.scale();
    double norm = Math.sqrt((double) shape.recordL2Squared()) / shape.scale();
    return new ReleaseSize(
        spec.name(),
        switch (spec.partition()) {
          case ALL -> "all";
          case TRAIN -> "training";
          case HOLDOUT -> "hold-out";
        },
        shape.name(),
        shape.length(),
        norm * spec.noise().rowsPerUnit(),
        node,
        node * Math.sqrt((double) plan.quorum().nodes()));
  }
}
