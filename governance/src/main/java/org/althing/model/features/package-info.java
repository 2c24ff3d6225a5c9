/**
 * How records become bounded vectors, and what every fitted model is: a feature space, a label and
 * weights. {@link org.althing.model.features.FeatureSpace}, {@link
 * org.althing.model.features.Label}, {@link org.althing.model.features.Classifier} and {@link
 * org.althing.model.features.FeasibilityIndex} are public.
 */
@NullMarked
package org.althing.model.features;

import org.jspecify.annotations.NullMarked;
