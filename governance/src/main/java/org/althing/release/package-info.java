/**
 * The one idea: a sum query, its specification, its noisy total, and the release decoded from it.
 */
@NullMarked
package org.althing.release;

import org.jspecify.annotations.NullMarked;
