package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerState;
import org.althing.privacy.Partition;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.release.ReleaseSpec;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.LogEntry;
import org.althing.study.Plan;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/**
 * Consent and payment: who admitted the plan, and whether every sum was paid for before it came.
 */
final class Payments {
  private final Plan plan;
  private Optional<ReleaseId> underWay = Optional.empty();
  private final Map<ReleaseId, Set<NodeId>> payers = new HashMap<>();
  private final Map<NodeId, ChargeReceipt> last = new HashMap<>();
  private final Map<NodeId, Rho> paid = new HashMap<>();
  private int charges;

  private Payments(Plan plan) {
    this.plan = plan;
  }

  /** Whether the admissions hold; all of them where anything was asked of a node. */
  static int requireAdmissions(StudyRecord record, Plan plan) throws EvidenceFault {
    List<Signed<Admission>> admissions = new ArrayList<>();
    for (StudyEvent.NodeAdmitted admitted : record.events(StudyEvent.NodeAdmitted.class)) {
      try {
        admissions.add(Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes));
      } catch (MalformedEncoding e) {
        throw new EvidenceFault("an admission is malformed: " + e.getMessage());
      }
    }
    boolean began =
        !record.events(StudyEvent.RoundOpened.class).isEmpty() || !record.releases().isEmpty();
    if (began) {
      Optional<String> fault = Admission.faultIn(admissions, plan);
      require(fault.isEmpty(), fault.orElse(""));
    }
    for (Signed<Admission> admission : admissions) {
      require(
          admission.verifies(plan.roster()) && admission.statement().plan().equals(plan.digest()),
          "the admission of "
              + admission.statement().node()
              + " is not its own, or of another plan");
    }
    return admissions.size();
  }

  /** Whether whoever is said to have refused did, and refused this plan. */
  static void requireRefusals(StudyRecord record, Plan plan) throws EvidenceFault {
    for (StudyEvent.NodeRefused refused : record.events(StudyEvent.NodeRefused.class)) {
      require(
          refused.refusal().verifies(plan.roster())
              && refused.refusal().statement().plan().equals(plan.digest()),
          "the refusal of " + refused.node() + " is not its own, or of another plan");
    }
  }

  /** Follows the record and answers how many charges it holds. */
  static int requireCharges(StudyRecord record, Plan plan) throws EvidenceFault {
    Payments payments = new Payments(plan);
    for (LogEntry entry : record.entries()) {
      StudyEvent event = entry.event();
      if (event instanceof StudyEvent.RoundOpened open) {
        payments.underWay = Optional.of(payments.id(open.release(), open.attempt()));
      } else if (event instanceof StudyEvent.Charged charged) {
        payments.charge(charged);
      } else if (event instanceof StudyEvent.Released released) {
        payments.release(released);
      } else if (event instanceof StudyEvent.RoundAborted) {
        payments.underWay = Optional.empty();
      }
    }
    return payments.charges;
  }

  private ReleaseId id(int release, int attempt) {
    return new ReleaseId(plan.digest(), release, attempt);
  }

  private void charge(StudyEvent.Charged charged) throws EvidenceFault {
    Signed<ChargeStatement> signed;
    try {
      signed = Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes);
    } catch (MalformedEncoding e) {
      throw new EvidenceFault("a charge is malformed: " + e.getMessage());
    }
    NodeId node = signed.statement().node();
    ChargeReceipt receipt = signed.statement().receipt();
    ReleaseId release = receipt.release();
    require(signed.verifies(plan.roster()), "a charge is not signed by " + node);
    require(
        isUnderWay(release) && release.release() < plan.releases().size(),
        "a charge of " + node + " is for no attempt that is under way");
    ReleaseSpec spec = plan.releases().get(release.release());
    require(
        receipt.gross().equals(spec.noise().rho()),
        node + " was charged another price than the plan's");
    int adds = receipt.marginal().compareTo(receipt.gross());
    require(
        spec.partition() == Partition.ALL ? adds == 0 : adds <= 0,
        "what %s says the release adds to its spend is not what it costs".formatted(node));
    follows(Optional.ofNullable(last.put(node, receipt)), receipt, node);
    require(
        payers.computeIfAbsent(release, r -> new HashSet<>()).add(node),
        node + " paid twice for one attempt");
    Rho sum = paid.getOrDefault(node, Rho.ZERO).plus(receipt.marginal());
    require(sum.compareTo(plan.reservation()) <= 0, node + " was charged more than it set aside");
    paid.put(node, sum);
    charges++;
  }

  /**
   * One ledger, that goes on; other studies may be charged in between, and add to its spend.
   *
   * @param before the node's last charge for this study
   */
  private static void follows(Optional<ChargeReceipt> before, ChargeReceipt now, NodeId node)
      throws EvidenceFault {
    boolean neighbours = false;
    if (before.isPresent()) {
      LedgerState then = before.get().ledger();
      require(
          now.ledger().isNewerThan(then), "the ledger entries of " + node + " are out of order");
      Optional<String> contradiction = now.ledger().contradiction(then);
      require(
          contradiction.isEmpty(),
          "the ledger of %s contradicts itself: %s".formatted(node, contradiction.orElse("")));
      neighbours =
          now.ledger().recoveries() == then.recoveries()
              && now.sequence() == before.get().sequence() + 1;
    }
    Rho least = before.map(ChargeReceipt::spent).orElse(Rho.ZERO).plus(now.marginal());
    int more = now.spent().compareTo(least);
    require(neighbours ? more == 0 : more >= 0, "the spend of %s does not add up".formatted(node));
  }

  private boolean isUnderWay(ReleaseId release) {
    return underWay.equals(Optional.of(release));
  }

  private void release(StudyEvent.Released released) throws EvidenceFault {
    ReleaseId release = id(released.release(), released.attempt());
    require(
        isUnderWay(release),
        "release %d comes of an attempt that was not under way".formatted(released.release() + 1));
    underWay = Optional.empty();
    Set<NodeId> paying = payers.getOrDefault(release, Set.of());
    for (NodeId survivor : released.survivors()) {
      require(
          paying.contains(survivor),
          "release %d holds the sum of %s, which had not paid for it"
              .formatted(released.release() + 1, survivor));
    }
  }
}
