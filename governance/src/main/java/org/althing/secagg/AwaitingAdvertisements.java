package org.althing.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.bouncycastle.crypto.SecretWithEncapsulation;

/** A1 was sent; the bundle of everybody's keys is awaited. */
record AwaitingAdvertisements(SetupSeat seat, HybridKey own, Advertise advertised, KeyStream random)
    implements KeySetup {

  static Step begin(SetupSeat seat, byte[] entropy) {
    KeyStream random = KeyStream.seeded(entropy, seat.ctx());
    HybridKey own = HybridKey.draw(random);
    Advertise advertised =
        new Advertise(
                seat.self(),
                seat.ctx(),
                own.agreementKey(),
                own.encapsulationKey(),
                Signed.UNSIGNED)
            .signed(seat.key());
    return Step.to(new AwaitingAdvertisements(seat, own, advertised, random), advertised);
  }

  @Override
  public Step on(AdvertiseBundle bundle) {
    Optional<Fault> fault = faultOf(bundle);
    if (fault.isPresent()) {
      return aborted(fault.get());
    }
    for (Advertise peer : bundle.advertised()) {
      if (!peer.sender().equals(seat.self()) && !own.agree(peer)) {
        return aborted(unusable(peer, HybridKey.LOW_ORDER));
      }
    }
    return bind(bundle);
  }

  private Optional<Fault> faultOf(AdvertiseBundle bundle) {
    return seat.scrutiny(seat.terms().roster()::contains)
        .faultOfAll("advertised keys", bundle.advertised(), seat.least())
        .or(() -> Scrutiny.faultUnlessShown(advertised, bundle.advertised()))
        .or(
            () ->
                bundle.advertised().stream()
                    .flatMap(
                        each ->
                            HybridKey.encapsulationDefect(each)
                                .map(why -> unusable(each, why))
                                .stream())
                    .findFirst());
  }

  static Fault unusable(Advertise advertise, String why) {
    return Fault.of(Fault.Kind.UNUSABLE_KEY, advertise.sender(), why);
  }

  /** What was agreed with peers of lower index waits for their ciphertexts. */
  private Step bind(AdvertiseBundle bundle) {
    Digest keys = bundle.digest();
    SortedMap<NodeId, Secret> chains = new TreeMap<>();
    List<Encapsulation> ciphertexts = new ArrayList<>();
    for (Advertise peer : bundle.advertised()) {
      if (seat.encapsulatesTo(peer.sender())) {
        SecretWithEncapsulation made =
            HybridKey.encapsulate(peer.encapsulationKey(), random.next(Secret.BYTES));
        Bytes ciphertext = Bytes.of(made.getEncapsulation());
        byte[] material = own.material(peer.sender(), made.getSecret());
        chains.put(
            peer.sender(), PairSecrets.chainKey(keys, advertised, peer, ciphertext, material));
        ciphertexts.add(new Encapsulation(seat.self(), peer.sender(), ciphertext));
      }
    }
    List<BindHeader.ForPeer> sealed =
        ciphertexts.stream().map(c -> new BindHeader.ForPeer(c.to(), c.digest())).toList();
    BindHeader header =
        new BindHeader(seat.self(), seat.ctx(), keys, sealed, Signed.UNSIGNED).signed(seat.key());
    Bind answer = new Bind(header, ciphertexts);
    return Step.to(new AwaitingBindings(seat, own, bundle, answer, chains), answer);
  }

  @Override
  public Step on(BindBundle bundle) {
    return Step.ignored(this, "bindings before the keys they bind");
  }

  @Override
  public Step abandon() {
    return aborted(Fault.of(Fault.Kind.ABANDONED, "before the keys were seen"));
  }

  private Step aborted(Fault fault) {
    own.destroy();
    return Step.to(new Aborted(fault));
  }
}
