/** Wiring of the coordinator process. */
@NullMarked
package org.althing.coordinator;

import org.jspecify.annotations.NullMarked;
