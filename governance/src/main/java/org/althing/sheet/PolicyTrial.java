package org.althing.sheet;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.althing.contract.Contract;
import org.althing.federation.Roster;
import org.althing.policy.Budget;
import org.althing.policy.Decision;
import org.althing.policy.Policy;
import org.althing.policy.Request;
import org.althing.privacy.Rho;
import org.althing.study.Planning;
import org.althing.study.Refusal.Reason;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;

/**
 * What a policy would answer to a study, clause by clause, with its budget unspent; no data are
 * read and nobody is asked.
 *
 * @param clauses all that were asked, in their order
 * @param reasons why it would be refused; empty where it would be allowed
 */
public record PolicyTrial(List<String> clauses, List<Reason> reasons) {
  private static final String PLAN = "plan";

  public PolicyTrial {
    clauses = List.copyOf(clauses);
    reasons = List.copyOf(reasons);
  }

  /** A study and the federation it is put to. */
  public record Question(Study study, Contract contract, Roster roster) {}

  /**
   * @param population whose budget the study would use
   */
  public static PolicyTrial of(Policy policy, Question asked, String population, LocalDate today) {
    Planning planning = StudyPlanner.compile(asked.study(), asked.contract(), asked.roster());
    if (planning instanceof Planning.Unplannable unplannable) {
      return refused(String.join("; ", unplannable.reasons()));
    }
    Planning.Planned planned = (Planning.Planned) planning;
    if (!planned.plan().roster().contains(policy.org())) {
      return refused("the study does not ask " + policy.org());
    }
    Rho untouched = policy.budgetOf(population).map(Budget::total).orElse(Rho.ZERO);
    Decision decision =
        policy.decide(
            new Request(
                planned.plan(), asked.study(), asked.contract(), population, untouched, today));
    return new PolicyTrial(
        Policy.clauses(population),
        decision instanceof Decision.Refused refused ? refused.reasons() : List.of());
  }

  private static PolicyTrial refused(String why) {
    return new PolicyTrial(List.of(PLAN), List.of(new Reason(PLAN, why)));
  }

  public boolean allows() {
    return reasons.isEmpty();
  }

  /** One line for each clause. */
  @Override
  public String toString() {
    TextTable table = new TextTable("  ", List.of());
    for (String clause : clauses) {
      Optional<Reason> reason = reasons.stream().filter(r -> r.clause().equals(clause)).findFirst();
      table.row(
          clause, reason.isPresent() ? "REFUSES" : "allows", reason.map(Reason::text).orElse(""));
    }
    return table.toString();
  }
}
