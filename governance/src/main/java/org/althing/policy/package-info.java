/** The owner's decision on a plan: admitted, or refused with every reason. */
@NullMarked
package org.althing.policy;

import org.jspecify.annotations.NullMarked;
