/** What this node tells the federation of itself, and what opens the commitments in it. */
@NullMarked
package org.althing.node.declarations;

import org.jspecify.annotations.NullMarked;
