/**
 * Linear models of a yes-or-no label as a few sum queries, by an {@link
 * org.althing.model.linear.Objective}: {@link org.althing.model.linear.FixedHessian} over tables,
 * {@link org.althing.model.linear.CentredDescent} over texts.
 */
@NullMarked
package org.althing.model.linear;

import org.jspecify.annotations.NullMarked;
