package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.federation.NodeId;

/**
 * INPUT messages come in, from the cohort; each is added up on arrival and let go.
 *
 * @param sum of the vectors that {@code headers} speak of, shared with earlier states, which can no
 *     longer move on ({@link MaskedSum})
 */
record CollectingInputs(
    Chair chair, Cohort cohort, MaskedSum sum, SortedMap<NodeId, InputHeader> headers)
    implements CoordinatorRound {

  static CollectingInputs begin(Chair chair, Cohort cohort) {
    return new CollectingInputs(
        chair, cohort, new MaskedSum(chair.terms().length()), new TreeMap<>());
  }

  @Override
  public Step on(Input message) {
    NodeId sender = message.sender();
    Optional<Fault> fault =
        chair
            .scrutiny(cohort.headers().keySet()::contains)
            .faultOf(message.header())
            .or(() -> Collected.faultOfRepeat(headers, sender, message.header()));
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    return headers.containsKey(sender) ? Step.to(this) : take(message);
  }

  private Step take(Input message) {
    Optional<Fault> fault = wrongContent(message);
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    sum.add(message.vector(), headers.size());
    var next =
        new CollectingInputs(
            chair, cohort, sum, Collected.with(headers, message.sender(), message.header()));
    return next.headers.size() == cohort.headers().size() ? next.close() : Step.to(next);
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
    return headers.size() < chair.least()
        ? Step.to(new Aborted(Collected.tooFew("inputs", chair.least(), headers.size())))
        : close();
  }

  private Step close() {
    List<InputHeader> survivorsHeaders = List.copyOf(headers.values());
    Survivors survivors = Survivors.of(chair.ctx(), cohort, survivorsHeaders);
    SurvivorsProposed proposed = new SurvivorsProposed(survivorsHeaders);
    return Step.to(
        new CollectingConfirmations(
            chair, cohort, survivors, sum.close(headers.size()), new TreeMap<>()),
        Chair.toEach(survivors.ids(), to -> proposed));
  }
}
