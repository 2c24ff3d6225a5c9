package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;

/**
 * B3 CONFIRM.
 *
 * @param sealedSeeds the mask seeds this node shares with each dropped node (P \ U), in order of
 *     their ids, sealed under its sealing key; empty where nobody dropped
 */
public record Confirm(ConfirmHeader header, Bytes sealedSeeds) implements RoundMessage {
  public static final int MOST_SEALED_BYTES = Secret.BYTES * Quorum.MOST_NODES + Sealing.TAG_BYTES;

  public Confirm {
    if (sealedSeeds.length() > MOST_SEALED_BYTES) {
      throw new IllegalArgumentException(
          "sealed seeds have at most %d bytes, got %d"
              .formatted(MOST_SEALED_BYTES, sealedSeeds.length()));
    }
  }

  @Override
  public NodeId sender() {
    return header.sender();
  }

  static Digest digestOf(Bytes sealedSeeds) {
    return new CanonicalWriter("sealed-seeds/v1").putBytes(sealedSeeds.toArray()).digest();
  }

  @Override
  public CoordinatorRound.Step deliverTo(CoordinatorRound round) {
    return round.on(this);
  }
}
