/** Bounded, noised, paid: from certified contributions to a paid sum, and the ledger's rules. */
@NullMarked
package org.althing.privacy;

import org.jspecify.annotations.NullMarked;
