package org.althing.secagg;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.althing.federation.NodeId;

/** READY messages come in, from the members of the key set-up. */
record CollectingReady(Chair chair, SortedMap<NodeId, Ready> ready) implements CoordinatorRound {

  @Override
  public Step on(Ready message) {
    NodeId sender = message.sender();
    Optional<Fault> fault =
        chair
            .scrutiny(id -> chair.members().contains(id))
            .faultOf(message.header())
            .or(() -> Collected.faultOfRepeat(ready, sender, message))
            .or(() -> wrongBoxes(message));
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    var next = new CollectingReady(chair, Collected.with(ready, sender, message));
    return next.ready.size() == chair.members().size() ? next.close() : Step.to(next);
  }

  private Optional<Fault> wrongBoxes(Ready message) {
    List<NodeId> owed =
        chair.members().stream().filter(member -> !member.equals(message.sender())).toList();
    boolean complete = message.boxes().stream().map(ShareBox::to).toList().equals(owed);
    boolean own = message.boxes().stream().allMatch(box -> box.from().equals(message.sender()));
    return complete && own && Ready.digestOf(message.boxes()).equals(message.header().boxes())
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Fault.Kind.WRONG_CONTENT,
                message.sender(),
                "expected one box, as signed, for each of %d other members"
                    .formatted(owed.size())));
  }

  @Override
  public Step on(Input message) {
    return early(message);
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
    return Step.outOfTurn(this, message.sender(), "the cohort is still open");
  }

  @Override
  public Step deadlinePassed() {
    return ready.size() < chair.least()
        ? Step.to(new Aborted(Collected.tooFew("nodes ready", chair.least(), ready.size())))
        : close();
  }

  private Step close() {
    List<ReadyHeader> headers = ready.values().stream().map(Ready::header).toList();
    Cohort cohort = Cohort.of(chair.ctx(), headers);
    Map<NodeId, List<ShareBox>> boxes =
        ready.values().stream()
            .flatMap(message -> message.boxes().stream())
            .collect(Collectors.groupingBy(ShareBox::to));
    return Step.to(
        CollectingInputs.begin(chair, cohort),
        Chair.toEach(
            ready.keySet(), to -> new CohortAnnounced(headers, boxes.getOrDefault(to, List.of()))));
  }
}
