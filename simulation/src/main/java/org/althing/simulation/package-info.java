/**
 * A federation in one thread, replayable from a seed: the real machines, ledger rules and log on a
 * virtual network, virtual disks and a virtual clock. {@link org.althing.simulation.World} plays
 * one {@link org.althing.simulation.Scenario}; {@link org.althing.simulation.Invariants} are
 * checked after every step.
 */
@NullMarked
package org.althing.simulation;

import org.jspecify.annotations.NullMarked;
