package org.althing.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Matter;
import org.althing.approval.SignedApproval;
import org.althing.approval.Standing;
import org.althing.contract.Contract;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.privacy.Asked;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerEntry;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.Reservation;
import org.althing.privacy.Rho;
import org.althing.study.Admission;
import org.althing.study.Ground;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Programme;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;

/**
 * A node's answer to an offered study: it compiles the plan itself, asks the owner's policy, then
 * the people whom the policy asks, and sets the whole cost aside; or it refuses with every reason.
 * Nothing is set aside for a study that waits for people.
 *
 * @param federation the members this node's owner knows, with their keys and quorum; a message
 *     changes nothing of it
 * @param policy none where the owner wrote none: then everything is refused
 */
public record AdmissionDesk(
    NodeId self, SigningKey key, Roster federation, Optional<Policy> policy, BudgetLedger ledger) {
  private static final String PLAN = "plan";
  private static final String APPROVALS = "approvals";

  /** What the node answers. */
  public sealed interface Answer {
    /**
     * @param approvals the statements by which people agreed; none where nobody is asked
     */
    record Admitted(
        Plan plan, Programme programme, Signed<Admission> admission, List<Digest> approvals)
        implements Answer {
      public Admitted {
        approvals = List.copyOf(approvals);
      }
    }

    record Refused(Signed<Refusal> refusal) implements Answer {}

    /** The policy allows it, and people have yet to say yes or no; nothing is said meanwhile. */
    record Awaits(Matter matter, Standing.Waiting standing) implements Answer {}
  }

  /**
   * A study as it was offered, its documents read.
   *
   * @param roster digest of the roster the coordinator means
   */
  public record Offered(Digest plan, Study study, Contract contract, Digest roster) {}

  /**
   * A source of records.
   *
   * @param population whose budget its studies use
   * @param version of the source as it is declared: where its rows come from and how they are read
   */
  public record Source(String population, Digest version) {}

  /**
   * What the answer depends on besides what was offered.
   *
   * @param source none where no source here is bound to the contract
   * @param statements of people, all that are known on the plan
   */
  public record Circumstances(
      Optional<Source> source, List<SignedApproval> statements, LocalDate today) {
    public Circumstances {
      statements = List.copyOf(statements);
    }
  }

  public Answer decide(Offered offered, Circumstances here) {
    Planning planning = StudyPlanner.compile(offered.study(), offered.contract(), federation);
    if (planning instanceof Planning.Unplannable unplannable) {
      return refuse(
          offered, List.of(new Refusal.Reason(PLAN, String.join("; ", unplannable.reasons()))));
    }
    Planning.Planned planned = (Planning.Planned) planning;
    Plan plan = planned.plan();
    if (!plan.roster().digest().equals(offered.roster()) || !plan.digest().equals(offered.plan())) {
      return refuse(offered, List.of(Ground.OTHER_PLAN.of(PLAN)));
    }
    if (!plan.roster().contains(self)) {
      return refuse(offered, List.of(Ground.NOT_ASKED.of(PLAN)));
    }
    if (here.source().isEmpty()) {
      return refuse(offered, List.of(Ground.NO_SOURCE.of("datasets", offered.contract().id())));
    }
    return ask(offered, planned, here.source().get(), here);
  }

  private Answer ask(Offered offered, Planning.Planned planned, Source source, Circumstances here) {
    Plan plan = planned.plan();
    Decision decision = ownersWord(offered, plan, source.population(), here.today());
    if (decision instanceof Decision.Refused refused) {
      return refuse(offered, refused.reasons());
    }
    Matter matter =
        new Matter(self, plan.digest(), ((Decision.Admitted) decision).policy(), source.version());
    Standing standing = standing(matter, offered.study().lead(), here);
    if (standing instanceof Standing.Denied denied) {
      return refuse(offered, reasons(denied));
    }
    if (standing instanceof Standing.Waiting waiting) {
      return new Answer.Awaits(matter, waiting);
    }
    Asked asked = new Asked(offered.study().lead(), here.today());
    Reservation reservation = reserve(plan, source.population(), asked);
    if (reservation instanceof Reservation.Refused refused) {
      return refuse(offered, List.of(reason(source.population(), refused)));
    }
    Rho reserved = ((Reservation.Reserved) reservation).cost();
    return new Answer.Admitted(
        plan,
        planned.programme(),
        Signed.by(
            key,
            new Admission(self, plan.digest(), plan.roster().digest(), matter.policy(), reserved)),
        ((Standing.Approved) standing).statements());
  }

  private Decision ownersWord(Offered offered, Plan plan, String population, LocalDate today) {
    return policy
        .map(
            p ->
                p.decide(
                    new Request(
                        plan,
                        offered.study(),
                        offered.contract(),
                        population,
                        // An answer may be asked for again.
                        ledger.leftWithout(plan.digest(), population),
                        ledger.outlaysWithout(plan.digest(), population),
                        today)))
        .orElseGet(Decision::withoutPolicy);
  }

  private static Refusal.Reason reason(String population, Reservation.Refused refused) {
    return Ground.NOT_RESERVED.of(
        "budgets." + population, refused.reason(), refused.needed(), refused.left());
  }

  private Reservation reserve(Plan plan, String population, Asked asked) {
    return ledger.reserve(
        new LedgerEntry.StudyReserved(
            plan.digest(),
            population,
            plan.releases().stream()
                .map(r -> new PlannedRelease(r.partition(), r.noise().rho()))
                .toList(),
            plan.spareAttempts(),
            Optional.of(asked)));
  }

  // The people whom the policy asks.

  private Standing standing(Matter matter, String lead, Circumstances here) {
    return policy
        .map(Policy::approvals)
        .orElse(ApprovalRule.NONE)
        .judge(matter, lead, here.statements(), here.today())
        .standing();
  }

  /** The refusal of a study that was agreed to, where somebody has said no since. */
  public Optional<Signed<Refusal>> withdrawal(Matter matter, String lead, Circumstances here) {
    return standing(matter, lead, here) instanceof Standing.Denied denied
        ? Optional.of(Signed.by(key, new Refusal(self, matter.plan(), reasons(denied))))
        : Optional.empty();
  }

  /** The refusal of a study that too few agreed to in time. */
  public Signed<Refusal> overdue(Digest plan) {
    return unapproved(plan, Ground.OVERDUE.of(APPROVALS));
  }

  /** The refusal of a study too many, where {@code most} wait for people. */
  public Signed<Refusal> crowded(Digest plan, int most) {
    return unapproved(plan, Ground.CROWDED.of(APPROVALS, most));
  }

  private Signed<Refusal> unapproved(Digest plan, Refusal.Reason why) {
    return Signed.by(key, new Refusal(self, plan, List.of(why)));
  }

  private static List<Refusal.Reason> reasons(Standing.Denied denied) {
    return denied.objections().stream()
        .map(objection -> Ground.DENIED.of(APPROVALS, objection.role(), objection.reason()))
        .toList();
  }

  private Answer refuse(Offered offered, List<Refusal.Reason> reasons) {
    return new Answer.Refused(Signed.by(key, new Refusal(self, offered.plan(), reasons)));
  }
}
