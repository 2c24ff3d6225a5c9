package org.althing.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.RandomWords;
import org.althing.table.RecordBatch;

/**
 * Test fixture: runs a procedure over nodes' batches in one thread, without masks or ledgers.
 *
 * @param honestSurvivors what the noise shares are calibrated to
 * @param words for the noise shares; none for exact sums
 * @param holdoutPercent of the split
 */
public record PaperFederation(
    int honestSurvivors, int rowsPerUnit, int holdoutPercent, Optional<RandomWords> words) {
  public static PaperFederation exact() {
    return new PaperFederation(1, 1, 0, Optional.empty());
  }

  public static PaperFederation noisy(int honestSurvivors, long seed) {
    return new PaperFederation(honestSurvivors, 1, 0, Optional.of(OpenedSums.words(seed)));
  }

  public <R> R run(Procedure<R> procedure, List<RecordBatch> nodes) {
    return procedure.conclude(releases(procedure, nodes));
  }

  public List<Release> releases(Procedure<?> procedure, List<RecordBatch> nodes) {
    List<Release> done = new ArrayList<>();
    for (int index = 0; index < procedure.releases().size(); index++) {
      done.add(release(procedure, index, List.copyOf(done), nodes));
    }
    return done;
  }

  /**
   * One release.
   *
   * @param before those that it follows from
   */
  public Release release(
      Procedure<?> procedure, int index, List<Release> before, List<RecordBatch> nodes) {
    ReleaseTemplate template = procedure.releases().get(index);
    NoisePlan plan = NoisePlan.calibrate(template.blocks(), rowsPerUnit, honestSurvivors);
    SumQuery query = procedure.query(index, before);
    long[] total = new long[plan.shape().length()];
    for (RecordBatch node : nodes) {
      add(total, share(localSum(query, template, plan, node)));
    }
    ReleaseSpec spec = new ReleaseSpec(template.name(), template.partition(), plan);
    return new Release(spec, total, nodes.size());
  }

  private ContributionSum localSum(
      SumQuery query, ReleaseTemplate template, NoisePlan plan, RecordBatch node) {
    ContributionSum sum = new ContributionSum(plan);
    SumQuery.Contributions contributions = query.over(node);
    for (int row = 0; row < node.rows(); row++) {
      if (template.partition().takes(node.hundredth(row), holdoutPercent)) {
        contributions.add(row, sum);
      }
    }
    return sum;
  }

  private long[] share(ContributionSum sum) {
    return words.isPresent() ? OpenedSums.noised(sum, words.get()) : OpenedSums.exact(sum);
  }

  private static void add(long[] total, long[] share) {
    for (int i = 0; i < total.length; i++) {
      total[i] += share[i];
    }
  }
}
