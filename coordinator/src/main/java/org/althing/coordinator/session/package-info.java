/** The gRPC end of every node's session. */
@NullMarked
package org.althing.coordinator.session;

import org.jspecify.annotations.NullMarked;
