/** Sample that breaks the rules, for the checks of the checker. */
@NullMarked
package org.althing.architecture.sample.low;

import org.jspecify.annotations.NullMarked;
