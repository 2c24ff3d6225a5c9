package org.althing.study;

import org.althing.federation.NodeId;

/** Something one node says and signs; what it says of a study goes into the log as it stands. */
public sealed interface Statement
    permits Admission, Refusal, ChargeStatement, Remembrance, Recollection, Declaration {
  NodeId node();

  /** The canonical bytes that are signed; their label says which statement this is. */
  byte[] toBytes();
}
