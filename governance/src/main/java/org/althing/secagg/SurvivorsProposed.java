package org.althing.secagg;

import java.util.Comparator;
import java.util.List;

/** Whose inputs have arrived (U), in order of their ids. */
public record SurvivorsProposed(List<InputHeader> headers) implements RoundAnnouncement {
  public SurvivorsProposed {
    Signed.checkCount("input headers", headers);
    headers = headers.stream().sorted(Comparator.comparing(InputHeader::sender)).toList();
  }

  @Override
  public NodeRound.Step deliverTo(NodeRound round) {
    return round.on(this);
  }
}
