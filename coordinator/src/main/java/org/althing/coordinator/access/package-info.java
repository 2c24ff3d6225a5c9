/** Who is calling, from the verified certificate alone. */
@NullMarked
package org.althing.coordinator.access;

import org.jspecify.annotations.NullMarked;
