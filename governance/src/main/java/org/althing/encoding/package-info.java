/**
 * Canonical bytes, digests and domain-separation labels: the only bytes that are hashed or signed.
 */
@NullMarked
package org.althing.encoding;

import org.jspecify.annotations.NullMarked;
