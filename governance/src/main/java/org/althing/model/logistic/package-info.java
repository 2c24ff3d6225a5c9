/**
 * Logistic regression as a few sum queries: {@link org.althing.model.logistic.LogisticRegression}.
 */
@NullMarked
package org.althing.model.logistic;

import org.jspecify.annotations.NullMarked;
