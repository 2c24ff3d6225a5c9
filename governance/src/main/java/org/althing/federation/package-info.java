/** Who takes part: node identities, keys, rosters and the numbers a round must respect. */
@NullMarked
package org.althing.federation;

import org.jspecify.annotations.NullMarked;
