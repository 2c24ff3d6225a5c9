/**
 * Linear models as a few sum queries. Of a yes-or-no label by an {@link
 * org.althing.model.linear.Objective}: {@link org.althing.model.linear.FixedHessian} over tables,
 * {@link org.althing.model.linear.CentredDescent} over texts. Of K classes: {@link
 * org.althing.model.linear.SoftmaxHessian} and {@link org.althing.model.linear.SoftmaxDescent}.
 */
@NullMarked
package org.althing.model.linear;

import org.jspecify.annotations.NullMarked;
