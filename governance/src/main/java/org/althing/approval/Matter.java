package org.althing.approval;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;

/**
 * What people decide on: one plan, at one node, under one policy, answered from one source. Should
 * any of the four change, what was said no longer counts.
 *
 * @param source the source as it is declared, which says where rows come from and how they are read
 *     and nothing of what they hold
 */
public record Matter(NodeId node, Digest plan, Digest policy, Digest source) {
  public CanonicalWriter writeTo(CanonicalWriter out) {
    return out.putString(node.value()).putDigest(plan).putDigest(policy).putDigest(source);
  }

  /**
   * @throws IllegalArgumentException where the name is none that a node can have
   */
  public static Matter readFrom(CanonicalReader in) throws MalformedEncoding {
    return new Matter(new NodeId(in.getString()), in.getDigest(), in.getDigest(), in.getDigest());
  }
}
