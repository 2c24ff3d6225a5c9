package org.althing.approval;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;
import org.althing.federation.VerifyingKey;

/**
 * One person's signed agreement that one policy may take the place of another. Proves nothing until
 * {@link #verifies} says so under a key that the policy in force names.
 *
 * @param before digest of the policy in force
 * @param after digest of the policy that would follow
 * @param reason 1 to {@value Approval#MOST_REASON} characters of one line, kept with the policies
 * @param givenMillis when it was given, in milliseconds since 1970; for people
 */
public record PolicyConsent(
    NodeId node,
    Digest before,
    Digest after,
    String person,
    String reason,
    long givenMillis,
    Bytes signature) {
  /** Longer ones are not read. */
  public static final int MOST_BYTES = 4096;

  private static final String LABEL = "policy-consent/v1";

  public PolicyConsent {
    Approval.requireReason(reason);
    if (reason.isBlank() || givenMillis < 0) {
      throw new IllegalArgumentException("whoever agrees says why: give a reason");
    }
  }

  /** What a person agrees to, before it is signed. */
  public record Change(NodeId node, Digest before, Digest after) {
    public PolicyConsent signedBy(String person, SigningKey key, String reason, long givenMillis) {
      PolicyConsent unsigned =
          new PolicyConsent(
              node, before, after, person, reason, givenMillis, Bytes.of(new byte[0]));
      return new PolicyConsent(
          node,
          before,
          after,
          person,
          reason,
          givenMillis,
          Bytes.of(key.sign(unsigned.signedBytes())));
    }
  }

  public Change change() {
    return new Change(node, before, after);
  }

  public boolean verifies(VerifyingKey key) {
    return key.verifies(signedBytes(), signature.toArray());
  }

  private CanonicalWriter fields() {
    return new CanonicalWriter(LABEL)
        .putString(node.value())
        .putDigest(before)
        .putDigest(after)
        .putString(person)
        .putString(reason)
        .putLong(givenMillis);
  }

  private byte[] signedBytes() {
    return fields().toBytes();
  }

  public byte[] toBytes() {
    return fields().putBytes(signature.toArray()).toBytes();
  }

  public static PolicyConsent ofBytes(byte[] bytes) throws MalformedEncoding {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedEncoding("an agreement has at most " + MOST_BYTES + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      PolicyConsent consent =
          new PolicyConsent(
              new NodeId(in.getString()),
              in.getDigest(),
              in.getDigest(),
              in.getString(),
              in.getString(),
              in.getLong(),
              Bytes.of(in.getBytes()));
      in.end();
      return consent;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
