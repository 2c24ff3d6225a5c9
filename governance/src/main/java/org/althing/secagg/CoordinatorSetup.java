package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * The coordinator's part of a key set-up: collects, checks and passes on (secure-aggregation
 * protocol §4.2).
 *
 * <p>A bad message is rejected with its reason and disturbs nobody; the same message again changes
 * nothing. A node that does not answer by the deadline is not in E.
 */
public sealed interface CoordinatorSetup
    permits CollectingAdvertisements,
        CollectingBindings,
        CoordinatorSetup.Completed,
        CoordinatorSetup.Aborted {
  Step on(Advertise message);

  Step on(Bind message);

  /** Moves on if enough nodes have answered, and ends the set-up if not. */
  Step deadlinePassed();

  static CoordinatorSetup begin(EpochTerms terms) {
    return new CollectingAdvertisements(terms, terms.ctx(), new TreeMap<>());
  }

  /**
   * @param send what to send to whom
   * @param rejected why the message was not taken
   */
  record Step(
      CoordinatorSetup next, List<Outgoing<SetupAnnouncement>> send, Optional<Fault> rejected) {
    static Step to(CoordinatorSetup next) {
      return new Step(next, List.of(), Optional.empty());
    }

    static Step rejected(CoordinatorSetup same, Fault fault) {
      return new Step(same, List.of(), Optional.of(fault));
    }

    static Step outOfTurn(CoordinatorSetup same, NodeId sender, String detail) {
      return rejected(same, Fault.of(Fault.Kind.OUT_OF_TURN, sender, detail));
    }
  }

  /**
   * The end.
   *
   * @param keys T, for the terms of the rounds
   * @param members E, in order of ids
   */
  record Completed(Digest keys, List<NodeId> members) implements CoordinatorSetup {
    public Completed {
      members = List.copyOf(members);
    }

    @Override
    public Step on(Advertise message) {
      return Step.outOfTurn(this, message.sender(), "the key set-up is complete");
    }

    @Override
    public Step on(Bind message) {
      return Step.outOfTurn(this, message.sender(), "the key set-up is complete");
    }

    @Override
    public Step deadlinePassed() {
      return Step.to(this);
    }
  }

  /** The other end. */
  record Aborted(Fault reason) implements CoordinatorSetup {
    @Override
    public Step on(Advertise message) {
      return Step.outOfTurn(this, message.sender(), "the key set-up was aborted");
    }

    @Override
    public Step on(Bind message) {
      return Step.outOfTurn(this, message.sender(), "the key set-up was aborted");
    }

    @Override
    public Step deadlinePassed() {
      return Step.to(this);
    }
  }
}
