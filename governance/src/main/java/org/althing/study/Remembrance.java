package org.althing.study;

import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ReleaseId;

/**
 * A member's word that it has written down, durably, what one attempt at a release was charged.
 *
 * @param node who remembers
 * @param release the attempt
 * @param charges the digest of the signed charges as they were shown, see {@link #digestOf}
 */
public record Remembrance(NodeId node, ReleaseId release, Digest charges) implements Statement {
  private static final String LABEL = "remembrance/v1";

  /** Names signed charges in the order in which they were shown. */
  public static Digest digestOf(List<Bytes> charges) {
    return new CanonicalWriter("charges/v1")
        .putList(charges, (w, each) -> w.putBytes(each.toArray()))
        .digest();
  }

  @Override
  public byte[] toBytes() {
    CanonicalWriter out = new CanonicalWriter(LABEL).putString(node.value());
    release.writeTo(out);
    return out.putDigest(charges).toBytes();
  }

  public static Remembrance ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      Remembrance read =
          new Remembrance(new NodeId(in.getString()), ReleaseId.readFrom(in), in.getDigest());
      in.end();
      return read;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
