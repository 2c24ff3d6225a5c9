package org.althing.study;

import java.util.List;
import java.util.Optional;
import org.althing.model.evaluation.ClassGroupFindings;
import org.althing.model.evaluation.ClassPerformance;
import org.althing.model.evaluation.GroupFindings;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.Classifier;
import org.althing.model.features.LinearModel;
import org.althing.model.features.WordWeights;
import org.althing.model.kmeans.Clusters;
import org.althing.quality.QualityFindings;
import org.althing.release.Measure;
import org.althing.statistics.StatisticsFindings;

/**
 * What a study's releases come to: a quality audit, statistics, or a model and, with a hold-out,
 * how good it is; or clusters.
 *
 * @param weights the model's weights with their errors; empty where no model was fitted, or by a
 *     method whose releases do not tell
 * @param words the weights of declared words of texts with what noise leaves open of them
 * @param evaluation of a model of a yes-or-no label
 * @param classEvaluation of a model of more classes
 * @param groups how good it is in each group, where the study names groups
 * @param classGroups the same of a model of more classes
 * @param choice where the study names candidates: how the model was chosen among them
 */
public record StudyOutcome(
    Optional<QualityFindings> quality,
    Optional<StatisticsFindings> statistics,
    Optional<Classifier> model,
    List<Measure> weights,
    WordWeights words,
    Optional<Performance> evaluation,
    Optional<ClassPerformance> classEvaluation,
    Optional<GroupFindings> groups,
    Optional<ClassGroupFindings> classGroups,
    Optional<Clusters> clusters,
    Optional<Choice> choice) {
  public StudyOutcome {
    weights = List.copyOf(weights);
  }

  /** Of a study that stopped before its last release. */
  public static StudyOutcome none() {
    return counted(Optional.empty(), Optional.empty(), Optional.empty());
  }

  static StudyOutcome of(QualityFindings quality) {
    return counted(Optional.of(quality), Optional.empty(), Optional.empty());
  }

  static StudyOutcome of(StatisticsFindings statistics) {
    return counted(Optional.empty(), Optional.of(statistics), Optional.empty());
  }

  static StudyOutcome of(Clusters clusters) {
    return counted(Optional.empty(), Optional.empty(), Optional.of(clusters));
  }

  /** Of a study that fits no model. */
  private static StudyOutcome counted(
      Optional<QualityFindings> quality,
      Optional<StatisticsFindings> statistics,
      Optional<Clusters> clusters) {
    return new StudyOutcome(
        quality,
        statistics,
        Optional.empty(),
        List.of(),
        WordWeights.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        clusters,
        Optional.empty());
  }

  static StudyOutcome of(Classifier model, List<Measure> weights, WordWeights words) {
    return none()
        .fitted(
            Optional.of(model),
            weights,
            words,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  StudyOutcome chosenBy(Choice made) {
    return fitted(
        model, weights, words, evaluation, classEvaluation, groups, classGroups, Optional.of(made));
  }

  /** With its log-odds on the scale that the evaluation found. */
  StudyOutcome evaluated(Performance performance, Optional<GroupFindings> byGroup) {
    double scale = performance.scale();
    return fitted(
        model.map(fitted -> ((LinearModel) fitted).scaled(scale)),
        weights.stream().map(weight -> weight.times(scale)).toList(),
        words.times(scale),
        Optional.of(performance),
        classEvaluation,
        byGroup,
        classGroups,
        choice);
  }

  StudyOutcome evaluatedByClass(
      ClassPerformance performance, Optional<ClassGroupFindings> byGroup) {
    return fitted(
        model, weights, words, evaluation, Optional.of(performance), groups, byGroup, choice);
  }

  /** The same findings, with what is known of a model and of how good it is. */
  private StudyOutcome fitted(
      Optional<Classifier> model,
      List<Measure> weights,
      WordWeights words,
      Optional<Performance> evaluation,
      Optional<ClassPerformance> classEvaluation,
      Optional<GroupFindings> groups,
      Optional<ClassGroupFindings> classGroups,
      Optional<Choice> choice) {
    return new StudyOutcome(
        quality,
        statistics,
        model,
        weights,
        words,
        evaluation,
        classEvaluation,
        groups,
        classGroups,
        clusters,
        choice);
  }
}
