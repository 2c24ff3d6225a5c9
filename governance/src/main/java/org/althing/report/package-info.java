/** Folds of the log: results, models and reports. */
@NullMarked
package org.althing.report;

import org.jspecify.annotations.NullMarked;
