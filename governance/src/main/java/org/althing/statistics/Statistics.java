package org.althing.statistics;

import java.util.ArrayList;
import java.util.List;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * Counts, means, deviations, quantiles, correlations and cross tables of the joint records as one
 * release (privacy §6).
 *
 * <p>Sensitivity: the squared L2 norm of one record is at most 1 per column in the histograms, 1
 * per number in its powers, the number of levels per tree, 1 per cross table, and 1 + d(d + 1)/2
 * for the products of d numbers; {@link Part} has the argument for each. ρ is divided in proportion
 * to these squares, which gives every coordinate of the vector the same noise in units of value.
 */
public final class Statistics implements Procedure<StatisticsFindings> {
  private final Schema schema;
  private final Layout layout;
  private final Rho rho;

  /**
   * @param schema of the records
   * @throws IllegalArgumentException where a column is not of the kind that its statistic needs
   */
  public Statistics(Schema schema, Request request, Rho rho) {
    this.schema = schema;
    this.layout = Layout.of(schema, request);
    this.rho = rho;
  }

  @Override
  public List<ReleaseTemplate> releases() {
    long squares = layout.parts().stream().mapToLong(Part::squaredNorm).sum();
    List<BlockDemand> demands = new ArrayList<>();
    for (Part part : layout.parts()) {
      Rho share = new Rho(rho.pico() / squares).times(part.squaredNorm());
      demands.add(new BlockDemand(part.name(), part.length(), part.bound(), share));
    }
    return List.of(new ReleaseTemplate("statistics", Partition.ALL, demands));
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new PartsQuery(schema, layout.parts());
  }

  @Override
  public StatisticsFindings conclude(List<Release> releases) {
    Release release = releases.get(0);
    List<NoisyBlock> blocks = new ArrayList<>();
    for (int b = 0; b < layout.parts().size(); b++) {
      blocks.add(new NoisyBlock(release.values(b), release.noiseDeviation(b)));
    }
    return findings(blocks);
  }

  /**
   * @param blocks one for each part of the layout
   */
  StatisticsFindings findings(List<NoisyBlock> blocks) {
    return new Decoder(layout, blocks).findings();
  }

  private record PartsQuery(Schema schema, List<Part> parts) implements SumQuery {
    @Override
    public Contributions over(RecordBatch batch) {
      if (!batch.schema().equals(schema)) {
        throw new IllegalArgumentException("the batch has other columns than the statistics");
      }
      return (row, sum) -> add(batch, row, sum);
    }

    private void add(RecordBatch batch, int row, ContributionSum sum) {
      sum.beginRecord(batch.unit(row));
      for (int b = 0; b < parts.size(); b++) {
        Part part = parts.get(b);
        Part.Contribution contribution = Part.Contribution.of(part.most());
        int used = part.write(batch, row, sum.scale(b), contribution);
        sum.add(b, contribution.index(), contribution.steps(), used);
      }
    }
  }
}
