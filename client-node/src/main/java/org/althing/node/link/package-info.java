/** The node's one way out: a gRPC session that it dials itself. */
@NullMarked
package org.althing.node.link;

import org.jspecify.annotations.NullMarked;
