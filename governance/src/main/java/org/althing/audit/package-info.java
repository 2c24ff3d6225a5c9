/**
 * The Merkle log: entries, checkpoints, proofs and witnesses, without knowing what entries mean.
 */
@NullMarked
package org.althing.audit;

import org.jspecify.annotations.NullMarked;
