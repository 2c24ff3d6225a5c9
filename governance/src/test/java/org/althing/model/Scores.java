package org.althing.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.althing.model.features.Classifier;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.table.RecordBatch;

/** Test fixture: how a model does on records in the clear. */
public record Scores(double accuracy, double auc) {
  private record Scored(double logit, int outcome) {}

  public static Scores of(Classifier model, List<RecordBatch> batches) {
    return model instanceof LinearModel linear
        ? of(linear, batches)
        : of((SoftmaxModel) model, batches);
  }

  public static Scores of(LinearModel model, List<RecordBatch> batches) {
    var scorer = model.scorer();
    var label = model.label().reader();
    List<Scored> scored = new ArrayList<>();
    int right = 0;
    for (RecordBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        Scored each = new Scored(scorer.logit(batch, row), label.outcome(batch, row));
        scored.add(each);
        right += (each.logit >= 0 ? 1 : 0) == each.outcome ? 1 : 0;
      }
    }
    return new Scores((double) right / scored.size(), auc(scored));
  }

  /** How often the likeliest class is right, and the mean area of each class against the rest. */
  public static Scores of(SoftmaxModel model, List<RecordBatch> batches) {
    var scorer = model.scorer();
    var label = model.label().reader();
    List<double[]> odds = new ArrayList<>();
    List<Integer> truths = new ArrayList<>();
    int right = 0;
    for (RecordBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        double[] scores = scorer.scores(batch, row);
        odds.add(SoftmaxModel.logOdds(scores));
        truths.add(label.outcome(batch, row));
        right += SoftmaxModel.largest(scores) == label.outcome(batch, row) ? 1 : 0;
      }
    }
    int classes = model.label().classes();
    double area = 0;
    for (int k = 0; k < classes; k++) {
      List<Scored> scored = new ArrayList<>();
      for (int i = 0; i < odds.size(); i++) {
        scored.add(new Scored(odds.get(i)[k], truths.get(i) == k ? 1 : 0));
      }
      area += auc(scored) / classes;
    }
    return new Scores((double) right / odds.size(), area);
  }

  private static double auc(List<Scored> scored) {
    scored.sort(Comparator.comparingDouble(Scored::logit));
    double area = 0;
    long negativesBelow = 0;
    long positives = 0;
    for (int i = 0; i < scored.size(); ) {
      int j = i;
      long tiedPositives = 0;
      while (j < scored.size() && scored.get(j).logit == scored.get(i).logit) {
        tiedPositives += scored.get(j).outcome;
        j++;
      }
      long tiedNegatives = j - i - tiedPositives;
      area += tiedPositives * (negativesBelow + tiedNegatives / 2.0);
      negativesBelow += tiedNegatives;
      positives += tiedPositives;
      i = j;
    }
    return area / ((double) positives * negativesBelow);
  }
}
