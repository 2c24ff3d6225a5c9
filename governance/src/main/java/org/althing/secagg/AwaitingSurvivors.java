package org.althing.secagg;

import java.util.Optional;
import org.althing.privacy.NoisedSum;

/** INPUT was sent; the survivor set is awaited. */
record AwaitingSurvivors(RoundSeat seat, SeatedCohort cohort, Input input) implements NodeRound {

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

  /** The checks of B3. */
  @Override
  public Step on(SurvivorsProposed proposed) {
    Optional<Fault> fault =
        seat.scrutiny(cohort.cohort().headers().keySet()::contains)
            .faultOfAll("input headers", proposed.headers(), seat.least())
            .or(() -> Scrutiny.faultUnlessShown(input.header(), proposed.headers()))
            .or(() -> otherCohort(proposed));
    return fault.isPresent() ? seat.aborted(fault.get()) : confirm(proposed);
  }

  private Optional<Fault> otherCohort(SurvivorsProposed proposed) {
    return proposed.headers().stream()
        .filter(header -> !header.cohort().equals(cohort.cohort().digest()))
        .findFirst()
        .map(
            header ->
                Fault.of(
                    Fault.Kind.OTHER_COHORT,
                    header.sender(),
                    "it masked for cohort %s, this node for %s"
                        .formatted(header.cohort().brief(), cohort.cohort().digest().brief())));
  }

  private Step confirm(SurvivorsProposed proposed) {
    Survivors survivors = Survivors.of(seat.ctx(), cohort.cohort(), proposed.headers());
    if (!seat.answersOnly(RoundSeat.Answer.SURVIVORS, survivors.digest())) {
      return seat.aborted(Fault.of(Fault.Kind.SECOND_ANNOUNCEMENT, "two different survivor sets"));
    }
    Confirm confirm = seat.confirm(cohort.cohort(), survivors);
    return Step.to(
        new AwaitingConfirmations(seat, cohort, input, proposed, survivors, confirm), confirm);
  }

  @Override
  public Step on(ConfirmationsShown shown) {
    return Step.ignored(this, "confirmations before the survivors are known");
  }

  @Override
  public Step abandon() {
    return seat.abandoned("before the survivors were known");
  }
}
