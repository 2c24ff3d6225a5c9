package org.althing.study;

import java.util.Optional;
import org.althing.model.evaluation.Performance;
import org.althing.model.features.LinearModel;
import org.althing.quality.QualityFindings;

/**
 * What a study's releases come to: a quality audit, or a model and, with a hold-out, how good it
 * is.
 */
public record StudyOutcome(
    Optional<QualityFindings> quality,
    Optional<LinearModel> model,
    Optional<Performance> evaluation) {}
