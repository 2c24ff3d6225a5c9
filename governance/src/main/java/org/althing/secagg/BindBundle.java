package org.althing.secagg;

import java.util.Comparator;
import java.util.List;

/**
 * The signed headers of all A2 messages and the ciphertexts for the receiving node alone, in order
 * of their senders' ids.
 */
public record BindBundle(List<BindHeader> headers, List<Encapsulation> ciphertexts)
    implements SetupAnnouncement {
  public BindBundle {
    Signed.checkCount("bindings", headers);
    Signed.checkCount("ciphertexts for one node", ciphertexts);
    headers = headers.stream().sorted(Comparator.comparing(BindHeader::sender)).toList();
    ciphertexts = ciphertexts.stream().sorted(Comparator.comparing(Encapsulation::from)).toList();
  }

  @Override
  public KeySetup.Step deliverTo(KeySetup setup) {
    return setup.on(this);
  }
}
