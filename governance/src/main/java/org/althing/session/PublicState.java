package org.althing.session;

import java.util.List;
import org.althing.audit.SignedNote;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.study.StudyEvent.Released;

/**
 * The digest of everything public that an attempt starts from: the log's newest checkpoint that a
 * quorum cosigned, and what the study has released so far. Weights and every other public number
 * follow from the releases, so nodes that were shown other ones, or another history, derive other
 * masks and no sum comes about.
 */
final class PublicState {
  private PublicState() {}

  static Digest of(SignedNote history, List<Released> released) {
    return new CanonicalWriter("public-state/v2")
        .putString(history.text())
        .putList(
            released,
            (w, r) -> {
              w.putInt(r.release()).putDigest(r.total()).putInt(r.survivors().size());
              r.survivors().forEach(node -> w.putString(node.value()));
            })
        .digest();
  }
}
