package org.althing.secagg;

import java.util.function.Predicate;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/** Who sits at a key set-up and what it knows from its own files. */
record SetupSeat(EpochTerms terms, Digest ctx, NodeId self, SigningKey key) {
  Scrutiny scrutiny(Predicate<NodeId> allowed) {
    return new Scrutiny(terms.roster(), allowed, ctx);
  }

  int least() {
    return terms.roster().quorum().leastConfirmed();
  }

  /** Whether this node is the one of the pair that encapsulates. */
  boolean encapsulatesTo(NodeId peer) {
    return terms.roster().indexOf(self) < terms.roster().indexOf(peer);
  }
}
