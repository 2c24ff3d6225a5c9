/** What ever left this node, for its owner to read. */
@NullMarked
package org.althing.node.outbox;

import org.jspecify.annotations.NullMarked;
