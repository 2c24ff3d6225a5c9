package org.althing.secagg;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.althing.federation.NodeId;
import org.althing.privacy.NoisedSum;

/** READY was sent; the cohort is awaited. */
record AwaitingCohort(RoundSeat seat) implements NodeRound {

  static Step begin(RoundSeat seat) {
    return Step.to(new AwaitingCohort(seat), seat.ready());
  }

  /** The checks of B2, all before any input. */
  @Override
  public Step on(CohortAnnounced announced) {
    Optional<Fault> fault =
        seat.scrutiny(seat::isMember)
            .faultOfAll("ready headers", announced.headers(), seat.least())
            .or(() -> Scrutiny.faultUnlessShown(seat.ready().header(), announced.headers()))
            .or(() -> wrongBoxes(announced));
    return fault.isPresent() ? seat.aborted(fault.get()) : openBoxes(announced);
  }

  /** Exactly one box for this node from each other member of the cohort. */
  private Optional<Fault> wrongBoxes(CohortAnnounced announced) {
    Set<NodeId> expected = new HashSet<>();
    announced.headers().forEach(header -> expected.add(header.sender()));
    expected.remove(seat.self());
    for (ShareBox box : announced.boxes()) {
      if (!box.to().equals(seat.self()) || !expected.remove(box.from())) {
        return Optional.of(
            Fault.of(
                Fault.Kind.WRONG_CONTENT, box.from(), "a box nobody owes, or one for another"));
      }
    }
    return expected.stream()
        .sorted()
        .findFirst()
        .map(from -> Fault.of(Fault.Kind.WRONG_CONTENT, from, "its box for this node is absent"));
  }

  private Step openBoxes(CohortAnnounced announced) {
    Cohort cohort = Cohort.of(seat.ctx(), announced.headers());
    if (!seat.answersOnly(RoundSeat.Answer.COHORT, cohort.digest())) {
      return seat.aborted(Fault.of(Fault.Kind.SECOND_ANNOUNCEMENT, "two different cohorts"));
    }
    for (ShareBox box : announced.boxes()) {
      if (!seat.open(box, cohort.headerOf(box.from()))) {
        return seat.aborted(
            Fault.of(Fault.Kind.BAD_BOX, box.from(), "its share box does not open"));
      }
    }
    return Step.to(new AwaitingNoisedSum(seat, new SeatedCohort(announced, cohort)));
  }

  @Override
  public Step input(NoisedSum sum, byte[] attachment) {
    return Step.ignored(this, "an input before the cohort is known");
  }

  @Override
  public Step on(SurvivorsProposed proposed) {
    return Step.ignored(this, "survivors before the cohort is known");
  }

  @Override
  public Step on(ConfirmationsShown shown) {
    return Step.ignored(this, "confirmations before the cohort is known");
  }

  @Override
  public Step abandon() {
    return seat.abandoned("before the cohort was known");
  }
}
