/**
 * Rows of texts to probabilities, one after the other and none kept: {@link
 * org.althing.scoring.RowScorer}; and requests for scores in JSON, read and answered.
 */
@NullMarked
package org.althing.scoring;

import org.jspecify.annotations.NullMarked;
