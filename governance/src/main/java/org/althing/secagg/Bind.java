package org.althing.secagg;

import java.util.Comparator;
import java.util.List;
import org.althing.federation.NodeId;

/** A2 BIND: the signed header and the ciphertexts it speaks of, in order of the receivers' ids. */
public record Bind(BindHeader header, List<Encapsulation> ciphertexts) implements SetupMessage {
  public Bind {
    Signed.checkCount("ciphertexts of a binding", ciphertexts);
    ciphertexts = ciphertexts.stream().sorted(Comparator.comparing(Encapsulation::to)).toList();
  }

  @Override
  public NodeId sender() {
    return header.sender();
  }

  @Override
  public CoordinatorSetup.Step deliverTo(CoordinatorSetup setup) {
    return setup.on(this);
  }
}
