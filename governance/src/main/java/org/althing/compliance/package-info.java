/**
 * What officers ask for, rendered from a verified study and from what people typed, each field with
 * its source.
 */
@NullMarked
package org.althing.compliance;

import org.jspecify.annotations.NullMarked;
