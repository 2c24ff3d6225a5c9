package org.althing.secagg;

import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;

/**
 * One node's share of another's self-mask seed and sealing key, sealed so that only the receiver
 * opens it.
 *
 * @param sealed AES-256-GCM, {@value #SEALED_BYTES} bytes with its tag
 */
public record ShareBox(NodeId from, NodeId to, Bytes sealed) {
  public static final int SEALED_BYTES = 80;

  public ShareBox {
    Signed.checkLength("a share box", sealed, SEALED_BYTES);
  }
}
