package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A member lies: the others end with the right sum or with none, and it is named where it can be.
 * What it can make wrong unseen is what it could as well have said of its own data.
 */
final class LyingNodeTest {
  private static final List<Quorum> QUORUMS =
      List.of(new Quorum(4, 3, 1, 3, 3), new Quorum(5, 3, 0, 3, 3), new Quorum(7, 5, 1, 5, 5));

  static Stream<Arguments> liesInEveryRoster() {
    return Arrays.stream(NodeLie.values())
        .flatMap(lie -> QUORUMS.stream().map(quorum -> Arguments.of(lie, quorum)));
  }

  private static final Map<Quorum, Tables> TABLES = new HashMap<>();

  /**
   * One attempt in which the second member lies; where it lies about the dropped, the last drops.
   */
  private static RoundPlay played(NodeLie lie, Tables.Table table) {
    Federation federation = table.federation();
    NodeId liar = federation.id(1);
    NodeId last = federation.id(federation.ids().size() - 1);
    RoundPlay play =
        new RoundPlay(
            federation,
            table.pairs(),
            table.terms(),
            (id, kind) ->
                lie.needsSomebodyDropped() && id.equals(last) && kind == RoundPlay.Kind.INPUT);
    play.replace(new LyingNode(federation, table.pairs().get(liar), table.terms(), lie));
    play.run();
    return play;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("liesInEveryRoster")
  void theSumIsRightOrThereIsNoneAndTheLiarIsNamedWhereItCanBe(NodeLie lie, Quorum quorum) {
    Tables tables = TABLES.computeIfAbsent(quorum, q -> new Tables(Federation.of(q, q.nodes())));
    RoundPlay play = played(lie, tables.next(5));
    assertSum(lie, play);
    NodeId liar = play.federation.id(1);
    List<Fault> byPeers = new ArrayList<>();
    play.nodes.values().forEach(node -> byPeers.addAll(reasonOf(node).stream().toList()));
    List<Fault> inTheEnd = reasonOf(play.coordinator).stream().toList();
    assertNames(lie.named == NodeLie.Named.BY_COORDINATOR, play.rejected, liar, lie.kind);
    assertNames(lie.named == NodeLie.Named.BY_PEERS, byPeers, liar, lie.kind);
    assertNames(lie.named == NodeLie.Named.IN_THE_END, inTheEnd, liar, lie.kind);
  }

  private static void assertSum(NodeLie lie, RoundPlay play) {
    boolean completed = play.coordinator instanceof CoordinatorRound.Completed;
    assertThat(completed).isEqualTo(lie.sum != NodeLie.Sum.NONE);
    if (play.coordinator instanceof CoordinatorRound.Completed end) {
      boolean right = Arrays.equals(end.total().steps(), play.expected(end.survivors()));
      assertThat(right).isEqualTo(lie.sum == NodeLie.Sum.RIGHT);
      assertThat(end.survivors().size())
          .isGreaterThanOrEqualTo(play.federation.roster.quorum().leastConfirmed());
      assertThat(end.inconsistent())
          .isEqualTo(
              switch (lie.named) {
                case AMONG_INCONSISTENT -> List.of(play.federation.id(1));
                case ITS_HOLDER_IS -> List.of(play.federation.id(0));
                default -> List.of();
              });
    }
  }

  private static void assertNames(
      boolean named, List<Fault> faults, NodeId liar, Optional<Fault.Kind> kind) {
    // Whoever answers when t others have is late, and no liar.
    List<Fault> naming =
        faults.stream()
            .filter(f -> f.who().isPresent() && f.kind() != Fault.Kind.OUT_OF_TURN)
            .toList();
    assertThat(naming.isEmpty()).isEqualTo(!named);
    assertThat(naming)
        .allMatch(
            fault ->
                fault.who().equals(Optional.of(liar)) && kind.equals(Optional.of(fault.kind())));
  }

  private static Optional<Fault> reasonOf(NodeRound node) {
    return node instanceof NodeRound.Aborted aborted
        ? Optional.of(aborted.reason())
        : Optional.empty();
  }

  private static Optional<Fault> reasonOf(CoordinatorRound round) {
    return round instanceof CoordinatorRound.Aborted aborted
        ? Optional.of(aborted.reason())
        : Optional.empty();
  }

  /**
   * With no more answers than the threshold and those who may collude, a wrong share and a wrong
   * deal look alike: the one whose seed is missing may be innocent, as here, and is not named.
   */
  @Test
  void whoeverMayBeInnocentIsNotNamed() {
    for (Quorum quorum : List.of(new Quorum(3, 3, 1, 3, 3), new Quorum(4, 4, 2, 4, 4))) {
      Tables tables = new Tables(Federation.of(quorum, 2));
      RoundPlay play = played(NodeLie.FALSE_SHARES, tables.next(5));
      Fault reason = reasonOf(play.coordinator).orElseThrow();
      assertThat(reason.kind()).isEqualTo(Fault.Kind.BAD_SHARES);
      assertThat(reason.who()).isEmpty();
    }
  }

  /** Whoever compares the attempts sees it; it costs nobody but the liar its self mask. */
  @Test
  void sharesUsedAgainShowInTheHeadersAndHarmNobodyElse() {
    Tables tables = new Tables(Federation.of(4, 3));
    List<Digest> committed = new ArrayList<>();
    for (int attempt = 1; attempt <= 2; attempt++) {
      RoundPlay play = played(NodeLie.SHARES_USED_AGAIN, tables.next(5));
      var end = (CoordinatorRound.Completed) play.coordinator;
      assertThat(end.total().steps()).isEqualTo(play.expected(play.federation.ids()));
      committed.addAll(
          play.delivered.stream()
              .filter(Ready.class::isInstance)
              .map(message -> ((Ready) message).header().selfSeed())
              .toList());
    }
    assertThat(committed).hasSize(8);
    assertThat(committed.stream().distinct()).hasSize(7);
  }

  /**
   * A ciphertext that the peer cannot open gives it another secret (FIPS 203, implicit rejection):
   * nothing shows until the first boxes do not open. Each of the two then names the other.
   */
  @Test
  void aPairWithoutACommonSecretIsFoundBeforeAnyInput() {
    Federation federation = Federation.of(new Quorum(5, 3, 0, 3, 3), 9);
    NodeId liar = federation.id(1);
    NodeId victim = federation.id(3);
    SetupPlay setup = new SetupPlay(federation, federation.epoch);
    setup.said =
        message ->
            message instanceof Bind bind && bind.sender().equals(liar)
                ? withCiphertextSpoilt(federation, bind, victim)
                : message;
    setup.told = (to, honest) -> to.equals(liar) ? asItWasMeant(setup, liar, honest) : honest;
    Map<NodeId, PairSecrets> pairs = setup.run().keyed();
    RoundTerms terms = federation.terms(pairs.get(liar).keys(), 0, 1, 5);
    RoundPlay play = new RoundPlay(federation, pairs, terms, (id, kind) -> false);
    var end = (CoordinatorRound.Completed) play.run();
    assertThat(end.survivors()).hasSize(3).doesNotContain(liar, victim);
    assertThat(end.total().steps()).isEqualTo(play.expected(end.survivors()));
    assertThat(reasonOf(play.nodes.get(victim)).orElseThrow().who()).contains(liar);
    assertThat(reasonOf(play.nodes.get(liar)).orElseThrow().who()).contains(victim);
  }

  private static Bind withCiphertextSpoilt(Federation federation, Bind honest, NodeId victim) {
    List<Encapsulation> wrong = new ArrayList<>(honest.ciphertexts());
    wrong.replaceAll(
        c ->
            c.to().equals(victim)
                ? new Encapsulation(
                    c.from(), victim, Bytes.of(LyingNode.flipped(c.ciphertext().toArray(), 9)))
                : c);
    List<BindHeader.ForPeer> sealed =
        wrong.stream().map(c -> new BindHeader.ForPeer(c.to(), c.digest())).toList();
    BindHeader header = honest.header();
    return new Bind(
        new BindHeader(header.sender(), header.ctx(), header.keys(), sealed, Signed.UNSIGNED)
            .signed(federation.key(header.sender())),
        wrong);
  }

  /** The liar's own machine is shown what it made itself, or it would give up. */
  private static SetupAnnouncement asItWasMeant(
      SetupPlay setup, NodeId liar, SetupAnnouncement announcement) {
    if (!(announcement instanceof BindBundle bundle)) {
      return announcement;
    }
    List<BindHeader> headers = new ArrayList<>(bundle.headers());
    BindHeader own = ((AwaitingBindings) setup.nodes.get(liar)).answer().header();
    headers.replaceAll(header -> header.sender().equals(liar) ? own : header);
    return new BindBundle(headers, bundle.ciphertexts());
  }
}
