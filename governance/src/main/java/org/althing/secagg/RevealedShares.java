package org.althing.secagg;

import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;

/**
 * One node's shares of the secrets of a survivor.
 *
 * @param of the survivor
 * @param selfSeed share of its self-mask seed b, 32 bytes
 * @param sealingKey share of its sealing key e, 32 bytes; present only where somebody dropped and
 *     the survivor's confirmation was shown
 */
public record RevealedShares(NodeId of, Bytes selfSeed, Optional<Bytes> sealingKey) {
  public RevealedShares {
    Signed.checkLength("a share of a self-mask seed", selfSeed, Secret.BYTES);
    sealingKey.ifPresent(
        share -> Signed.checkLength("a share of a sealing key", share, Secret.BYTES));
  }
}
