package org.althing.secagg;

import java.util.Map;
import org.althing.federation.NodeId;

/**
 * The cohort as one node took it: the announcement it answers, and the shares that were in its
 * boxes.
 */
record SeatedCohort(CohortAnnounced answered, Cohort cohort, Map<NodeId, SharePair> opened) {
  boolean repeats(CohortAnnounced announced) {
    return announced.equals(answered);
  }

  SharePair sharesOf(NodeId of) {
    SharePair shares = opened.get(of);
    if (shares == null) {
      throw new IllegalStateException("no shares of " + of + ", which is in the cohort");
    }
    return shares;
  }

  void erase() {
    opened.values().forEach(SharePair::destroy);
  }
}
