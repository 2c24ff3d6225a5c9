package org.althing.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.althing.contract.Contract;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.Reservation;
import org.althing.privacy.Rho;
import org.althing.privacy.StudyAccount;
import org.althing.study.Admission;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Programme;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;

/**
 * A node's answer to an offered study: it compiles the plan itself, asks the owner's policy, and
 * sets the whole cost aside, or it refuses with every reason.
 *
 * @param federation the members this node's owner knows, with their keys and quorum; a message
 *     changes nothing of it
 * @param policy none where the owner wrote none: then everything is refused
 */
public record AdmissionDesk(
    NodeId self, SigningKey key, Roster federation, Optional<Policy> policy, BudgetLedger ledger) {

  /** What the node answers. */
  public sealed interface Answer {
    record Admitted(Plan plan, Programme programme, Signed<Admission> admission)
        implements Answer {}

    record Refused(Signed<Refusal> refusal) implements Answer {}
  }

  /**
   * A study as it was offered, its documents read.
   *
   * @param roster digest of the roster the coordinator means
   */
  public record Offered(Digest plan, Study study, Contract contract, Digest roster) {}

  /**
   * @param population whose budget it would use; none where no source here is bound to the contract
   */
  public Answer decide(Offered offered, Optional<String> population, LocalDate today) {
    Planning planning = StudyPlanner.compile(offered.study(), offered.contract(), federation);
    if (planning instanceof Planning.Unplannable unplannable) {
      return refuse(
          offered, List.of(new Refusal.Reason("plan", String.join("; ", unplannable.reasons()))));
    }
    Planning.Planned planned = (Planning.Planned) planning;
    Plan plan = planned.plan();
    if (!plan.roster().digest().equals(offered.roster()) || !plan.digest().equals(offered.plan())) {
      return refuse(
          offered,
          List.of(
              new Refusal.Reason(
                  "plan",
                  "this node compiles another plan or roster from these documents: compare rosters and versions")));
    }
    if (!plan.roster().contains(self)) {
      return refuse(
          offered, List.of(new Refusal.Reason("plan", "the study does not ask this node")));
    }
    if (population.isEmpty()) {
      return refuse(
          offered,
          List.of(
              new Refusal.Reason(
                  "datasets", "no source here is bound to contract " + offered.contract().id())));
    }
    return ask(offered, planned, population.get(), today);
  }

  private Answer ask(
      Offered offered, Planning.Planned planned, String population, LocalDate today) {
    Plan plan = planned.plan();
    Decision decision =
        policy
            .map(
                p ->
                    p.decide(
                        new Request(
                            plan,
                            offered.study(),
                            offered.contract(),
                            population,
                            left(plan, population),
                            today)))
            .orElseGet(Decision::withoutPolicy);
    if (decision instanceof Decision.Refused refused) {
      return refuse(offered, refused.reasons());
    }
    Reservation reservation =
        ledger.reserve(
            plan.digest(),
            population,
            plan.releases().stream()
                .map(r -> new PlannedRelease(r.partition(), r.noise().rho()))
                .toList(),
            plan.spareAttempts());
    if (reservation instanceof Reservation.Refused refused) {
      return refuse(
          offered,
          List.of(
              new Refusal.Reason(
                  "budgets." + population,
                  "%s: the study reserves rho %s, rho %s is left"
                      .formatted(refused.reason(), refused.needed(), refused.left()))));
    }
    Digest policyDigest = ((Decision.Admitted) decision).policy();
    Rho reserved = ((Reservation.Reserved) reservation).cost();
    return new Answer.Admitted(
        plan,
        planned.programme(),
        Signed.by(
            key,
            new Admission(self, plan.digest(), plan.roster().digest(), policyDigest, reserved)));
  }

  /**
   * What the population could still reserve if this study had reserved nothing: an answer may be
   * asked for again.
   */
  private Rho left(Plan plan, String population) {
    Rho left = ledger.balance(population).left();
    Optional<StudyAccount> own = ledger.study(plan.digest()).filter(a -> !a.closed());
    return own.isPresent() ? left.plus(own.get().terms().cost()) : left;
  }

  private Answer refuse(Offered offered, List<Refusal.Reason> reasons) {
    return new Answer.Refused(Signed.by(key, new Refusal(self, offered.plan(), reasons)));
  }
}
