package org.althing.quality;

import java.util.Arrays;
import java.util.List;
import org.althing.contract.QualityRule;
import org.althing.privacy.Rho;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * The same audit over one organisation's own records, exact and without cost, for the eyes of its
 * own staff. Its findings have no noise and must never leave the node. Not safe for concurrent use.
 */
public final class LocalAudit {
  /** The layout of an audit does not depend on what is paid for it. */
  private static final Rho NOTHING_PAID = new Rho(1);

  private final QualityAudit audit;
  private final AuditCells cells;
  private final long[] counts;

  /** Of all columns. */
  public LocalAudit(Schema schema, List<QualityRule> rules) {
    this.audit = new QualityAudit(schema, List.of(), rules, NOTHING_PAID);
    this.cells = audit.cells();
    this.counts = new long[cells.length()];
  }

  /** Of records whose units nobody needs to know. */
  public void add(RecordBatch batch) {
    cells.count(batch, counts);
  }

  public QualityFindings findings() {
    return audit.findings(Arrays.stream(counts).asDoubleStream().toArray(), 0);
  }
}
