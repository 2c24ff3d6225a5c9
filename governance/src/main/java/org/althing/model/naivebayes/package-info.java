/**
 * Naive Bayes as one sum query: {@link org.althing.model.naivebayes.NaiveBayes} of a yes-or-no
 * label, {@link org.althing.model.naivebayes.ClassBayes} of K classes.
 */
@NullMarked
package org.althing.model.naivebayes;

import org.jspecify.annotations.NullMarked;
