/** Columns, verdicts and column batches of cleaned records; the shape of data before privacy. */
@NullMarked
package org.althing.table;

import org.jspecify.annotations.NullMarked;
