package org.althing.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.althing.federation.NodeId;

/**
 * Every message of one key set-up and of one attempt in which a node drops before its input, so
 * that every optional field is filled somewhere.
 */
public record Transcript(
    List<SetupMessage> setup,
    List<SetupAnnouncement> setupAnnounced,
    List<RoundMessage> round,
    List<RoundAnnouncement> roundAnnounced) {

  public static Transcript of(int nodes, int length, long seed) {
    Federation federation = Federation.of(nodes, seed);
    List<SetupMessage> setup = new ArrayList<>();
    List<SetupAnnouncement> setupAnnounced = new ArrayList<>();
    Map<NodeId, PairSecrets> pairs = federation.keyed(setup, setupAnnounced);
    RoundTerms terms = federation.terms(pairs.get(federation.id(0)).keys(), 0, 1, length);
    RoundPlay play =
        new RoundPlay(
            federation,
            pairs,
            terms,
            (id, kind) -> id.equals(federation.id(1)) && kind == RoundPlay.Kind.INPUT);
    play.run();
    return new Transcript(setup, setupAnnounced, play.delivered, play.announced);
  }
}
