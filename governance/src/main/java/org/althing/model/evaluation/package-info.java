/**
 * How good a fitted model is on held-out records, from one small histogram: {@link
 * org.althing.model.evaluation.HoldoutEvaluation} gives a {@link
 * org.althing.model.evaluation.Performance}.
 */
@NullMarked
package org.althing.model.evaluation;

import org.jspecify.annotations.NullMarked;
