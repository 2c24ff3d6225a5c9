/** Logistic regression by a fixed Hessian, six releases, no tuning. */
@NullMarked
package org.althing.model.logistic;

import org.jspecify.annotations.NullMarked;
