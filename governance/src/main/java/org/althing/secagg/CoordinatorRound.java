package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * The coordinator's part of one attempt at a release (secure-aggregation protocol §4.2, §4.3):
 * collects, checks, passes on, and removes the masks.
 *
 * <p>A bad message is rejected with its reason and disturbs nobody; the same message again changes
 * nothing. A node that is lost simply does not answer: {@link #deadlinePassed} goes on without it
 * where the protocol can. What the coordinator learns is the sum over the survivors, or nothing.
 */
public sealed interface CoordinatorRound
    permits CollectingReady,
        CollectingInputs,
        CollectingConfirmations,
        CollectingUnmasks,
        CoordinatorRound.Completed,
        CoordinatorRound.RetryNeeded,
        CoordinatorRound.Aborted {
  Step on(Ready message);

  Step on(Input message);

  Step on(Confirm message);

  Step on(Unmask message);

  /** Moves on if enough nodes have answered, and ends the attempt if not. */
  Step deadlinePassed();

  /**
   * @param members E, who completed the key set-up that {@code terms} names
   */
  static CoordinatorRound begin(RoundTerms terms, List<NodeId> members) {
    if (!terms.epoch().roster().ids().containsAll(members)
        || members.stream().distinct().count() != members.size()) {
      throw new IllegalArgumentException("a member of the key set-up is not in the roster");
    }
    Chair chair = new Chair(terms, terms.ctx(), new TreeSet<>(members));
    return new CollectingReady(chair, new TreeMap<>());
  }

  /**
   * @param send what to send to whom
   * @param rejected why the message was not taken
   */
  record Step(
      CoordinatorRound next, List<Outgoing<RoundAnnouncement>> send, Optional<Fault> rejected) {
    static Step to(CoordinatorRound next) {
      return new Step(next, List.of(), Optional.empty());
    }

    static Step to(CoordinatorRound next, List<Outgoing<RoundAnnouncement>> send) {
      return new Step(next, List.copyOf(send), Optional.empty());
    }

    static Step rejected(CoordinatorRound same, Fault fault) {
      return new Step(same, List.of(), Optional.of(fault));
    }

    static Step outOfTurn(CoordinatorRound same, NodeId sender, String detail) {
      return rejected(same, Fault.of(Fault.Kind.OUT_OF_TURN, sender, detail));
    }
  }

  /**
   * The end: the exact sum over the survivors.
   *
   * @param cohort P, whose masks were in the vectors
   * @param survivors U, whose inputs are in the sum
   * @param transcript digest of the signed headers, the revealed seeds and the total
   * @param inconsistent who revealed a share that does not fit the others': it, or whoever dealt
   *     the share, is at fault
   */
  record Completed(
      NoisyTotal total,
      List<NodeId> cohort,
      List<NodeId> survivors,
      Digest transcript,
      List<NodeId> inconsistent)
      implements CoordinatorRound {
    public Completed {
      cohort = List.copyOf(cohort);
      survivors = List.copyOf(survivors);
      inconsistent = List.copyOf(inconsistent);
    }

    @Override
    public Step on(Ready message) {
      return ended(message);
    }

    @Override
    public Step on(Input message) {
      return ended(message);
    }

    @Override
    public Step on(Confirm message) {
      return ended(message);
    }

    @Override
    public Step on(Unmask message) {
      return ended(message);
    }

    private Step ended(RoundMessage message) {
      return Step.outOfTurn(this, message.sender(), "the attempt is complete");
    }

    @Override
    public Step deadlinePassed() {
      return Step.to(this);
    }
  }

  /**
   * Another end: nothing was revealed, and another attempt may be made.
   *
   * @param missing the survivors whose sealed seeds are missing
   */
  record RetryNeeded(List<NodeId> missing) implements CoordinatorRound {
    public RetryNeeded {
      missing = List.copyOf(missing);
    }

    @Override
    public Step on(Ready message) {
      return ended(message);
    }

    @Override
    public Step on(Input message) {
      return ended(message);
    }

    @Override
    public Step on(Confirm message) {
      return ended(message);
    }

    @Override
    public Step on(Unmask message) {
      return ended(message);
    }

    private Step ended(RoundMessage message) {
      return Step.outOfTurn(this, message.sender(), "the attempt ended without a release");
    }

    @Override
    public Step deadlinePassed() {
      return Step.to(this);
    }
  }

  /** Another end: too few answered, or what they revealed does not fit what they signed. */
  record Aborted(Fault reason) implements CoordinatorRound {
    @Override
    public Step on(Ready message) {
      return ended(message);
    }

    @Override
    public Step on(Input message) {
      return ended(message);
    }

    @Override
    public Step on(Confirm message) {
      return ended(message);
    }

    @Override
    public Step on(Unmask message) {
      return ended(message);
    }

    private Step ended(RoundMessage message) {
      return Step.outOfTurn(this, message.sender(), "the attempt was aborted");
    }

    @Override
    public Step deadlinePassed() {
      return Step.to(this);
    }
  }
}
