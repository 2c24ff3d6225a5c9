/** A federation in one thread, replayable from a seed. */
@NullMarked
package org.althing.simulation;

import org.jspecify.annotations.NullMarked;
