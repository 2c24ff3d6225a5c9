package org.althing.study;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerState;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;

/**
 * A node's word that a release was paid for in its ledger before its vector left, and what its
 * ledger was then; the other members remember it.
 */
public record ChargeStatement(NodeId node, ChargeReceipt receipt) implements Statement {
  private static final String LABEL = "charge/v2";

  @Override
  public byte[] toBytes() {
    CanonicalWriter out = new CanonicalWriter(LABEL).putString(node.value());
    receipt.release().writeTo(out);
    receipt.ledger().writeTo(out);
    return out.putLong(receipt.gross().pico())
        .putLong(receipt.marginal().pico())
        .putLong(receipt.spent().pico())
        .toBytes();
  }

  public static ChargeStatement ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      NodeId node = new NodeId(in.getString());
      ChargeReceipt receipt =
          new ChargeReceipt(
              ReleaseId.readFrom(in),
              LedgerState.readFrom(in),
              new Rho(in.getLong()),
              new Rho(in.getLong()),
              new Rho(in.getLong()));
      in.end();
      return new ChargeStatement(node, receipt);
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
