package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.junit.jupiter.api.Test;

/** The coordinator of secure-aggregation protocol §4.4 and §5 tries, and learns nothing. */
final class LyingCoordinatorTest {
  private final Federation federation = Federation.of(4, 21);
  private final Map<NodeId, KeySetup> nodes = new LinkedHashMap<>();
  private final Map<NodeId, Advertise> advertised = new LinkedHashMap<>();

  private void advertise() {
    for (NodeId id : federation.ids()) {
      var step = KeySetup.begin(federation.epoch, id, federation.key(id), federation.bytes(32));
      nodes.put(id, step.next());
      advertised.put(id, (Advertise) step.send().get(0));
    }
  }

  private static void assertAborted(KeySetup.Step step, Fault.Kind kind) {
    assertThat(step.send()).isEmpty();
    assertThat(((KeySetup.Aborted) step.next()).reason().kind()).isEqualTo(kind);
  }

  private AdvertiseBundle bundle() {
    return new AdvertiseBundle(List.copyOf(advertised.values()));
  }

  /** §5, attack 1. */
  @Test
  void swappedPublicKeysAreRefused() {
    advertise();
    Advertise theirs = advertised.get(federation.id(1));
    Advertise ours = advertised.get(federation.id(2));
    Advertise swapped =
        new Advertise(
            theirs.sender(),
            theirs.ctx(),
            ours.agreementKey(),
            ours.encapsulationKey(),
            theirs.signature());
    advertised.put(theirs.sender(), swapped);
    assertAborted(nodes.get(federation.id(0)).on(bundle()), Fault.Kind.BAD_SIGNATURE);
  }

  /** §5, attack 2: each node sees a key set of its own; the bindings show it. */
  @Test
  void differentKeySetsForDifferentNodesAreRefused() {
    advertise();
    List<BindHeader> headers = new ArrayList<>();
    List<Encapsulation> ciphertexts = new ArrayList<>();
    for (NodeId id : federation.ids()) {
      List<Advertise> shown = new ArrayList<>(advertised.values());
      if (id.equals(federation.id(0))) {
        shown.remove(3);
      }
      var step = nodes.get(id).on(new AdvertiseBundle(shown));
      nodes.put(id, step.next());
      if (!step.send().isEmpty() && !id.equals(federation.id(3))) {
        Bind bind = (Bind) step.send().get(0);
        headers.add(bind.header());
        ciphertexts.addAll(bind.ciphertexts());
      }
    }
    NodeId victim = federation.id(0);
    List<Encapsulation> mine = ciphertexts.stream().filter(c -> c.to().equals(victim)).toList();
    assertAborted(nodes.get(victim).on(new BindBundle(headers, mine)), Fault.Kind.OTHER_KEYS);
  }

  @Test
  void aSubstitutedCiphertextIsRefused() {
    List<SetupMessage> said = new ArrayList<>();
    List<SetupAnnouncement> announced = new ArrayList<>();
    federation.keyed(said, announced);
    advertise();
    NodeId last = federation.id(3);
    BindBundle honest = bindFor(last);
    Encapsulation first = honest.ciphertexts().get(0);
    byte[] altered = first.ciphertext().toArray();
    altered[0] ^= 1;
    Encapsulation substituted = new Encapsulation(first.from(), first.to(), Bytes.of(altered));
    assertAborted(
        nodes
            .get(last)
            .on(
                new BindBundle(
                    honest.headers(), Scene.replaced(honest.ciphertexts(), 0, substituted))),
        Fault.Kind.WRONG_CONTENT);
  }

  private BindBundle bindFor(NodeId to) {
    List<BindHeader> headers = new ArrayList<>();
    List<Encapsulation> ciphertexts = new ArrayList<>();
    for (NodeId id : federation.ids()) {
      var step = nodes.get(id).on(bundle());
      nodes.put(id, step.next());
      Bind bind = (Bind) step.send().get(0);
      headers.add(bind.header());
      bind.ciphertexts().stream().filter(c -> c.to().equals(to)).forEach(ciphertexts::add);
    }
    return new BindBundle(headers, ciphertexts);
  }

  @Test
  void aSecondSetOfKeysIsRefused() {
    advertise();
    NodeId victim = federation.id(0);
    KeySetup bound = nodes.get(victim).on(bundle()).next();
    advertised.remove(federation.id(3));
    assertAborted(bound.on(bundle()), Fault.Kind.SECOND_ANNOUNCEMENT);
  }

  @Test
  void fewerKeysThanTheQuorumAreRefused() {
    advertise();
    advertised.remove(federation.id(3));
    advertised.remove(federation.id(2));
    assertAborted(nodes.get(federation.id(0)).on(bundle()), Fault.Kind.TOO_FEW);
  }

  @Test
  void keysOfAnotherStudyOrEpochAreRefused() {
    advertise();
    Advertise theirs = advertised.get(federation.id(1));
    advertised.put(
        theirs.sender(),
        new Advertise(
                theirs.sender(),
                Scene.OTHER,
                theirs.agreementKey(),
                theirs.encapsulationKey(),
                Signed.UNSIGNED)
            .signed(federation.key(theirs.sender())));
    assertAborted(nodes.get(federation.id(0)).on(bundle()), Fault.Kind.OTHER_CONTEXT);
  }

  /**
   * §5, attack 2: two cohorts; whoever compares the inputs' headers finds out and signs nothing.
   */
  @Test
  void twoCohortsGetNoConfirmation() {
    Scene scene = Scene.awaitingCohort();
    NodeRound wide = scene.subject().on(scene.cohortFor(scene.self)).next();
    var input = (Input) wide.input(scene.paid(scene.self), new byte[0]).send().get(0);
    Scene other = Scene.awaitingSurvivors();
    NodeRound waiting = other.subject();
    InputHeader stranger =
        new InputHeader(
                other.peer,
                other.terms.ctx(),
                Cohort.of(other.terms.ctx(), other.readyHeaders().subList(0, 3)).digest(),
                input.header().vector(),
                input.header().attachment(),
                Signed.UNSIGNED)
            .signed(other.federation.key(other.peer));
    NodeRound.Step step =
        waiting.on(new SurvivorsProposed(Scene.replaced(other.inputHeaders(), 1, stranger)));
    assertThat(step.send()).isEmpty();
    assertThat(((NodeRound.Aborted) step.next()).reason().kind())
        .isEqualTo(Fault.Kind.OTHER_COHORT);
  }

  /** §5, attacks 3 and 4: a survivor's seed to one, its masks to another. */
  @Test
  void noNodeGivesSharesForASetItDidNotSign() {
    Scene scene = Scene.awaitingConfirmations();
    List<ConfirmHeader> others =
        scene.confirmHeaders().stream()
            .map(
                h ->
                    new ConfirmHeader(
                            h.sender(),
                            h.ctx(),
                            h.cohort(),
                            Scene.OTHER,
                            h.sealedSeeds(),
                            Signed.UNSIGNED)
                        .signed(scene.federation.key(h.sender())))
            .toList();
    NodeRound.Step step = scene.subject().on(new ConfirmationsShown(others));
    assertThat(step.send()).isEmpty();
    assertThat(((NodeRound.Aborted) step.next()).reason().kind())
        .isEqualTo(Fault.Kind.OTHER_SURVIVORS);
    assertThat(step.next().on(scene.shown()).send()).isEmpty();
  }

  /** §5, attack 9: a node that was shown another model has another context and masks apart. */
  @Test
  void anotherPublicStateMakesAnotherContext() {
    var pairs = federation.keyed();
    Digest keys = pairs.get(federation.id(0)).keys();
    RoundTerms honest = federation.terms(keys, 0, 1, 20);
    RoundTerms lied = new RoundTerms(federation.epoch, keys, 0, 1, Scene.OTHER, 20);
    assertThat(lied.ctx()).isNotEqualTo(honest.ctx());
    List<ReadyHeader> headers = new ArrayList<>();
    NodeRound victim = null;
    for (NodeId id : federation.ids()) {
      RoundTerms terms = id.equals(federation.id(0)) ? lied : honest;
      var step = NodeRound.begin(terms, federation.key(id), pairs.get(id), federation.bytes(32));
      victim = victim == null ? step.next() : victim;
      headers.add(((Ready) step.send().get(0)).header());
    }
    NodeRound.Step step = victim.on(new CohortAnnounced(headers, List.of()));
    assertThat(((NodeRound.Aborted) step.next()).reason().kind())
        .isEqualTo(Fault.Kind.OTHER_CONTEXT);
  }

  @Test
  void everyTermOfARoundChangesItsContext() {
    var base = new RoundTerms(federation.epoch, Scene.OTHER, 1, 1, Scene.OTHER, 20);
    Digest third = Digest.of(new byte[] {3});
    EpochTerms later = new EpochTerms(federation.epoch.plan(), 2, federation.roster);
    EpochTerms elsewhere = new EpochTerms(third, 1, federation.roster);
    EpochTerms lowered = new EpochTerms(federation.epoch.plan(), 1, Federation.of(5, 21).roster);
    assertThat(
            List.of(
                base.ctx(),
                new RoundTerms(later, Scene.OTHER, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(elsewhere, Scene.OTHER, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(lowered, Scene.OTHER, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, third, 1, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 2, 1, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 1, 2, Scene.OTHER, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 1, 1, third, 20).ctx(),
                new RoundTerms(federation.epoch, Scene.OTHER, 1, 1, Scene.OTHER, 21).ctx()))
        .doesNotHaveDuplicates();
  }
}
