package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.althing.federation.NodeId;

/** UNMASK messages come in, from the survivors; the first t that fit give the sum. */
record CollectingUnmasks(Unmasking unmasking, SortedMap<NodeId, Unmask> unmasks)
    implements CoordinatorRound {

  @Override
  public Step on(Unmask message) {
    NodeId sender = message.sender();
    Optional<Fault> fault =
        unmasking.faultOf(message).or(() -> Collected.faultOfRepeat(unmasks, sender, message));
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    if (unmasks.containsKey(sender)) {
      return Step.to(this);
    }
    var next = new CollectingUnmasks(unmasking, Collected.with(unmasks, sender, message));
    return next.tryAll(next.unmasks.size() == unmasking.survivors().ids().size());
  }

  /** A failure with shares still to come is not yet the end. */
  private Step tryAll(boolean last) {
    if (unmasks.size() < unmasking.chair().threshold()) {
      return Step.to(this);
    }
    CoordinatorRound outcome = unmasking.outcome(List.copyOf(unmasks.values()));
    return last || outcome instanceof Completed ? Step.to(outcome) : Step.to(this);
  }

  @Override
  public Step on(Ready message) {
    return late(message);
  }

  @Override
  public Step on(Input message) {
    return late(message);
  }

  @Override
  public Step on(Confirm message) {
    return late(message);
  }

  private Step late(RoundMessage message) {
    return Step.outOfTurn(this, message.sender(), "shares are being collected");
  }

  @Override
  public Step deadlinePassed() {
    int needed = unmasking.chair().threshold();
    return unmasks.size() < needed
        ? Step.to(new Aborted(Collected.tooFew("answers to unmask", needed, unmasks.size())))
        : tryAll(true);
  }
}
