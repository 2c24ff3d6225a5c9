package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * B2 INPUT: the masked vector.
 *
 * @param attachment bytes of the node's own that travel with it, its statement of the charge; at
 *     most {@value #MOST_ATTACHMENT_BYTES}
 */
public record Input(InputHeader header, MaskedVector vector, Bytes attachment)
    implements RoundMessage {
  public static final int MOST_ATTACHMENT_BYTES = 1 << 16;

  public Input {
    if (attachment.length() > MOST_ATTACHMENT_BYTES) {
      throw new IllegalArgumentException(
          "an attachment has at most %d bytes, got %d"
              .formatted(MOST_ATTACHMENT_BYTES, attachment.length()));
    }
  }

  @Override
  public NodeId sender() {
    return header.sender();
  }

  /** What {@link InputHeader#attachment} holds for these bytes. */
  public static Digest digestOf(Bytes attachment) {
    return new CanonicalWriter("input-attachment/v1").putBytes(attachment.toArray()).digest();
  }

  @Override
  public CoordinatorRound.Step deliverTo(CoordinatorRound round) {
    return round.on(this);
  }
}
