package org.althing.quality;

import java.util.Arrays;
import java.util.List;
import org.althing.contract.QualityRule;
import org.althing.privacy.Rho;
import org.althing.release.Estimate;
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
  private final List<WordSum> words;
  private final long[] wordSums;

  /** Of all columns. */
  public LocalAudit(Schema schema, List<QualityRule> rules) {
    this.audit = new QualityAudit(schema, List.of(), rules, NOTHING_PAID);
    this.cells = audit.cells();
    this.counts = new long[cells.length()];
    this.words = audit.wordSums();
    this.wordSums = new long[words.size()];
  }

  /** Of records whose units nobody needs to know. */
  public void add(RecordBatch batch) {
    cells.count(batch, counts);
    for (int w = 0; w < wordSums.length; w++) {
      for (int row = 0; row < batch.rows(); row++) {
        wordSums[w] += words.get(w).of(batch, row);
      }
    }
  }

  public QualityFindings findings() {
    return audit.findings(
        Arrays.stream(counts).asDoubleStream().toArray(),
        0,
        Arrays.stream(wordSums).mapToObj(sum -> new Estimate(sum, 0)).toList());
  }
}
