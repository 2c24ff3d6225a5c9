package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.federation.NodeId;

/**
 * CONFIRM messages come in, from the survivors.
 *
 * @param sum of the survivors' masked vectors
 */
record CollectingConfirmations(
    Chair chair,
    Cohort cohort,
    Survivors survivors,
    MaskedSum sum,
    SortedMap<NodeId, Confirm> confirmed)
    implements CoordinatorRound {

  @Override
  public Step on(Confirm message) {
    NodeId sender = message.sender();
    Optional<Fault> fault =
        chair
            .scrutiny(survivors.headers().keySet()::contains)
            .faultOf(message.header())
            .or(() -> Collected.faultOfRepeat(confirmed, sender, message))
            .or(() -> wrongContent(message));
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    var next =
        new CollectingConfirmations(
            chair, cohort, survivors, sum, Collected.with(confirmed, sender, message));
    return next.confirmed.size() == survivors.ids().size() ? next.close() : Step.to(next);
  }

  private Optional<Fault> wrongContent(Confirm message) {
    ConfirmHeader header = message.header();
    NodeId sender = message.sender();
    if (!header.cohort().equals(cohort.digest())) {
      return Optional.of(
          Fault.of(Fault.Kind.OTHER_COHORT, sender, "it confirmed within another cohort"));
    }
    if (!header.survivors().equals(survivors.digest())) {
      return Optional.of(
          Fault.of(Fault.Kind.OTHER_SURVIVORS, sender, "it confirmed another survivor set"));
    }
    boolean whole = message.sealedSeeds().length() == survivors.sealedBytes();
    return whole && Confirm.digestOf(message.sealedSeeds()).equals(header.sealedSeeds())
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Fault.Kind.WRONG_CONTENT,
                sender,
                "expected %d bytes of sealed seeds, as signed".formatted(survivors.sealedBytes())));
  }

  @Override
  public Step on(Ready message) {
    return Step.outOfTurn(this, message.sender(), "the cohort is closed");
  }

  @Override
  public Step on(Input message) {
    return Step.outOfTurn(this, message.sender(), "the survivors are proposed");
  }

  @Override
  public Step on(Unmask message) {
    return Step.outOfTurn(this, message.sender(), "confirmations still come in");
  }

  @Override
  public Step deadlinePassed() {
    if (confirmed.size() < chair.threshold()) {
      return Step.to(
          new Aborted(Collected.tooFew("confirmations", chair.threshold(), confirmed.size())));
    }
    // Without its sealed seeds the masks between a silent survivor and the dropped stay in the sum.
    return survivors.dropped().isEmpty()
        ? close()
        : Step.to(
            new RetryNeeded(
                survivors.ids().stream().filter(id -> !confirmed.containsKey(id)).toList()));
  }

  private Step close() {
    List<ConfirmHeader> headers = confirmed.values().stream().map(Confirm::header).toList();
    ConfirmationsShown shown = new ConfirmationsShown(headers);
    Unmasking unmasking =
        new Unmasking(chair, cohort, survivors, sum, List.copyOf(confirmed.values()));
    return Step.to(
        new CollectingUnmasks(unmasking, new TreeMap<>()),
        Chair.toEach(survivors.ids(), to -> shown));
  }
}
