/** Label by score histogram: AUC, accuracy, confusion, calibration, with error bars. */
@NullMarked
package org.althing.model.evaluation;

import org.jspecify.annotations.NullMarked;
