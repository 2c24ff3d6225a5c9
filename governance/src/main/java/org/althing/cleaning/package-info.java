/**
 * Raw text rows to verdicts and values, by a closed list of row-wise steps whose effect on the
 * privacy argument is known. {@link org.althing.cleaning.Cleaner} makes batches; {@link
 * org.althing.cleaning.RowSelection} first decides which rows of each privacy unit count.
 */
@NullMarked
package org.althing.cleaning;

import org.jspecify.annotations.NullMarked;
