package org.althing.study;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;

/**
 * A member's answer to another one that asks what is remembered of its ledger.
 *
 * @param node who remembers
 * @param about who asked
 * @param nonce the asker's, drawn anew for each session: an old answer is none
 * @param newest the newest charge that {@code about} signed and {@code node} was shown, as it was
 *     signed; none where it never saw one
 */
public record Recollection(
    NodeId node, NodeId about, Digest nonce, Optional<Signed<ChargeStatement>> newest)
    implements Statement {
  private static final String LABEL = "recollection/v1";

  @Override
  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putString(node.value())
        .putString(about.value())
        .putDigest(nonce)
        .putList(newest.stream().toList(), (w, each) -> w.putBytes(each.toBytes()))
        .toBytes();
  }

  public static Recollection ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      NodeId node = new NodeId(in.getString());
      NodeId about = new NodeId(in.getString());
      Digest nonce = in.getDigest();
      List<byte[]> newest = in.getList(CanonicalReader::getBytes, 1);
      in.end();
      return new Recollection(
          node,
          about,
          nonce,
          newest.isEmpty()
              ? Optional.empty()
              : Optional.of(Signed.ofBytes(newest.get(0), ChargeStatement::ofBytes)));
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
