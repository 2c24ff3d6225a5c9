package org.althing.privacy;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * A place in a ledger.
 *
 * @param sequence the entry's number, from 1
 * @param head the chain digest after it, which covers every entry up to there
 */
public record LedgerPosition(long sequence, Digest head) {
  public LedgerPosition {
    if (sequence < 1) {
      throw new IllegalArgumentException("ledger entries count from 1, got " + sequence);
    }
  }

  void writeTo(CanonicalWriter out) {
    out.putLong(sequence).putDigest(head);
  }

  static LedgerPosition readFrom(CanonicalReader in) throws MalformedEncoding {
    return new LedgerPosition(in.getLong(), in.getDigest());
  }
}
