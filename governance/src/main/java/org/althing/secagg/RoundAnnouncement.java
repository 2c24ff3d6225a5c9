package org.althing.secagg;

/**
 * What the coordinator sends during one attempt at a release; unsigned, every word of it is checked
 * by the node.
 */
public sealed interface RoundAnnouncement
    permits CohortAnnounced, SurvivorsProposed, ConfirmationsShown {
  /** Offers this to a node's machine by its own overload. */
  NodeRound.Step deliverTo(NodeRound round);
}
