package org.althing.secagg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * A member with its real keys that checks nothing, and of each step says what its lie makes of the
 * honest message.
 */
final class LyingNode {
  final NodeId self;
  final PairSecrets pairs;
  final RoundTerms terms;
  private final Federation federation;
  private final NodeLie lie;
  private final RoundSeat seat;
  private Optional<SeatedCohort> seated = Optional.empty();
  private Optional<Survivors> confirmed = Optional.empty();

  LyingNode(Federation federation, PairSecrets pairs, RoundTerms terms, NodeLie lie) {
    this.federation = federation;
    this.pairs = pairs;
    this.self = pairs.self();
    this.terms = terms;
    this.lie = lie;
    this.seat = new RoundSeat(terms, federation.key(self), pairs, federation.bytes(Secret.BYTES));
  }

  List<Ready> ready() {
    return lie.ready(this, seat.ready());
  }

  List<? extends RoundMessage> on(RoundAnnouncement announcement, long[] input) {
    if (announcement instanceof CohortAnnounced announced) {
      SeatedCohort cohort = opened(announced);
      seated = Optional.of(cohort);
      return lie.input(
          this, seat.maskedInput(cohort, Federation.paid(terms, input), Bytes.of(new byte[] {7})));
    }
    if (announcement instanceof SurvivorsProposed proposed) {
      Cohort cohort = seated.orElseThrow().cohort();
      Survivors survivors = Survivors.of(terms.ctx(), cohort, proposed.headers());
      confirmed = Optional.of(survivors);
      return lie.confirm(this, seat.confirm(cohort, survivors), survivors);
    }
    List<ConfirmHeader> shown = ((ConfirmationsShown) announcement).headers();
    return lie.unmask(
        this,
        seat.unmask(
            confirmed.orElseThrow(),
            shown.stream().map(ConfirmHeader::sender).collect(Collectors.toSet())));
  }

  private SeatedCohort opened(CohortAnnounced announced) {
    Cohort cohort = Cohort.of(terms.ctx(), announced.headers());
    for (ShareBox box : announced.boxes()) {
      seat.open(box, cohort.headerOf(box.from()));
    }
    return new SeatedCohort(announced, cohort);
  }

  /** The others of the key set-up, in order. */
  List<NodeId> peers() {
    return pairs.members().stream().filter(id -> !id.equals(self)).toList();
  }

  /** What it deals to a peer in an honest READY: its shares of b and e, 64 bytes. */
  byte[] dealt(Ready honest, NodeId peer) {
    ShareBox box =
        honest.boxes().stream().filter(b -> b.to().equals(peer)).findFirst().orElseThrow();
    Digest committed = honest.header().selfSeed();
    return Sealing.open(
            pairs.boxKey(self, peer, terms.ctx(), committed),
            PairSecrets.boxHeader(self, peer, terms.ctx(), committed),
            box.sealed().toArray())
        .orElseThrow();
  }

  /** b and e themselves, which the liar knows; here out of its own boxes. */
  List<Secret> secrets(Ready honest) {
    List<NodeId> holders = peers().subList(0, terms.epoch().roster().quorum().threshold());
    int[] points = holders.stream().mapToInt(terms.epoch().roster()::indexOf).toArray();
    long[] both =
        SecretSharing.combine(
            SecretSharing.lagrange(points, 0),
            holders.stream().map(holder -> Longs.of(dealt(honest, holder))).toList());
    return List.of(
        Secret.taking(Longs.toBytes(both, 0, 4)), Secret.taking(Longs.toBytes(both, 4, 4)));
  }

  Ready honestReady() {
    return seat.ready();
  }

  /** A READY that commits to what {@code header} says and deals what {@code shares} makes of it. */
  Ready dealing(Ready honest, ReadyHeader header, BiFunction<NodeId, byte[], byte[]> shares) {
    List<ShareBox> boxes = new ArrayList<>();
    for (NodeId peer : peers()) {
      byte[] sealed =
          Sealing.seal(
              pairs.boxKey(self, peer, terms.ctx(), header.selfSeed()),
              PairSecrets.boxHeader(self, peer, terms.ctx(), header.selfSeed()),
              shares.apply(peer, dealt(honest, peer)));
      boxes.add(new ShareBox(self, peer, Bytes.of(sealed)));
    }
    return signed(header, boxes);
  }

  Ready signed(ReadyHeader header, List<ShareBox> boxes) {
    Ready unsigned = new Ready(header, boxes);
    return new Ready(
        new ReadyHeader(
                self,
                terms.ctx(),
                header.selfSeed(),
                header.sealingKey(),
                Ready.digestOf(unsigned.boxes()),
                Signed.UNSIGNED)
            .signed(federation.key(self)),
        boxes);
  }

  Input sending(Digest cohort, long[] words) {
    MaskedVector vector = new MaskedVector(words);
    InputHeader header =
        new InputHeader(
            self,
            terms.ctx(),
            cohort,
            vector.digest(),
            Input.digestOf(Bytes.EMPTY),
            Signed.UNSIGNED);
    return new Input(header.signed(federation.key(self)), vector, Bytes.EMPTY);
  }

  static long[] wordsOf(Input input) {
    long[] words = new long[input.vector().length()];
    input.vector().addTo(words);
    return words;
  }

  Confirm confirming(Confirm honest, Digest survivors, byte[] sealedSeeds) {
    Bytes sealed = Bytes.of(sealedSeeds);
    ConfirmHeader header =
        new ConfirmHeader(
            self,
            terms.ctx(),
            honest.header().cohort(),
            survivors,
            Confirm.digestOf(sealed),
            Signed.UNSIGNED);
    return new Confirm(header.signed(federation.key(self)), sealed);
  }

  /** Seeds as honestly sealed as if they were the right ones. */
  Confirm sealing(Confirm honest, Survivors survivors, byte[] seeds) {
    Secret sealingKey = secrets(honestReady()).get(1);
    byte[] sealed = Sealing.seal(sealingKey, survivors.sealingHeader(self, terms.ctx()), seeds);
    return confirming(honest, survivors.digest(), sealed);
  }

  Unmask revealing(Unmask honest, List<RevealedShares> shares) {
    return new Unmask(self, terms.ctx(), honest.survivors(), shares, Signed.UNSIGNED)
        .signed(federation.key(self));
  }

  static byte[] flipped(byte[] bytes, int at) {
    byte[] other = Arrays.copyOf(bytes, bytes.length);
    other[at] ^= 1;
    return other;
  }
}
