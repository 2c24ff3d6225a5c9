/** Secure aggregation as sans-I/O state machines: only a masked vector has a way out. */
@NullMarked
package org.althing.secagg;

import org.jspecify.annotations.NullMarked;
