package org.althing.secagg;

import java.util.Comparator;
import java.util.List;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/** B1 READY: the signed header and one share box per other member of the key set-up. */
public record Ready(ReadyHeader header, List<ShareBox> boxes) implements RoundMessage {
  public Ready {
    Signed.checkCount("share boxes", boxes);
    boxes = boxes.stream().sorted(Comparator.comparing(ShareBox::to)).toList();
  }

  @Override
  public NodeId sender() {
    return header.sender();
  }

  static Digest digestOf(List<ShareBox> boxes) {
    return new CanonicalWriter("share-boxes/v1")
        .putList(
            boxes,
            (w, b) ->
                w.putString(b.from().value())
                    .putString(b.to().value())
                    .putBytes(b.sealed().toArray()))
        .digest();
  }

  @Override
  public CoordinatorRound.Step deliverTo(CoordinatorRound round) {
    return round.on(this);
  }
}
