/** The lead's interface over HTTPS: submit, watch, fetch. */
@NullMarked
package org.althing.coordinator.console;

import org.jspecify.annotations.NullMarked;
