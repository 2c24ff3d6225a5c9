/** From raw text to verdicts and cells, row by row, by a closed list of operators. */
@NullMarked
package org.althing.cleaning;

import org.jspecify.annotations.NullMarked;
