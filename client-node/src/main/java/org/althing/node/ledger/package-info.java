/** The durable budget ledger of one node. */
@NullMarked
package org.althing.node.ledger;

import org.jspecify.annotations.NullMarked;
