/** Executes the commands of study runs; owns the timers. */
@NullMarked
package org.althing.coordinator.runner;

import org.jspecify.annotations.NullMarked;
