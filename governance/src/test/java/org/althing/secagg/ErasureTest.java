package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever takes a secret over for the last time leaves nothing of it behind. */
class ErasureTest {
  private static final byte[] INFO = {1, 2, 3};
  private final byte[] held = bytes(Secret.BYTES);
  private final Secret secret = Secret.taking(held);

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private static void assertErased(Secret secret) {
    assertThatIllegalStateException().isThrownBy(secret::reveal).withMessageContaining("erased");
  }

  private static void assertErased(SharePair shares) {
    assertThatIllegalStateException().isThrownBy(shares::selfSeed);
    assertThatIllegalStateException().isThrownBy(shares::sealingKey);
  }

  @Test
  void anErasedSecretIsZerosAndCannotBeRead() {
    secret.destroy();
    assertThat(held).containsOnly(0);
    assertErased(secret);
  }

  @Test
  void aSecretThatIsCopiedStaysAndOneThatIsMovedDoesNot() {
    byte[] target = new byte[40];
    secret.copyTo(target, 8);
    assertThat(target).startsWith(new byte[8]).endsWith(bytes(32));
    assertThat(secret.reveal()).isEqualTo(Bytes.of(bytes(32)));
    secret.moveTo(new byte[32], 0);
    assertThat(held).containsOnly(0);
  }

  @Test
  void derivingAndExtractingForTheLastTimeErase() {
    Secret derived = Hkdf.derive(secret, INFO);
    assertThat(derived.matches(Hkdf.deriveLast(secret, INFO))).isTrue();
    assertThat(held).containsOnly(0);
    byte[] material = bytes(64);
    Hkdf.extract(INFO, material);
    assertThat(material).containsOnly(0);
  }

  @Test
  void aKeyStreamEndsItsKeyAndASweepItsTile() {
    new KeyStream(secret);
    assertThat(held).containsOnly(0);
    byte[] tile = new byte[KeyStream.TILE_BYTES];
    long[] vector = new long[100];
    new MaskSweep().add(Secret.copying(bytes(32))).over(vector, tile);
    assertThat(vector).doesNotContain(0);
    assertThat(tile).containsOnly(0);
  }

  @Test
  void sealingErasesThePlainTextAndTheKey() {
    byte[] plain = bytes(64);
    byte[] sealed = Sealing.seal(secret, INFO, plain);
    assertThat(plain).containsOnly(0);
    assertThat(held).containsOnly(0);
    byte[] opening = bytes(32);
    assertThat(Sealing.open(Secret.taking(opening), INFO, sealed)).hasValue(bytes(64));
    assertThat(opening).containsOnly(0);
  }

  /** Sixteen bytes are the tag of nothing. */
  @Test
  void nothingCanBeSealed() {
    byte[] sealed = Sealing.seal(secret, INFO, new byte[0]);
    assertThat(sealed).hasSize(Sealing.TAG_BYTES);
    assertThat(Sealing.open(Secret.taking(bytes(32)), INFO, sealed)).hasValue(new byte[0]);
  }

  @Test
  void sharingErasesThePolynomial() {
    long[] polynomial = {5};
    long[] coefficients = {6, 7};
    SecretSharing.share(polynomial, new int[] {1, 2, 3}, coefficients);
    assertThat(polynomial).containsOnly(0);
    assertThat(coefficients).containsOnly(0);
    byte[] drawn = bytes(16);
    assertThat(Longs.taking(drawn)).containsOnly(0x0707070707070707L);
    assertThat(drawn).containsOnly(0);
  }

  @Test
  void sharesAreErasedWhereTheyCameFromAndOnceSealed() {
    byte[] both = bytes(SharePair.BYTES);
    SharePair shares = SharePair.taking(both);
    assertThat(both).containsOnly(0);
    assertThat(shares.selfSeed()).isEqualTo(Bytes.of(bytes(32)));
    shares.seal(secret, INFO);
    assertErased(shares);
    long[] longs = {1, 2, 3, 4, 5, 6, 7, 8};
    SharePair others = SharePair.taking(longs);
    assertThat(longs).containsOnly(0);
    others.destroy();
    assertErased(others);
  }

  @Test
  void aHybridKeyTakesItsSeedOverAndEndsWithAllThatWasAgreed() {
    byte[] seed = bytes(HybridKey.KEM_SEED_BYTES);
    HybridKey key = new HybridKey(secret, seed);
    assertThat(seed).containsOnly(0);
    NodeId peer = new NodeId("peer");
    Advertise advertised =
        new Advertise(
            peer, Digest.of(INFO), key.agreementKey(), key.encapsulationKey(), Signed.UNSIGNED);
    byte[] kem = bytes(32);
    assertThat(key.agree(advertised)).isTrue();
    assertThat(key.material(peer, kem)).startsWith(bytes(32)).hasSize(64);
    assertThat(kem).containsOnly(0);
    key.agree(advertised);
    Bytes ciphertext = Bytes.of(new byte[Encapsulation.CIPHERTEXT_BYTES]);
    key.decapsulate(ciphertext);
    key.destroy();
    assertThat(held).containsOnly(0);
    assertThatIllegalStateException().isThrownBy(() -> key.decapsulate(ciphertext));
    assertThatIllegalStateException().isThrownBy(() -> key.material(peer, bytes(32)));
  }

  @Test
  void thePairSecretsOfAClosedReleaseAreErased() {
    Federation federation = Federation.of(3, 4);
    SortedMap<NodeId, Secret> chains = new TreeMap<>(Map.of(federation.id(1), secret));
    PairSecrets pairs =
        new PairSecrets(federation.epoch, Digest.of(INFO), federation.id(0), chains);
    pairs.closeThrough(0);
    assertThat(held).containsOnly(0);
    Secret now = chains.get(federation.id(1));
    pairs.destroy();
    assertErased(now);
  }

  @Test
  void aChainKeyLeavesNothingOfItsMaterial() {
    Scene scene = Scene.awaitingCohort();
    List<SetupMessage> advertised = new ArrayList<>();
    scene.federation.keyed(advertised, new ArrayList<>());
    Advertise one = (Advertise) advertised.get(0);
    byte[] material = bytes(64);
    PairSecrets.chainKey(Scene.OTHER, one, one, Bytes.EMPTY, material);
    assertThat(material).containsOnly(0);
  }

  /** A state that was kept shows what its seat still holds. */
  @ParameterizedTest
  @ValueSource(strings = {"cohort", "paid sum", "survivors", "confirmations", "finished"})
  void anAttemptThatEndsErasesItsSecretsAndSharesWhereverItStands(String stage) {
    Scene scene =
        switch (stage) {
          case "cohort" -> Scene.awaitingCohort();
          case "paid sum" -> Scene.awaitingPaidSum();
          case "survivors" -> Scene.awaitingSurvivors();
          default -> Scene.awaitingConfirmations();
        };
    NodeRound kept = scene.subject();
    RoundSeat seat = seatOf(kept);
    if (stage.equals("finished")) {
      kept.on(scene.shown());
    } else {
      kept.abandon();
    }
    assertErased(seat.sharesOf(scene.self));
    if (!stage.equals("cohort")) {
      assertErased(seat.sharesOf(scene.peer));
    }
    Survivors survivors = new Survivors(new TreeMap<>(), Scene.OTHER, List.of(scene.dropped));
    Cohort cohort = Cohort.of(scene.terms.ctx(), scene.readyHeaders());
    assertThatIllegalStateException()
        .as("the sealing key")
        .isThrownBy(() -> seat.confirm(cohort, survivors));
    if (stage.equals("cohort") || stage.equals("paid sum")) {
      assertThatIllegalStateException()
          .as("the self seed")
          .isThrownBy(
              () ->
                  seat.maskedInput(
                      new SeatedCohort(scene.cohortFor(scene.self), cohort),
                      scene.paid(scene.self),
                      Bytes.EMPTY))
          .withMessageContaining("erased");
    }
  }

  private static RoundSeat seatOf(NodeRound round) {
    if (round instanceof AwaitingCohort state) {
      return state.seat();
    }
    if (round instanceof NodeRound.AwaitingNoisedSum state) {
      return state.seat();
    }
    if (round instanceof AwaitingSurvivors state) {
      return state.seat();
    }
    return ((AwaitingConfirmations) round).seat();
  }

  @Test
  void aBoxThatDoesNotOpenErasesWhatWasInTheOthers() {
    Scene scene = Scene.awaitingCohort();
    RoundSeat seat = seatOf(scene.subject());
    List<ShareBox> boxes = scene.cohortFor(scene.self).boxes();
    ShareBox last = boxes.get(2);
    ShareBox spoilt = new ShareBox(last.from(), last.to(), Bytes.of(new byte[80]));
    NodeRound.Step step =
        scene
            .subject()
            .on(new CohortAnnounced(scene.readyHeaders(), Scene.replaced(boxes, 2, spoilt)));
    assertThat(step.next()).isInstanceOf(NodeRound.Aborted.class);
    assertErased(seat.sharesOf(scene.peer));
    assertThatIllegalStateException()
        .isThrownBy(() -> seat.sharesOf(last.from()))
        .withMessageContaining("no shares");
  }
}
