package org.althing.session;

import java.util.List;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.study.StudyEvent.Released;

/**
 * The digest of everything a study has released so far. Weights and every other public number
 * follow from the releases, so nodes that were shown different ones derive different masks and no
 * sum comes about.
 */
final class PublicState {
  private PublicState() {}

  static Digest of(List<Released> released) {
    return new CanonicalWriter("public-state/v1")
        .putList(
            released,
            (w, r) -> {
              w.putInt(r.release()).putDigest(r.total()).putInt(r.survivors().size());
              r.survivors().forEach(node -> w.putString(node.value()));
            })
        .digest();
  }
}
