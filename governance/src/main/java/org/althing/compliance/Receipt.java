package org.althing.compliance;

import java.util.List;
import org.althing.audit.Checkpoint;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * What proves a study's entries, as it was verified.
 *
 * @param logKey fingerprint of the key that signs the log
 * @param places where the study's entries lie in the log, the report's among them
 * @param issue digest of the entry that issues the study's files, and through the chain of all
 * @param cosigners the members whose cosignatures the final checkpoint carries
 */
public record Receipt(
    Checkpoint checkpoint, String logKey, List<Long> places, Digest issue, List<NodeId> cosigners) {
  public Receipt {
    places = List.copyOf(places);
    cosigners = List.copyOf(cosigners);
  }
}
