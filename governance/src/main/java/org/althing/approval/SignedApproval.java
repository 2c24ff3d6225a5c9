package org.althing.approval;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.althing.federation.VerifyingKey;

/**
 * A statement and the Ed25519 signature over its canonical bytes. Proves nothing until {@link
 * #verifies} says so under a key that a policy names.
 */
public record SignedApproval(Approval approval, Bytes signature) {
  /** Longer ones are not read. */
  public static final int MOST_BYTES = 4096;

  private static final String LABEL = "signed-approval/v1";

  public static SignedApproval by(SigningKey key, Approval approval) {
    return new SignedApproval(approval, Bytes.of(key.sign(approval.toBytes())));
  }

  public boolean verifies(VerifyingKey key) {
    return key.verifies(approval.toBytes(), signature.toArray());
  }

  /** What names the statement in logs, which then need not name the person. */
  public Digest digest() {
    return Digest.of(toBytes());
  }

  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putBytes(approval.toBytes())
        .putBytes(signature.toArray())
        .toBytes();
  }

  public static SignedApproval ofBytes(byte[] bytes) throws MalformedEncoding {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedEncoding("a statement has at most " + MOST_BYTES + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    Approval approval = Approval.ofBytes(in.getBytes());
    byte[] signature = in.getBytes();
    in.end();
    return new SignedApproval(approval, Bytes.of(signature));
  }
}
