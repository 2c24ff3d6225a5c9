package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.junit.jupiter.api.Test;

/** The third of four nodes in a key set-up; two encapsulate to it and it encapsulates to one. */
class KeySetupTest {
  private final Federation federation = Federation.of(4, 43);
  private final NodeId self = federation.id(2);
  private final NodeId first = federation.id(0);
  private final NodeId last = federation.id(3);
  private final Map<NodeId, Advertise> advertised = new LinkedHashMap<>();
  private final Map<NodeId, Bind> bound = new LinkedHashMap<>();
  private final AwaitingAdvertisements begun;
  private final AdvertiseBundle keys;
  private final AwaitingBindings binding;

  KeySetupTest() {
    Map<NodeId, KeySetup> nodes = new LinkedHashMap<>();
    for (NodeId id : federation.ids()) {
      var step = KeySetup.begin(federation.epoch, id, federation.key(id), federation.bytes(32));
      nodes.put(id, step.next());
      advertised.put(id, (Advertise) step.send().get(0));
    }
    keys = new AdvertiseBundle(List.copyOf(advertised.values()));
    begun = (AwaitingAdvertisements) nodes.get(self);
    nodes.replaceAll(
        (id, node) -> {
          KeySetup.Step step = node.on(keys);
          bound.put(id, (Bind) step.send().get(0));
          return step.next();
        });
    binding = (AwaitingBindings) nodes.get(self);
  }

  private static void assertAborted(KeySetup.Step step, Fault.Kind kind) {
    assertThat(step.send()).isEmpty();
    assertThat(step.next())
        .isInstanceOfSatisfying(
            KeySetup.Aborted.class, aborted -> assertThat(aborted.reason().kind()).isEqualTo(kind));
  }

  private List<Encapsulation> forSelf() {
    return bound.values().stream()
        .flatMap(bind -> bind.ciphertexts().stream())
        .filter(each -> each.to().equals(self))
        .toList();
  }

  private List<BindHeader> headers() {
    return bound.values().stream().map(Bind::header).toList();
  }

  private Bind bind(Bind like, List<BindHeader.ForPeer> sealed, List<Encapsulation> ciphertexts) {
    BindHeader header = like.header();
    return new Bind(
        new BindHeader(header.sender(), header.ctx(), header.keys(), sealed, Signed.UNSIGNED)
            .signed(federation.key(header.sender())),
        ciphertexts);
  }

  private Bind bind(Bind like, List<Encapsulation> ciphertexts) {
    return bind(
        like,
        ciphertexts.stream().map(c -> new BindHeader.ForPeer(c.to(), c.digest())).toList(),
        ciphertexts);
  }

  @Test
  void beginsOnlyUnderTheKeyOfTheRoster() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KeySetup.begin(
                    federation.epoch, self, federation.key(first), federation.bytes(32)));
  }

  @Test
  void theSameKeysAgainGiveTheSameBindingAndOthersEndTheSetUp() {
    KeySetup.Step again = binding.on(new AdvertiseBundle(List.copyOf(advertised.values())));
    assertThat(again.send()).isEqualTo(List.of(bound.get(self)));
    assertThat(again.next()).isSameAs(binding);
    assertAborted(
        binding.on(new AdvertiseBundle(keys.advertised().subList(0, 3))),
        Fault.Kind.SECOND_ANNOUNCEMENT);
  }

  @Test
  void aPeersKeyOfLowOrderEndsTheSetUpAndErasesItsKeys() {
    Advertise honest = advertised.get(first);
    Advertise low =
        new Advertise(
                first,
                honest.ctx(),
                Bytes.of(new byte[32]),
                honest.encapsulationKey(),
                Signed.UNSIGNED)
            .signed(federation.key(first));
    KeySetup.Step step = begun.on(new AdvertiseBundle(Scene.replaced(keys.advertised(), 0, low)));
    assertAborted(step, Fault.Kind.UNUSABLE_KEY);
    assertThatIllegalStateException().isThrownBy(begun.own()::agreementKey);
  }

  /** What is agreed with a peer of lower index waits, and with nobody else is anything agreed. */
  @Test
  void agreesWithTheOthersAlone() {
    assertThat(binding.own().material(first, new byte[32])).hasSize(64);
    assertThatNullPointerException().isThrownBy(() -> binding.own().material(self, new byte[32]));
    assertThatNullPointerException().isThrownBy(() -> binding.own().material(last, new byte[32]));
  }

  @Test
  void aSetUpThatIsGivenUpErasesItsKeysAndChains() {
    Secret chain = binding.chains().get(last);
    binding.abandon();
    assertThatIllegalStateException().isThrownBy(chain::reveal);
    assertThatIllegalStateException().isThrownBy(binding.own()::agreementKey);
  }

  @Test
  void aSetUpThatIsCompleteErasesItsKeysAndWhatItSharesWithNoMember() {
    Secret chain = binding.chains().get(last);
    KeySetup.Step step = binding.on(new BindBundle(headers().subList(0, 3), forSelf()));
    assertThat(((KeySetup.Keyed) step.next()).pairs().members())
        .containsExactly(first, federation.id(1), self);
    assertThatIllegalStateException().isThrownBy(chain::reveal);
    assertThatIllegalStateException().isThrownBy(binding.own()::agreementKey);
  }

  @Test
  void everySharedSecretStaysWithItsMembers() {
    Secret chain = binding.chains().get(last);
    binding.on(new BindBundle(headers(), forSelf()));
    assertThat(chain.reveal().length()).isEqualTo(Secret.BYTES);
  }

  @Test
  void twoCiphertextsOfOneNodeEndTheSetUp() {
    assertAborted(
        binding.on(new BindBundle(headers(), Scene.with(forSelf(), forSelf().get(0)))),
        Fault.Kind.REPEATED);
  }

  @Test
  void aCiphertextThatIsMissingEndsTheSetUp() {
    assertAborted(
        binding.on(new BindBundle(headers(), forSelf().subList(1, 2))), Fault.Kind.WRONG_CONTENT);
  }

  @Test
  void aCiphertextOtherThanSignedEndsTheSetUp() {
    byte[] bytes = forSelf().get(0).ciphertext().toArray();
    bytes[5] ^= 1;
    Encapsulation other = new Encapsulation(first, self, Bytes.of(bytes));
    assertAborted(
        binding.on(new BindBundle(headers(), Scene.replaced(forSelf(), 0, other))),
        Fault.Kind.WRONG_CONTENT);
  }

  /** Its sender signed it for this node, but addressed it to another. */
  @Test
  void aCiphertextForAnotherEndsTheSetUpThoughItIsSigned() {
    Encapsulation elsewhere = new Encapsulation(first, last, forSelf().get(0).ciphertext());
    Bind lie =
        bind(
            bound.get(first),
            List.of(new BindHeader.ForPeer(self, elsewhere.digest())),
            List.of(elsewhere));
    assertAborted(
        binding.on(
            new BindBundle(
                Scene.replaced(headers(), 0, lie.header()),
                Scene.replaced(forSelf(), 0, elsewhere))),
        Fault.Kind.WRONG_CONTENT);
  }

  /** Whatever a binding lacks, it is signed as it is. */
  @Test
  void theCoordinatorRejectsABindingThatIsNotWholeOwnAndAsSigned() {
    CoordinatorSetup collecting = CoordinatorSetup.begin(federation.epoch);
    for (Advertise each : advertised.values()) {
      collecting = collecting.on(each).next();
    }
    Bind honest = bound.get(first);
    List<Encapsulation> ciphertexts = honest.ciphertexts();
    Encapsulation stolen =
        new Encapsulation(last, ciphertexts.get(0).to(), ciphertexts.get(0).ciphertext());
    List<Bind> lies = new ArrayList<>();
    lies.add(bind(honest, ciphertexts.subList(0, 2)));
    lies.add(bind(honest, Scene.replaced(ciphertexts, 0, stolen)));
    lies.add(
        bind(
            honest,
            Scene.replaced(
                honest.header().sealed(),
                0,
                new BindHeader.ForPeer(ciphertexts.get(0).to(), Scene.OTHER)),
            ciphertexts));
    for (Bind lie : lies) {
      assertThat(collecting.on(lie).rejected().orElseThrow().kind())
          .isEqualTo(Fault.Kind.WRONG_CONTENT);
    }
    assertThat(collecting.on(honest).rejected()).isEmpty();
  }
}
