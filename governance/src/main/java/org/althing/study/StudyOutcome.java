package org.althing.study;

import java.util.Optional;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.LinearModel;
import org.althing.quality.QualityFindings;
import org.althing.statistics.StatisticsFindings;

/**
 * What a study's releases come to: a quality audit, statistics, or a model and, with a hold-out,
 * how good it is.
 */
public record StudyOutcome(
    Optional<QualityFindings> quality,
    Optional<StatisticsFindings> statistics,
    Optional<LinearModel> model,
    Optional<Performance> evaluation) {
  /** Of a study that stopped before its last release. */
  public static StudyOutcome none() {
    return new StudyOutcome(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
