/** Contract columns as one-hot cells and bounded numbers. */
@NullMarked
package org.althing.model.features;

import org.jspecify.annotations.NullMarked;
