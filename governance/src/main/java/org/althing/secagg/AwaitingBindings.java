package org.althing.secagg;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * A2 was sent; everybody's bindings are awaited.
 *
 * @param own with what was agreed with the peers whose ciphertexts are awaited
 * @param chains the chain keys with the peers that this node encapsulated to; the others join them
 */
record AwaitingBindings(
    SetupSeat seat,
    HybridKey own,
    AdvertiseBundle answered,
    Bind answer,
    SortedMap<NodeId, Secret> chains)
    implements KeySetup {

  @Override
  public Step on(AdvertiseBundle bundle) {
    return bundle.equals(answered)
        ? Step.to(this, answer)
        : aborted(
            Fault.of(Fault.Kind.SECOND_ANNOUNCEMENT, "two different bundles of advertised keys"));
  }

  @Override
  public Step on(BindBundle bundle) {
    Optional<Fault> fault = faultOf(bundle);
    return fault.isPresent() ? aborted(fault.get()) : keyed(bundle);
  }

  private Optional<Fault> faultOf(BindBundle bundle) {
    return seat.scrutiny(advertised().keySet()::contains)
        .faultOfAll("bindings", bundle.headers(), seat.least())
        .or(() -> Scrutiny.faultUnlessShown(answer.header(), bundle.headers()))
        .or(() -> otherKeys(bundle))
        .or(() -> wrongCiphertexts(bundle));
  }

  private Map<NodeId, Advertise> advertised() {
    return answered.advertised().stream()
        .collect(Collectors.toMap(Advertise::sender, Function.identity()));
  }

  /** T as this node signed it. */
  private Digest keys() {
    return answer.header().keys();
  }

  private Optional<Fault> otherKeys(BindBundle bundle) {
    return bundle.headers().stream()
        .filter(header -> !header.keys().equals(keys()))
        .findFirst()
        .map(
            header ->
                Fault.of(
                    Fault.Kind.OTHER_KEYS,
                    header.sender(),
                    "it saw keys %s, this node %s"
                        .formatted(header.keys().brief(), keys().brief())));
  }

  /** Exactly one ciphertext from each member of lower index, the one it signed for this node. */
  private Optional<Fault> wrongCiphertexts(BindBundle bundle) {
    Map<NodeId, Encapsulation> received = new HashMap<>();
    for (Encapsulation ciphertext : bundle.ciphertexts()) {
      if (received.put(ciphertext.from(), ciphertext) != null) {
        return Optional.of(
            Fault.of(Fault.Kind.REPEATED, ciphertext.from(), "two ciphertexts from one node"));
      }
    }
    for (BindHeader header : bundle.headers()) {
      NodeId from = header.sender();
      if (from.equals(seat.self()) || seat.encapsulatesTo(from)) {
        continue;
      }
      Encapsulation ciphertext = received.remove(from);
      if (ciphertext == null || !signedFor(header, ciphertext)) {
        return Optional.of(
            Fault.of(
                Fault.Kind.WRONG_CONTENT, from, "its ciphertext for this node is not as signed"));
      }
    }
    return received.keySet().stream()
        .findFirst()
        .map(from -> Fault.of(Fault.Kind.WRONG_CONTENT, from, "a ciphertext nobody signed"));
  }

  private boolean signedFor(BindHeader header, Encapsulation ciphertext) {
    return ciphertext.to().equals(seat.self())
        && header.sealed().contains(new BindHeader.ForPeer(seat.self(), ciphertext.digest()));
  }

  private Step keyed(BindBundle bundle) {
    Map<NodeId, Advertise> byId = advertised();
    Advertise mine = advertisedBy(byId, seat.self());
    for (Encapsulation received : bundle.ciphertexts()) {
      Advertise peer = advertisedBy(byId, received.from());
      byte[] material = own.material(peer.sender(), own.decapsulate(received.ciphertext()));
      chains.put(
          peer.sender(), PairSecrets.chainKey(keys(), peer, mine, received.ciphertext(), material));
    }
    own.destroy();
    Set<NodeId> members =
        bundle.headers().stream().map(BindHeader::sender).collect(Collectors.toSet());
    chains.forEach(
        (peer, chain) -> {
          if (!members.contains(peer)) {
            chain.destroy();
          }
        });
    chains.keySet().retainAll(members);
    return Step.to(new Keyed(new PairSecrets(seat.terms(), keys(), seat.self(), chains)));
  }

  private static Advertise advertisedBy(Map<NodeId, Advertise> byId, NodeId id) {
    return Objects.requireNonNull(
        byId.get(id), "a binding of a node that advertised no keys was let through");
  }

  @Override
  public Step abandon() {
    return aborted(Fault.of(Fault.Kind.ABANDONED, "before the bindings were seen"));
  }

  private Step aborted(Fault fault) {
    own.destroy();
    chains.values().forEach(Secret::destroy);
    return Step.to(new Aborted(fault));
  }
}
