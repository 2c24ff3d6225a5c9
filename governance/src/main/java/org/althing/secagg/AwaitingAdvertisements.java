package org.althing.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.bouncycastle.crypto.SecretWithEncapsulation;

/** A1 was sent; the bundle of everybody's keys is awaited. */
record AwaitingAdvertisements(SetupSeat seat, HybridKey own, Advertise advertised, KeyStream random)
    implements KeySetup {

  static Step begin(SetupSeat seat, byte[] entropy) {
    // Bound to the set-up, so that one seed used twice by mistake still draws two streams.
    Secret seed = Hkdf.derive(new Secret(entropy), seat.ctx().bytes());
    KeyStream random = new KeyStream(seed);
    seed.destroy();
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
    return fault.isPresent() ? aborted(fault.get()) : bind(bundle);
  }

  private Optional<Fault> faultOf(AdvertiseBundle bundle) {
    return seat.scrutiny(seat.terms().roster().ids())
        .faultOfAll("advertised keys", bundle.advertised(), seat.least())
        .or(() -> Scrutiny.faultUnlessShown(advertised, bundle.advertised()))
        .or(
            () ->
                bundle.advertised().stream()
                    .map(AwaitingAdvertisements::defect)
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  static Optional<Fault> defect(Advertise advertise) {
    return HybridKey.defect(advertise)
        .map(why -> Fault.of(Fault.Kind.UNUSABLE_KEY, advertise.sender(), why));
  }

  private Step bind(AdvertiseBundle bundle) {
    SortedMap<NodeId, Secret> chains = new TreeMap<>();
    List<Encapsulation> ciphertexts = new ArrayList<>();
    for (Advertise peer : bundle.advertised()) {
      if (seat.encapsulatesTo(peer.sender())) {
        SecretWithEncapsulation made =
            HybridKey.encapsulate(peer.encapsulationKey(), random.next(Secret.BYTES));
        Bytes ciphertext = Bytes.of(made.getEncapsulation());
        byte[] material = own.material(made.getSecret(), peer.agreementKey());
        chains.put(
            peer.sender(),
            PairSecrets.chainKey(bundle.digest(), advertised, peer, ciphertext, material));
        ciphertexts.add(new Encapsulation(seat.self(), peer.sender(), ciphertext));
      }
    }
    List<BindHeader.ForPeer> sealed =
        ciphertexts.stream().map(c -> new BindHeader.ForPeer(c.to(), c.digest())).toList();
    BindHeader header =
        new BindHeader(seat.self(), seat.ctx(), bundle.digest(), sealed, Signed.UNSIGNED)
            .signed(seat.key());
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
