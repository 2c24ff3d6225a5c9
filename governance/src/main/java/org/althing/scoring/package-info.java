/**
 * Rows of texts to probabilities, one after the other and none kept: {@link
 * org.althing.scoring.RowScorer}.
 */
@NullMarked
package org.althing.scoring;

import org.jspecify.annotations.NullMarked;
