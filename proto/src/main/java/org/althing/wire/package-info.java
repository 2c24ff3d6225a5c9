/** Total codecs between wire messages and domain values. */
@NullMarked
package org.althing.wire;

import org.jspecify.annotations.NullMarked;
