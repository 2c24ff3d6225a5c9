/** Quality rules as one sum query; three-valued verdicts with honest error bars. */
@NullMarked
package org.althing.quality;

import org.jspecify.annotations.NullMarked;
