package org.althing.model;

import java.util.List;
import org.althing.model.features.LinearModel;
import org.althing.table.RecordBatch;

/**
 * Test fixture: how true a model's probabilities are on records in the clear.
 *
 * @param ece the calibration error in ten bins of probability
 */
public record ProbabilityScores(double logLoss, double brier, double ece) {
  private static final int BINS = 10;

  public static ProbabilityScores of(LinearModel model, List<RecordBatch> batches) {
    var scorer = model.scorer();
    var label = model.label().reader();
    double surprise = 0;
    double squares = 0;
    double records = 0;
    double[] excess = new double[BINS];
    for (RecordBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        double logit = scorer.logit(batch, row);
        int outcome = label.outcome(batch, row);
        double p = LinearModel.probabilityOf(logit);
        double wrong = outcome == 1 ? -logit : logit;
        surprise += Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong)));
        squares += (p - outcome) * (p - outcome);
        excess[Math.min(BINS - 1, (int) (p * BINS))] += p - outcome;
        records++;
      }
    }
    double apart = 0;
    for (double each : excess) {
      apart += Math.abs(each);
    }
    return new ProbabilityScores(surprise / records, squares / records, apart / records);
  }
}
