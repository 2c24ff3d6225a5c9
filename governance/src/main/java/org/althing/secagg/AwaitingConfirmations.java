package org.althing.secagg;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.althing.federation.NodeId;
import org.althing.privacy.NoisedSum;

/** CONFIRM was sent, for one survivor set and no other; the others' confirmations are awaited. */
record AwaitingConfirmations(
    RoundSeat seat,
    SeatedCohort cohort,
    Input input,
    SurvivorsProposed answered,
    Survivors survivors,
    Confirm confirm)
    implements NodeRound {

  @Override
  public Step on(CohortAnnounced announced) {
    return cohort.repeats(announced)
        ? Step.to(this, input)
        : seat.aborted(Fault.of(Fault.Kind.SECOND_ANNOUNCEMENT, "two different cohorts"));
  }

  @Override
  public Step input(NoisedSum sum, byte[] attachment) {
    return Step.ignored(this, "an attempt takes one input");
  }

  @Override
  public Step on(SurvivorsProposed proposed) {
    return proposed.equals(answered)
        ? Step.to(this, confirm)
        : seat.aborted(Fault.of(Fault.Kind.SECOND_ANNOUNCEMENT, "two different survivor sets"));
  }

  /** The checks of B4: t nodes stand to exactly the set this node signed. */
  @Override
  public Step on(ConfirmationsShown shown) {
    Optional<Fault> fault =
        seat.scrutiny(survivors.headers().keySet()::contains)
            .faultOfAll("confirmations", shown.headers(), seat.threshold())
            .or(() -> otherSet(shown));
    if (fault.isPresent()) {
      return seat.aborted(fault.get());
    }
    Set<NodeId> confirmed =
        shown.headers().stream().map(ConfirmHeader::sender).collect(Collectors.toSet());
    Unmask unmask = seat.unmask(survivors, confirmed);
    seat.erase();
    return Step.to(new Finished(shown, unmask), unmask);
  }

  private Optional<Fault> otherSet(ConfirmationsShown shown) {
    ConfirmHeader own = confirm.header();
    return shown.headers().stream()
        .filter(
            header ->
                !header.cohort().equals(own.cohort())
                    || !header.survivors().equals(own.survivors()))
        .findFirst()
        .map(
            header ->
                Fault.of(
                    Fault.Kind.OTHER_SURVIVORS,
                    header.sender(),
                    "it confirmed %s, this node %s"
                        .formatted(header.survivors().brief(), own.survivors().brief())));
  }

  @Override
  public Step abandon() {
    return seat.abandoned("before the confirmations were shown");
  }
}
