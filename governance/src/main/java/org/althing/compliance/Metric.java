package org.althing.compliance;

import java.util.List;
import java.util.Optional;
import org.althing.model.evaluation.GroupFindings;
import org.althing.model.evaluation.Performance;
import org.althing.release.Measure;
import org.althing.statistics.Interval;

/**
 * One figure of a model on the held-out records.
 *
 * @param key for programs
 * @param found absent where it does not stand above the noise
 * @param most the largest value it can have; noise may have carried it beyond
 */
record Metric(String key, Phrase name, Optional<Measure> found, double most) {
  static List<Metric> of(Performance performance) {
    Performance.Rates rates = performance.rates();
    Performance.PositiveClass positive = performance.positiveClass();
    Performance.Probabilities probabilities = performance.probabilities();
    return List.of(
        share("accuracy", Phrase.of("Accuracy at probability ½", "概率 ½ 处的准确率"), rates.accuracy()),
        share(
            "commoner_class_accuracy",
            Phrase.of("Accuracy of always saying the commoner class", "总是回答多数类的准确率"),
            rates.commonerClass()),
        share("auc", Phrase.of("Area under the ROC curve", "ROC 曲线下面积"), rates.auc()),
        share(
            "precision",
            Phrase.of("Precision at probability ½", "概率 ½ 处的精确率"),
            positive.precision()),
        share("recall", Phrase.of("Recall at probability ½", "概率 ½ 处的召回率"), positive.recall()),
        share("f1", Phrase.of("F1 at probability ½", "概率 ½ 处的 F1"), positive.f1()),
        new Metric(
            "log_loss", Phrase.of("Log-loss", "对数损失"), probabilities.logLoss(), Double.MAX_VALUE),
        share("brier", Phrase.of("Brier score", "Brier 分数"), probabilities.brier()),
        share("base_rate", Phrase.of("Share of positive records", "阳性记录占比"), rates.baseRate()));
  }

  /** Of one group, at probability ½. */
  static List<Metric> of(GroupFindings.Group group) {
    return List.of(
        share("accuracy", Phrase.of("Accuracy", "准确率"), group.accuracy()),
        share(
            "predicted_positive",
            Phrase.of("Predicted positive", "预测为阳性"),
            group.predictedPositive()),
        share(
            "true_positive_rate",
            Phrase.of("True positive rate", "真阳性率"),
            group.truePositiveRate()),
        share(
            "false_positive_rate",
            Phrase.of("False positive rate", "假阳性率"),
            group.falsePositiveRate()),
        share("auc", Phrase.of("Area under the ROC curve", "ROC 曲线下面积"), group.auc()));
  }

  private static Metric share(String key, Phrase name, Optional<Measure> found) {
    return new Metric(key, name, found, 1);
  }

  /** Of {@link #found}, cut to what is possible. */
  double value(Measure measure) {
    return Math.max(0, Math.min(most, measure.value()));
  }

  /** Of 95 %, by noise and sampling together, cut to what is possible. */
  Interval interval(Measure measure) {
    return Interval.of(measure).within(0, most);
  }
}
