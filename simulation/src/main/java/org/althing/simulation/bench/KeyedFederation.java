package org.althing.simulation.bench;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.althing.federation.NodeId;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.NoiseVector;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.NoisedSums;
import org.althing.privacy.Partition;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.Rho;
import org.althing.secagg.CoordinatorSetup;
import org.althing.secagg.Federation;
import org.althing.secagg.KeySetup;
import org.althing.secagg.Outgoing;
import org.althing.secagg.PairSecrets;
import org.althing.secagg.RoundTerms;
import org.althing.secagg.SetupAnnouncement;
import org.althing.secagg.SetupMessage;

/** Nodes that share pair secrets, each with a ledger: what a round starts from. */
final class KeyedFederation {
  private static final String POPULATION = "patients";

  final Federation federation;
  private final Map<NodeId, PairSecrets> pairs = new LinkedHashMap<>();
  private final Map<NodeId, BudgetLedger> ledgers = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private int releases;

  private KeyedFederation(Federation federation) {
    this.federation = federation;
  }

  /** Sets the keys up, every step inside its party's meter. */
  static KeyedFederation of(Federation federation, Meters meters) {
    KeyedFederation keyed = new KeyedFederation(federation);
    keyed.setUpKeys(meters);
    keyed.federation.ids().forEach(keyed::openLedger);
    return keyed;
  }

  private void setUpKeys(Meters meters) {
    CoordinatorSetup coordinator = CoordinatorSetup.begin(federation.epoch);
    Map<NodeId, KeySetup> nodes = new LinkedHashMap<>();
    Deque<SetupMessage> pending = new ArrayDeque<>();
    for (NodeId id : federation.ids()) {
      byte[] entropy = federation.bytes(32);
      KeySetup.Step begun =
          meters
              .node(id)
              .around(() -> KeySetup.begin(federation.epoch, id, federation.key(id), entropy));
      nodes.put(id, begun.next());
      pending.addAll(begun.send());
    }
    while (!pending.isEmpty()) {
      SetupMessage message = pending.remove();
      CoordinatorSetup now = coordinator;
      CoordinatorSetup.Step step = meters.coordinator().around(() -> message.deliverTo(now));
      coordinator = step.next();
      for (Outgoing<SetupAnnouncement> outgoing : step.send()) {
        KeySetup node = Objects.requireNonNull(nodes.get(outgoing.to()));
        KeySetup.Step answered =
            meters.node(outgoing.to()).around(() -> outgoing.announcement().deliverTo(node));
        nodes.put(outgoing.to(), answered.next());
        pending.addAll(answered.send());
      }
    }
    nodes.forEach((id, node) -> pairs.put(id, ((KeySetup.Keyed) node).pairs()));
  }

  private void openLedger(NodeId id) {
    BudgetLedger ledger = BudgetLedger.open(new MemoryLedgerStore());
    ledger.setBudget(POPULATION, Rho.roundedDown(PlannedRelease.MOST_RHO));
    PlannedRelease release = new PlannedRelease(Partition.ALL, NoisedSums.planOf(1).rho());
    ledger.reserve(
        federation.epoch.plan(),
        POPULATION,
        Collections.nCopies(PairSecrets.MOST_RELEASES_PER_EPOCH, release),
        0);
    ledgers.put(id, ledger);
  }

  PairSecrets pairs(NodeId id) {
    return Objects.requireNonNull(pairs.get(id));
  }

  List<NodeId> ids() {
    return federation.ids();
  }

  /** The terms of the next release; there are {@link PairSecrets#MOST_RELEASES_PER_EPOCH}. */
  RoundTerms nextTerms(int length) {
    return federation.terms(pairs(federation.id(0)).keys(), releases++, 1, length);
  }

  /** A sum of no records, charged to the node's ledger, with its noise. */
  NoisedSum paid(NodeId id, RoundTerms terms) {
    NoisePlan plan = NoisedSums.planOf(terms.length());
    NoiseVector noise = NoiseVector.draw(plan, random::nextLong);
    return Objects.requireNonNull(ledgers.get(id))
        .charge(terms.releaseId(), new ContributionSum(plan).finish())
        .plus(noise);
  }
}
