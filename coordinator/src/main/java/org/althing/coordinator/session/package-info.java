/**
 * The gRPC end of every node's session: transport security, identity, limits, frames; no decisions.
 */
@NullMarked
package org.althing.coordinator.session;

import org.jspecify.annotations.NullMarked;
