package org.althing.secagg;

import java.util.Comparator;
import java.util.List;

/** Who is ready (P) and the boxes for the receiving node alone, in order of their senders' ids. */
public record CohortAnnounced(List<ReadyHeader> headers, List<ShareBox> boxes)
    implements RoundAnnouncement {
  public CohortAnnounced {
    Signed.checkCount("ready headers", headers);
    Signed.checkCount("share boxes for one node", boxes);
    headers = headers.stream().sorted(Comparator.comparing(ReadyHeader::sender)).toList();
    boxes = boxes.stream().sorted(Comparator.comparing(ShareBox::from)).toList();
  }

  @Override
  public NodeRound.Step deliverTo(NodeRound round) {
    return round.on(this);
  }
}
