package org.althing.secagg;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * U: whose inputs are in the sum, each with its header.
 *
 * @param digest H(U), which fixes the members and the masked vector of each
 * @param dropped P \ U, whose masks must be removed, in order of ids
 */
record Survivors(SortedMap<NodeId, InputHeader> headers, Digest digest, List<NodeId> dropped) {
  static Survivors of(Digest ctx, Cohort cohort, List<InputHeader> headers) {
    SortedMap<NodeId, InputHeader> byId = new TreeMap<>();
    headers.forEach(header -> byId.put(header.sender(), header));
    CanonicalWriter out =
        new CanonicalWriter("survivors/v1").putDigest(ctx).putDigest(cohort.digest());
    out.putList(
        List.copyOf(byId.values()), (w, header) -> w.putDigest(Digest.of(header.signedBytes())));
    List<NodeId> dropped =
        cohort.ids().stream().filter(member -> !byId.containsKey(member)).toList();
    return new Survivors(byId, out.digest(), dropped);
  }

  List<NodeId> ids() {
    return List.copyOf(headers.keySet());
  }

  /** How many bytes a survivor's sealed seeds have. */
  int sealedBytes() {
    return dropped.isEmpty() ? 0 : Secret.BYTES * dropped.size() + Sealing.TAG_BYTES;
  }

  /** The associated data of {@code sender}'s sealed seeds. */
  byte[] sealingHeader(NodeId sender, Digest ctx) {
    return Signed.writer("seal-seeds/v1", sender, ctx).putDigest(digest).toBytes();
  }
}
