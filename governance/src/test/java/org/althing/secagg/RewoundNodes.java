package org.althing.secagg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * The honest nodes of one attempt, asked again and again as if for the first time: every question
 * meets a fresh machine with the same secrets and is answered by it alone. A node's answer depends
 * only on what it was shown itself, so what is remembered here is what every strategy would meet.
 *
 * <p>The last nodes of the roster collude. They sign whatever the coordinator likes, and each has
 * two faces: two READY messages, and two vectors for every cohort.
 *
 * <p>A set of nodes is an {@code int} with a bit for each roster index from 0; {@link #OTHER_FACE}
 * marks one that is shown with the colluders' second face.
 */
final class RewoundNodes {
  static final int OTHER_FACE = 1 << 30;
  private static final int LENGTH = 3;

  final Federation federation;
  final int honest;
  final List<long[]> inputs = new ArrayList<>();
  final RoundTerms terms;
  private final Map<NodeId, PairSecrets> pairs;
  private final List<byte[]> entropies = new ArrayList<>();
  private final List<Ready> ready = new ArrayList<>();
  private final List<Ready> otherReady = new ArrayList<>();
  private final Map<Integer, Cohort> cohorts = new HashMap<>();
  private final Map<List<Integer>, Optional<Input>> masked = new HashMap<>();
  private final Map<List<Integer>, Proposal> proposals = new HashMap<>();
  private final Map<List<Integer>, NodeRound> erased = new HashMap<>();
  private final Map<List<Integer>, SharePair> colludersShares = new HashMap<>();

  RewoundNodes(Federation federation, int colluders) {
    this.federation = federation;
    this.honest = federation.ids().size() - colluders;
    this.pairs = federation.keyed();
    this.terms = federation.terms(pairs.get(id(0)).keys(), 0, 1, LENGTH);
    for (int i = 0; i < nodes(); i++) {
      entropies.add(federation.bytes(Secret.BYTES));
      inputs.add(federation.vector(LENGTH));
      ready.add(seat(i, entropies.get(i)).ready());
      otherReady.add(i < honest ? ready.get(i) : seat(i, federation.bytes(Secret.BYTES)).ready());
    }
  }

  int nodes() {
    return federation.ids().size();
  }

  int all() {
    return (1 << nodes()) - 1;
  }

  int honestOnes() {
    return (1 << honest) - 1;
  }

  int colluders() {
    return all() & ~honestOnes();
  }

  int threshold() {
    return federation.roster.quorum().threshold();
  }

  NodeId id(int node) {
    return federation.id(node);
  }

  int indexOf(NodeId id) {
    return federation.roster.indexOf(id) - 1;
  }

  PairSecrets pairsOf(int node) {
    return pairs.get(id(node));
  }

  private SigningKey key(int node) {
    return federation.key(id(node));
  }

  List<Integer> membersOf(int set) {
    return IntStream.range(0, nodes()).filter(i -> FormalMasks.contains(set, i)).boxed().toList();
  }

  /** Everything of an attempt but the note that it was begun, which would allow it only once. */
  private RoundSeat seat(int node, byte[] entropy) {
    return new RoundSeat(terms, key(node), pairsOf(node), entropy.clone());
  }

  Ready readyOf(int node) {
    return ready.get(node);
  }

  /** The same node in a round as it is really begun, which is possible once. */
  NodeRound.Step begun(int node) {
    return NodeRound.begin(terms, key(node), pairsOf(node), entropies.get(node).clone());
  }

  Cohort cohort(int set) {
    return cohorts.computeIfAbsent(
        set,
        shown ->
            Cohort.of(
                terms.ctx(), readyOfAll(set).stream().map(message -> message.header()).toList()));
  }

  private List<Ready> readyOfAll(int set) {
    List<Ready> shown = (set & OTHER_FACE) == 0 ? ready : otherReady;
    return membersOf(set).stream().map(shown::get).toList();
  }

  CohortAnnounced announced(int node, int set) {
    List<ShareBox> boxes =
        readyOfAll(set).stream()
            .flatMap(message -> message.boxes().stream())
            .filter(box -> box.to().equals(id(node)))
            .toList();
    return new CohortAnnounced(List.copyOf(cohort(set).headers().values()), boxes);
  }

  private NodeRound.Step masking(int node, int cohort) {
    NodeRound fresh = AwaitingCohort.begin(seat(node, entropies.get(node))).next();
    NodeRound seated = fresh.on(announced(node, cohort)).next();
    return seated.input(Federation.paid(terms, inputs.get(node)), new byte[0]);
  }

  /** What the node sends when it is shown this cohort; empty where it sends nothing. */
  Optional<Input> input(int node, int cohort) {
    return masked.computeIfAbsent(
        List.of(node, cohort), shown -> only(Input.class, masking(node, cohort)));
  }

  /**
   * Whether the node refuses these survivors. A refusal needs no secrets, so one machine whose
   * secrets are erased refuses for many; as soon as it does not refuse, it is not asked again.
   */
  private boolean refuses(int node, int cohort, SurvivorsProposed proposed) {
    List<Integer> key = List.of(node, cohort);
    NodeRound machine = erased.get(key);
    if (machine == null) {
      machine = masking(node, cohort).next();
      machine.abandon();
      erased.put(key, machine);
    }
    boolean refused;
    try {
      refused = machine.on(proposed).send().isEmpty();
    } catch (IllegalStateException secretsAreErased) {
      refused = false;
    }
    if (!refused) {
      erased.remove(key);
    }
    return refused;
  }

  private static <M extends RoundMessage> Optional<M> only(Class<M> kind, NodeRound.Step step) {
    return step.send().stream().findFirst().map(kind::cast);
  }

  /**
   * These survivors, as they can be proposed to nodes of {@code cohort} when each honest node was
   * shown its own of {@code cohorts}; empty where the coordinator has no vector of one of them.
   */
  Optional<Proposal> proposal(int cohort, int survivors, List<Integer> cohorts) {
    List<Integer> key = new ArrayList<>(List.of(cohort, survivors));
    for (int member : membersOf(survivors & honestOnes())) {
      if (input(member, cohorts.get(member)).isEmpty()) {
        return Optional.empty();
      }
      key.add(cohorts.get(member));
    }
    return Optional.of(
        proposals.computeIfAbsent(
            key, asked -> new Proposal(cohort, survivors, headers(cohort, survivors, cohorts))));
  }

  private List<InputHeader> headers(int cohort, int survivors, List<Integer> cohorts) {
    return membersOf(survivors).stream()
        .map(
            member ->
                member < honest
                    ? input(member, cohorts.get(member)).orElseThrow().header()
                    : colludersInput(member, cohort, (survivors & OTHER_FACE) == 0 ? 0 : 1))
        .toList();
  }

  private InputHeader colludersInput(int node, int cohort, int face) {
    return new InputHeader(
            id(node),
            terms.ctx(),
            cohort(cohort).digest(),
            Digest.of(new byte[] {(byte) face}),
            Input.digestOf(Bytes.EMPTY),
            Signed.UNSIGNED)
        .signed(key(node));
  }

  /** A colluder's own shares of an honest node's secrets, out of its box. */
  SharePair colludersShares(int colluder, int of) {
    return colludersShares.computeIfAbsent(
        List.of(colluder, of),
        pair -> {
          ShareBox box =
              ready.get(of).boxes().stream()
                  .filter(each -> each.to().equals(id(colluder)))
                  .findFirst()
                  .orElseThrow();
          RoundSeat seat = seat(colluder, entropies.get(colluder));
          seat.open(box, ready.get(of).header());
          return seat.sharesOf(id(of));
        });
  }

  /** One survivor set as it is shown to members of one cohort, and what each answers to it. */
  final class Proposal {
    final int cohort;
    final int members;
    final Survivors survivors;
    final SurvivorsProposed announcement;
    private final Map<Integer, Optional<Confirm>> confirmed = new HashMap<>();
    private final Map<Integer, Map<Integer, Optional<Unmask>>> unmasked = new HashMap<>();

    private Proposal(int cohort, int members, List<InputHeader> headers) {
      this.cohort = cohort;
      this.members = members;
      this.survivors = Survivors.of(terms.ctx(), cohort(cohort), headers);
      this.announcement = new SurvivorsProposed(headers);
    }

    int honestMembers() {
      return members & honestOnes();
    }

    private NodeRound.Step confirming(int node) {
      return masking(node, cohort).next().on(announcement);
    }

    /** What the node sends when it is shown these survivors; empty where it signs nothing. */
    Optional<Confirm> confirm(int node) {
      return confirmed.computeIfAbsent(
          node,
          asked ->
              refuses(node, cohort, announcement)
                  ? Optional.empty()
                  : only(Confirm.class, confirming(node)));
    }

    /** All that can be shown to have confirmed this set when these honest nodes signed it. */
    int confirming(Iterable<Integer> signers) {
      int confirming = members & colluders();
      for (int signer : signers) {
        confirming |= 1 << signer;
      }
      return confirming;
    }

    /** A node's own confirmation of this set, or a colluder's. */
    ConfirmHeader confirmation(int node) {
      return node < honest
          ? confirm(node).orElseThrow().header()
          : new ConfirmHeader(
                  id(node),
                  terms.ctx(),
                  cohort(cohort).digest(),
                  survivors.digest(),
                  Confirm.digestOf(Bytes.EMPTY),
                  Signed.UNSIGNED)
              .signed(key(node));
    }

    /** What the node answers when these are shown to have confirmed the set. */
    Optional<Unmask> unmask(int node, int confirming) {
      return unmasked
          .computeIfAbsent(node, asked -> new HashMap<>())
          .computeIfAbsent(
              confirming,
              shown -> unmask(node, membersOf(shown).stream().map(this::confirmation).toList()));
    }

    Optional<Unmask> unmask(int node, List<ConfirmHeader> shown) {
      return only(Unmask.class, confirming(node).next().on(new ConfirmationsShown(shown)));
    }
  }
}
