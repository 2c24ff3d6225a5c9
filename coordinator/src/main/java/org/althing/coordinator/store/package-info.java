/** The log, durable. */
@NullMarked
package org.althing.coordinator.store;

import org.jspecify.annotations.NullMarked;
