/** Integer vectors in named blocks, and the fixed-point scales that give them meaning. */
@NullMarked
package org.althing.vector;

import org.jspecify.annotations.NullMarked;
