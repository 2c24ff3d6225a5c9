/** Naive Bayes from one release. */
@NullMarked
package org.althing.model.naivebayes;

import org.jspecify.annotations.NullMarked;
