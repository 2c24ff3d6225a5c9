/**
 * The two parties of a federation, each whole: a node and the coordinator over all their studies
 * and sessions, as pure machines. {@link org.althing.party.NodeParty} and {@link
 * org.althing.party.CoordinatorParty} take what happened and order what is to be done; the shells
 * around them carry sockets, disks, clocks and threads, and decide nothing.
 */
@NullMarked
package org.althing.party;

import org.jspecify.annotations.NullMarked;
