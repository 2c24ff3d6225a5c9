package org.althing.model.features;

import org.althing.privacy.ContributionSum;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;

/** A sum over labelled records as sparse vectors; one without a label adds nothing. */
public interface LabelledQuery extends SumQuery {
  FeatureSpace.RowEncoder encoder();

  Label.Reader label();

  /**
   * Adds what one record contributes, to a sum that has begun it.
   *
   * @param outcome of its label
   */
  void add(SparseRow record, int outcome, ContributionSum sum);

  @Override
  default Contributions over(RecordBatch batch) {
    EncodedRecords records = encoder().over(batch);
    Label.Reader label = label();
    return (row, sum) -> {
      if (label.isLabelled(batch, row)) {
        sum.beginRecord(batch.unit(row));
        add(records.at(row), label.outcome(batch, row), sum);
      }
    };
  }
}
