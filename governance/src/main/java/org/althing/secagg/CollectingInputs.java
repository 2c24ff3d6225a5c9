package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.federation.NodeId;

/** INPUT messages come in, from the cohort. */
record CollectingInputs(Chair chair, Cohort cohort, SortedMap<NodeId, Input> inputs)
    implements CoordinatorRound {

  @Override
  public Step on(Input message) {
    NodeId sender = message.sender();
    Optional<Fault> fault =
        chair
            .scrutiny(cohort.ids())
            .faultOf(message.header())
            .or(() -> Collected.faultOfRepeat(inputs, sender, message))
            .or(() -> wrongContent(message));
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    var next = new CollectingInputs(chair, cohort, Collected.with(inputs, sender, message));
    return next.inputs.size() == cohort.ids().size() ? next.close() : Step.to(next);
  }

  private Optional<Fault> wrongContent(Input message) {
    InputHeader header = message.header();
    if (!header.cohort().equals(cohort.digest())) {
      return Optional.of(
          Fault.of(
              Fault.Kind.OTHER_COHORT,
              message.sender(),
              "it masked for cohort %s, announced was %s"
                  .formatted(header.cohort().brief(), cohort.digest().brief())));
    }
    if (message.vector().length() != chair.terms().length()) {
      return Optional.of(
          wrong(
              message,
              "expected %d coordinates, got %d"
                  .formatted(chair.terms().length(), message.vector().length())));
    }
    if (!message.vector().digest().equals(header.vector())) {
      return Optional.of(wrong(message, "the vector is not the one signed"));
    }
    return Input.digestOf(message.attachment()).equals(header.attachment())
        ? Optional.empty()
        : Optional.of(wrong(message, "the attachment is not the one signed"));
  }

  private static Fault wrong(Input message, String detail) {
    return Fault.of(Fault.Kind.WRONG_CONTENT, message.sender(), detail);
  }

  @Override
  public Step on(Ready message) {
    return Step.outOfTurn(this, message.sender(), "the cohort is closed");
  }

  @Override
  public Step on(Confirm message) {
    return early(message);
  }

  @Override
  public Step on(Unmask message) {
    return early(message);
  }

  private Step early(RoundMessage message) {
    return Step.outOfTurn(this, message.sender(), "inputs still come in");
  }

  @Override
  public Step deadlinePassed() {
    return inputs.size() < chair.least()
        ? Step.to(new Aborted(Collected.tooFew("inputs", chair.least(), inputs.size())))
        : close();
  }

  /** Adds the masked vectors up; from here on the single vectors are not needed. */
  private Step close() {
    List<InputHeader> headers = inputs.values().stream().map(Input::header).toList();
    Survivors survivors = Survivors.of(chair.ctx(), cohort, headers);
    long[] sum = new long[chair.terms().length()];
    inputs.values().forEach(input -> input.vector().addTo(sum));
    SurvivorsProposed proposed = new SurvivorsProposed(headers);
    return Step.to(
        new CollectingConfirmations(
            chair, cohort, survivors, new MaskedVector(sum), new TreeMap<>()),
        Chair.toEach(survivors.ids(), to -> proposed));
  }
}
