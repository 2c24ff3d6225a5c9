package org.althing.cleaning;

/**
 * Whose row it is and what it says, hashed.
 *
 * @param keyed whether the row names its unit; otherwise it is a unit of its own and both hashes
 *     are of its content
 */
record RowIdentity(long unit, long content, boolean keyed) {}
