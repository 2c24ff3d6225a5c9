/**
 * How good a fitted model is on held-out records, from one small release: {@link
 * org.althing.model.evaluation.HoldoutEvaluation} gives a {@link
 * org.althing.model.evaluation.Performance}, {@link org.althing.model.evaluation.ClassEvaluation} a
 * {@link org.althing.model.evaluation.ClassPerformance}.
 */
@NullMarked
package org.althing.model.evaluation;

import org.jspecify.annotations.NullMarked;
