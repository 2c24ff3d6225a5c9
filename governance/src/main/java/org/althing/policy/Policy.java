package org.althing.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.althing.approval.ApprovalRule;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.privacy.Asked;
import org.althing.privacy.Outlay;
import org.althing.privacy.Rho;
import org.althing.study.Ground;
import org.althing.study.Purpose;
import org.althing.study.Refusal.Reason;

/**
 * An owner's rules for admitting plans: what nobody allowed is refused.
 *
 * @param leads who may ask
 * @param purposes what for, as studies name it or in codes that {@link Purpose} matches
 * @param analyses words of {@code AnalysisChoice}
 * @param columns the contract's columns that may be used
 * @param never columns that are refused even where {@code columns} allows everything
 * @param budgets by population; a population without one is refused
 * @param approvals which people must agree to what all other clauses allow
 * @param retention how long the node keeps what it may erase
 * @param digest of the policy's text
 */
public record Policy(
    NodeId org,
    Validity validity,
    Allowed leads,
    Allowed purposes,
    Allowed analyses,
    Allowed columns,
    Set<String> never,
    Limits limits,
    Map<String, Budget> budgets,
    ApprovalRule approvals,
    Retention retention,
    Digest digest) {
  public Policy {
    never = Collections.unmodifiableSortedSet(new TreeSet<>(never));
    budgets = Collections.unmodifiableSortedMap(new TreeMap<>(budgets));
    List<String> both = never.stream().filter(columns.names()::contains).toList();
    if (!both.isEmpty()) {
      throw new IllegalArgumentException("columns both allowed and never allowed: " + both);
    }
  }

  public Optional<Budget> budgetOf(String population) {
    return Optional.ofNullable(budgets.get(population));
  }

  /** The paths of all clauses that are asked of a study on a population, in their order. */
  public static List<String> clauses(String population) {
    return List.of(
        "valid",
        "leads",
        "purposes",
        "analyses",
        "columns.never",
        "columns.allow",
        "limits.nodes",
        "limits.people",
        "limits.colluders",
        "limits.survivors",
        "limits.releases",
        "budgets." + population + ".per_study",
        "budgets." + population + ".per_lead",
        "budgets." + population + ".per_period",
        "budgets." + population);
  }

  /** Asks every clause, so that a refusal names all that stands in the way. */
  public Decision decide(Request request) {
    List<Reason> reasons = new ArrayList<>();
    question(request, reasons);
    columns(request, reasons);
    company(request, reasons);
    budget(request, reasons);
    return reasons.isEmpty() ? new Decision.Admitted(digest) : new Decision.Refused(reasons);
  }

  private void question(Request request, List<Reason> reasons) {
    if (!validity.holdsOn(request.today())) {
      reasons.add(Ground.NOT_VALID.of("valid", validity.from(), validity.until(), request.today()));
    }
    requireAllowed("leads", "lead", request.study().lead(), leads, reasons);
    String purpose = request.study().purpose();
    if (purposes.names().stream().noneMatch(owners -> Purpose.allows(owners, purpose))) {
      requireAllowed("purposes", "purpose", purpose, purposes, reasons);
    }
    for (String word : request.study().analysis().words()) {
      requireAllowed("analyses", "analysis", word, analyses, reasons);
    }
  }

  private static void requireAllowed(
      String clause, String what, String asked, Allowed allowed, List<Reason> reasons) {
    if (!allowed.allows(asked)) {
      reasons.add(Ground.NOT_ALLOWED.of(clause, what, asked, allowed));
    }
  }

  private void columns(Request request, List<Reason> reasons) {
    List<String> read = request.study().columnsRead(request.contract());
    List<String> barred = read.stream().filter(never::contains).toList();
    if (!barred.isEmpty()) {
      reasons.add(Ground.NEVER_ALLOWED.of("columns.never", String.join(", ", barred)));
    }
    List<String> unnamed =
        read.stream().filter(c -> !columns.allows(c) && !never.contains(c)).toList();
    if (!unnamed.isEmpty()) {
      reasons.add(Ground.NOT_AMONG_COLUMNS.of("columns.allow", String.join(", ", unnamed)));
    }
  }

  private void company(Request request, List<Reason> reasons) {
    Quorum quorum = request.plan().quorum();
    requireLeast("limits.nodes", "members", quorum.nodes(), limits.leastNodes(), reasons);
    requireLeast(
        "limits.people",
        "people declared by the study",
        request.study().participation().people().orElse(0),
        limits.leastPeople(),
        reasons);
    requireLeast(
        "limits.colluders",
        "colluding members withstood",
        quorum.colluders(),
        limits.leastColluders(),
        reasons);
    requireLeast(
        "limits.survivors",
        "nodes in every sum",
        quorum.leastSurvivors(),
        limits.leastSurvivors(),
        reasons);
    int releases = request.plan().releases().size();
    if (releases > limits.mostReleases()) {
      reasons.add(Ground.TOO_MANY_RELEASES.of("limits.releases", releases, limits.mostReleases()));
    }
  }

  private static void requireLeast(
      String clause, String what, long got, long least, List<Reason> reasons) {
    if (got < least) {
      reasons.add(Ground.TOO_FEW.of(clause, what, got, least));
    }
  }

  private void budget(Request request, List<Reason> reasons) {
    Optional<Budget> budget = budgetOf(request.population());
    if (budget.isEmpty()) {
      reasons.add(Ground.NO_BUDGET.of("budgets." + request.population()));
      return;
    }
    String path = "budgets." + request.population();
    Rho needed = request.plan().reservation();
    Rho perStudy = budget.get().perStudy();
    if (needed.compareTo(perStudy) > 0) {
      reasons.add(Ground.DEARER_THAN_A_STUDY.of(path + ".per_study", needed, perStudy));
    }
    together(request, budget.get(), needed, path, reasons);
    if (needed.compareTo(request.left()) > 0) {
      reasons.add(Ground.DEARER_THAN_LEFT.of(path, needed, request.left()));
    }
  }

  /** What one lead, and what one time, may hold of a budget. */
  private static void together(
      Request request, Budget budget, Rho needed, String path, List<Reason> reasons) {
    String lead = request.study().lead();
    Rho ofLead = held(request, each -> each.lead().equals(lead));
    budget
        .perLead()
        .filter(most -> ofLead.plus(needed).compareTo(most) > 0)
        .ifPresent(
            most ->
                reasons.add(Ground.DEARER_FOR_LEAD.of(path + ".per_lead", needed, ofLead, most)));
    budget
        .perPeriod()
        .ifPresent(
            limit -> {
              Rho recent = held(request, each -> limit.counts(each.day(), request.today()));
              if (recent.plus(needed).compareTo(limit.most()) > 0) {
                reasons.add(
                    Ground.DEARER_IN_PERIOD.of(
                        path + ".per_period", needed, limit.length(), recent, limit.most()));
              }
            });
  }

  private static Rho held(Request request, Predicate<Asked> which) {
    return request.others().stream()
        .filter(each -> which.test(each.asked()))
        .map(Outlay::cost)
        .reduce(Rho.ZERO, Rho::plus);
  }
}
