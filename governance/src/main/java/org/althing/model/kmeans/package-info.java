/** k-means as a few sum queries: {@link org.althing.model.kmeans.KMeans}. */
@NullMarked
package org.althing.model.kmeans;

import org.jspecify.annotations.NullMarked;
