package org.althing.secagg;

import java.util.Comparator;
import java.util.List;

/** Who confirmed the survivor set, in order of their ids. */
public record ConfirmationsShown(List<ConfirmHeader> headers) implements RoundAnnouncement {
  public ConfirmationsShown {
    Signed.checkCount("confirmations", headers);
    headers = headers.stream().sorted(Comparator.comparing(ConfirmHeader::sender)).toList();
  }

  @Override
  public NodeRound.Step deliverTo(NodeRound round) {
    return round.on(this);
  }
}
