package org.althing.secagg;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * P: who is ready, each with its header.
 *
 * @param digest H(P), which fixes the members and what each of them committed to
 */
record Cohort(SortedMap<NodeId, ReadyHeader> headers, Digest digest) {
  static Cohort of(Digest ctx, List<ReadyHeader> headers) {
    SortedMap<NodeId, ReadyHeader> byId = new TreeMap<>();
    headers.forEach(header -> byId.put(header.sender(), header));
    CanonicalWriter out = new CanonicalWriter("cohort/v1").putDigest(ctx);
    out.putList(
        List.copyOf(byId.values()), (w, header) -> w.putDigest(Digest.of(header.signedBytes())));
    return new Cohort(byId, out.digest());
  }

  ReadyHeader headerOf(NodeId member) {
    ReadyHeader header = headers.get(member);
    if (header == null) {
      throw new IllegalArgumentException(member + " is not in the cohort");
    }
    return header;
  }

  List<NodeId> ids() {
    return List.copyOf(headers.keySet());
  }
}
