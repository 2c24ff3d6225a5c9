package org.althing.quality;

import java.util.List;
import org.althing.contract.QualityRule;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.Column;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * Every column's verdicts and values as one release (privacy §6): missing, sentinel, unparsable,
 * out of range, not in set, and each declared cell.
 *
 * <p>A record adds 1 to exactly one cell of every column: its squared L2 norm is the number of
 * columns. Rules cost nothing more: they are read off the same cells.
 */
public final class QualityAudit implements Procedure<QualityFindings> {
  private final Schema schema;
  private final List<String> columns;
  private final List<QualityRule> rules;
  private final Rho rho;

  /**
   * @param schema of the records
   * @param columns names of the columns to audit, in this order; empty for all
   * @param rules the contract's; those on other columns are reported as not run
   */
  public QualityAudit(Schema schema, List<String> columns, List<QualityRule> rules, Rho rho) {
    this.schema = schema;
    this.columns =
        columns.isEmpty()
            ? schema.columns().stream().map(Column::name).toList()
            : List.copyOf(columns);
    if (this.columns.stream().distinct().count() != this.columns.size()
        || !this.columns.stream().allMatch(schema::contains)) {
      throw new IllegalArgumentException(
          "an audit names columns of the schema, each once; got " + this.columns);
    }
    this.rules = List.copyOf(rules);
    this.rho = rho;
  }

  @Override
  public List<ReleaseTemplate> releases() {
    Bound bound = Bound.Exact.ofCounts(columns.size());
    int length = cells().stream().mapToInt(ColumnCells::size).sum();
    return List.of(
        new ReleaseTemplate(
            "quality",
            Partition.ALL,
            List.of(new BlockDemand("column by cell", length, bound, rho))));
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new CellQuery(schema, cells());
  }

  @Override
  public QualityFindings conclude(List<Release> releases) {
    Release release = releases.get(0);
    return new QualityTable(cells(), release.values(0), release.noiseDeviation(0)).findings(rules);
  }

  private List<ColumnCells> cells() {
    return columns.stream()
        .map(name -> new ColumnCells(schema.column(name), schema.indexOf(name)))
        .toList();
  }

  private record CellQuery(Schema schema, List<ColumnCells> columns) implements SumQuery {
    @Override
    public void add(RecordBatch batch, int row, ContributionSum sum) {
      if (!batch.schema().equals(schema)) {
        throw new IllegalArgumentException("the batch has other columns than the audit");
      }
      int[] index = new int[columns.size()];
      long[] one = new long[columns.size()];
      int offset = 0;
      for (int c = 0; c < index.length; c++) {
        ColumnCells column = columns.get(c);
        index[c] = offset + column.cellOf(batch, row);
        one[c] = sum.scale(0);
        offset += column.size();
      }
      sum.beginRecord(batch.unit(row));
      sum.add(0, index, one, index.length);
    }
  }
}
