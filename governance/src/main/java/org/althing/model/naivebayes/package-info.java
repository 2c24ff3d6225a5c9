/**
 * Naive Bayes over declared cells as one sum query: {@link
 * org.althing.model.naivebayes.NaiveBayes}.
 */
@NullMarked
package org.althing.model.naivebayes;

import org.jspecify.annotations.NullMarked;
