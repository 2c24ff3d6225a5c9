package org.althing.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * A2 messages come in, from those who advertised.
 *
 * @param keys T, the digest of all of {@code advertised}
 */
record CollectingBindings(
    EpochTerms terms,
    Digest ctx,
    SortedMap<NodeId, Advertise> advertised,
    Digest keys,
    SortedMap<NodeId, Bind> bound)
    implements CoordinatorSetup {

  @Override
  public Step on(Advertise message) {
    return Step.outOfTurn(this, message.sender(), "keys after the set of keys was closed");
  }

  @Override
  public Step on(Bind message) {
    NodeId sender = message.sender();
    Optional<Fault> fault =
        new Scrutiny(terms.roster(), advertised.keySet()::contains, ctx)
            .faultOf(message.header())
            .or(() -> Collected.faultOfRepeat(bound, sender, message))
            .or(() -> wrongContent(message));
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    var next =
        new CollectingBindings(
            terms, ctx, advertised, keys, Collected.with(bound, sender, message));
    return next.bound.size() == advertised.size() ? next.close() : Step.to(next);
  }

  private Optional<Fault> wrongContent(Bind message) {
    NodeId sender = message.sender();
    if (!message.header().keys().equals(keys)) {
      return Optional.of(
          Fault.of(
              Fault.Kind.OTHER_KEYS,
              sender,
              "it saw keys %s, shown were %s"
                  .formatted(message.header().keys().brief(), keys.brief())));
    }
    // Ids ascend here as in the roster: whoever follows the sender has a higher index.
    List<NodeId> owed =
        advertised.keySet().stream().filter(id -> id.compareTo(sender) > 0).toList();
    boolean complete = message.ciphertexts().stream().map(Encapsulation::to).toList().equals(owed);
    boolean own = message.ciphertexts().stream().allMatch(c -> c.from().equals(sender));
    List<BindHeader.ForPeer> made =
        message.ciphertexts().stream()
            .map(c -> new BindHeader.ForPeer(c.to(), c.digest()))
            .toList();
    return complete && own && made.equals(message.header().sealed())
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Fault.Kind.WRONG_CONTENT,
                sender,
                "expected one ciphertext, as signed, for each of %d peers of higher index"
                    .formatted(owed.size())));
  }

  @Override
  public Step deadlinePassed() {
    int least = terms.roster().quorum().leastConfirmed();
    return bound.size() < least
        ? Step.to(new Aborted(Collected.tooFew("bindings", least, bound.size())))
        : close();
  }

  private Step close() {
    List<BindHeader> headers = bound.values().stream().map(Bind::header).toList();
    Map<NodeId, List<Encapsulation>> ciphertexts =
        bound.values().stream()
            .flatMap(bind -> bind.ciphertexts().stream())
            .collect(Collectors.groupingBy(Encapsulation::to));
    List<Outgoing<SetupAnnouncement>> send = new ArrayList<>();
    for (NodeId to : bound.keySet()) {
      BindBundle shown = new BindBundle(headers, ciphertexts.getOrDefault(to, List.of()));
      send.add(new Outgoing<>(to, shown));
    }
    return new Step(new Completed(keys, List.copyOf(bound.keySet())), send, Optional.empty());
  }
}
