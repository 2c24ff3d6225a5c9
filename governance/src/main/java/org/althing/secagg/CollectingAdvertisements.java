package org.althing.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/** A1 messages come in; everybody in the roster is asked. */
record CollectingAdvertisements(
    EpochTerms terms, Digest ctx, SortedMap<NodeId, Advertise> advertised)
    implements CoordinatorSetup {

  @Override
  public Step on(Advertise message) {
    Optional<Fault> fault =
        new Scrutiny(terms.roster(), terms.roster()::contains, ctx)
            .faultOf(message)
            .or(() -> Collected.faultOfRepeat(advertised, message.sender(), message))
            .or(
                () ->
                    HybridKey.defect(message)
                        .map(why -> AwaitingAdvertisements.unusable(message, why)));
    if (fault.isPresent()) {
      return Step.rejected(this, fault.get());
    }
    var next =
        new CollectingAdvertisements(
            terms, ctx, Collected.with(advertised, message.sender(), message));
    return next.advertised.size() == terms.roster().ids().size() ? next.close() : Step.to(next);
  }

  @Override
  public Step on(Bind message) {
    return Step.outOfTurn(this, message.sender(), "a binding before the keys were shown");
  }

  @Override
  public Step deadlinePassed() {
    int least = terms.roster().quorum().leastConfirmed();
    return advertised.size() < least
        ? Step.to(new Aborted(Collected.tooFew("advertised keys", least, advertised.size())))
        : close();
  }

  private Step close() {
    AdvertiseBundle bundle = new AdvertiseBundle(List.copyOf(advertised.values()));
    List<Outgoing<SetupAnnouncement>> send = new ArrayList<>();
    advertised.keySet().forEach(to -> send.add(new Outgoing<>(to, bundle)));
    return new Step(
        new CollectingBindings(terms, ctx, advertised, bundle.digest(), new TreeMap<>()),
        send,
        Optional.empty());
  }
}
