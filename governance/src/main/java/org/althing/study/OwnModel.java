package org.althing.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.PartitionedSum;
import org.althing.release.Release;
import org.althing.release.ReleaseSpec;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;

/**
 * What one organisation would have alone: the study's model by the study's own rounds over its own
 * rows, without noise, and how that model and the federation's do on its own held-out rows.
 *
 * <p>For the eyes of its own staff. Nothing is charged because nothing leaves: what comes out is
 * exact and must never leave the node.
 *
 * @param alone fitted to and evaluated on the own rows; of several candidates the best on them
 * @param federation the federation's model, evaluated on the own held-out rows
 */
public record OwnModel(StudyOutcome alone, StudyOutcome federation) {
  /**
   * Trainers damp by the noise that they are told of, and told of none they would divide by it:
   * they are told of noise at this cost, about a thirtieth of what a single record may add.
   */
  private static final Rho NEXT_TO_NO_NOISE = Rho.roundedUp(800);

  /** Reads the own rows, as often as it is asked to. */
  public interface Rows<X extends Exception> {
    void scan(Consumer<RecordBatch> consumer) throws X;
  }

  /**
   * Trains and evaluates.
   *
   * @param planned a study that fits a model and holds rows out for its evaluation
   * @param releases the federation's, all of them
   * @param rows under the study's cleaning, units and split
   */
  public static <X extends Exception> OwnModel of(
      Planning.Planned planned, List<Release> releases, Rows<X> rows) throws X {
    Plan plan = planned.plan();
    if (plan.holdoutPercent() == 0 || releases.size() != plan.releases().size()) {
      throw new IllegalArgumentException(
          "only a study that came to its end and holds rows out has its model compared");
    }
    List<Release> own = new ArrayList<>();
    for (int r = 0; r < releases.size(); r++) {
      own.add(exact(planned, r, own, rows));
    }
    int last = releases.size() - 1;
    Release there = exact(planned, last, releases.subList(0, last), rows);
    Programme programme = planned.programme();
    return new OwnModel(programme.conclude(own), programme.concludeElsewhere(releases, there));
  }

  /** What the own rows alone add to a release. */
  private static <X extends Exception> Release exact(
      Planning.Planned planned, int release, List<Release> before, Rows<X> rows) throws X {
    ReleaseTemplate asked = planned.programme().releases().get(release);
    NoisePlan noise =
        NoisePlan.calibrate(
            asked.blocks().stream().map(b -> hardlyNoised(b, asked.blocks().size())).toList(),
            planned.plan().releases().get(release).noise().rowsPerUnit(),
            1);
    SumQuery query = planned.programme().query(release, List.copyOf(before));
    PartitionedSum sum =
        new PartitionedSum(query, noise, asked.partition(), planned.plan().holdoutPercent());
    rows.scan(sum::add);
    return new Release(
        new ReleaseSpec(asked.name(), asked.partition(), noise),
        sum.finish().openForItsOwner(),
        asked.partition() == Partition.HOLDOUT ? 0 : 1);
  }

  private static BlockDemand hardlyNoised(BlockDemand block, int blocks) {
    Rho share = new Rho(NEXT_TO_NO_NOISE.pico() / blocks);
    return new BlockDemand(block.name(), block.length(), block.bound(), share);
  }
}
