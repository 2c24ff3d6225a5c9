/**
 * The quality of the records, from one vector: {@link org.althing.quality.QualityAudit} gives
 * {@link org.althing.quality.QualityFindings}.
 */
@NullMarked
package org.althing.quality;

import org.jspecify.annotations.NullMarked;
