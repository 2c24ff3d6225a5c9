package org.althing.secagg;

import java.util.Map;
import org.althing.federation.NodeId;

/** Fresh attempts, with new keys whenever the old ones have served their time. */
final class Tables {
  private static final int ATTEMPTS_OF_A_KEY_SETUP =
      PairSecrets.MOST_RELEASES_PER_EPOCH * RoundTerms.MOST_ATTEMPTS;
  final Federation federation;
  private Map<NodeId, PairSecrets> pairs = Map.of();
  private int served;

  /** One attempt that was not begun yet. */
  record Table(Federation federation, Map<NodeId, PairSecrets> pairs, RoundTerms terms) {}

  Tables(Federation federation) {
    this.federation = federation;
  }

  Table next(int length) {
    int ofKeys = served++ % ATTEMPTS_OF_A_KEY_SETUP;
    if (ofKeys == 0) {
      pairs = federation.keyed();
    }
    return new Table(
        federation,
        pairs,
        federation.terms(
            pairs.get(federation.id(0)).keys(),
            ofKeys / RoundTerms.MOST_ATTEMPTS,
            1 + ofKeys % RoundTerms.MOST_ATTEMPTS,
            length));
  }
}
