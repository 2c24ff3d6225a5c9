package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.model.evaluation.ClassGroupFindings;
import org.althing.model.evaluation.ClassPerformance;
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

  /** The figures over all classes, then of each class how it is found. */
  static List<Metric> of(ClassPerformance performance) {
    Performance.Probabilities probabilities = performance.probabilities();
    ClassPerformance.Figures macro = performance.macro();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(share("accuracy", Phrase.of("Accuracy", "准确率"), performance.accuracy()));
    metrics.add(
        share(
            "commonest_class_accuracy",
            Phrase.of("Accuracy of always saying the commonest class", "总是回答最常见类别的准确率"),
            performance.commonestClass()));
    addAll(metrics, "macro", Phrase.of("mean over the classes", "各类别平均"), macro);
    metrics.add(
        new Metric(
            "log_loss", Phrase.of("Log-loss", "对数损失"), probabilities.logLoss(), Double.MAX_VALUE));
    metrics.add(
        new Metric("brier", Phrase.of("Brier score", "Brier 分数"), probabilities.brier(), 2));
    for (ClassPerformance.OneClass each : performance.classes()) {
      addAll(metrics, each.name(), Phrase.same(each.name()), each.figures());
    }
    return metrics;
  }

  private static void addAll(
      List<Metric> metrics, String of, Phrase who, ClassPerformance.Figures figures) {
    metrics.add(
        share(
            "precision:" + of,
            Phrase.of("Precision, %s", "精确率，%s").with(who),
            figures.precision()));
    metrics.add(
        share("recall:" + of, Phrase.of("Recall, %s", "召回率，%s").with(who), figures.recall()));
    metrics.add(share("f1:" + of, Phrase.of("F1, %s", "F1，%s").with(who), figures.f1()));
    metrics.add(
        share(
            "auc:" + of,
            Phrase.of("Area under the ROC curve against the rest, %s", "对其余类别的 ROC 曲线下面积，%s")
                .with(who),
            figures.auc()));
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

  /** Of one group, by the likeliest class. */
  static List<Metric> of(List<String> classes, ClassGroupFindings.Group group) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(share("accuracy", Phrase.of("Accuracy", "准确率"), group.accuracy()));
    for (int k = 0; k < classes.size(); k++) {
      metrics.add(
          share(
              "recall:" + classes.get(k),
              Phrase.of("Recall, %s", "召回率，%s").with(classes.get(k)),
              group.classes().get(k).recall()));
    }
    return metrics;
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
