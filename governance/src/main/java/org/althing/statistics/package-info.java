/**
 * What the joint records look like, from one vector: {@link org.althing.statistics.Statistics}
 * gives {@link org.althing.statistics.StatisticsFindings}.
 */
@NullMarked
package org.althing.statistics;

import org.jspecify.annotations.NullMarked;
