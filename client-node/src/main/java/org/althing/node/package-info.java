/** Wiring of the node process. */
@NullMarked
package org.althing.node;

import org.jspecify.annotations.NullMarked;
