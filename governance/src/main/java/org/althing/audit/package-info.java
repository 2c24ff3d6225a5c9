/**
 * The Merkle log: entries, checkpoints, proofs and witnesses, without knowing what entries mean.
 *
 * <p>Trees are hashed as in RFC 6962, checkpoints are C2SP signed notes (signed-note v1.0.0,
 * tlog-checkpoint v1.0.0) that carry Ed25519 signatures of the log and cosignatures of its
 * witnesses (tlog-cosignature v1), so that a verifier written by anyone else can audit the log.
 */
@NullMarked
package org.althing.audit;

import org.jspecify.annotations.NullMarked;
