package org.althing.party;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.approval.ApprovalRule;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Digest;
import org.althing.policy.AdmissionDesk;
import org.althing.policy.Budget;
import org.althing.policy.Policy;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.Rho;
import org.althing.session.ToNode;
import org.althing.study.Examples;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Refusal;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;
import org.junit.jupiter.api.Test;

/** What one lead, and what one time, may hold of a budget is asked of the ledger itself. */
class LimitedLeadsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
  private static final Rho TOTAL = Rho.roundedDown(10);
  private final MemoryLedgerStore store = new MemoryLedgerStore();
  private BudgetLedger ledger = BudgetLedger.open(store);

  private record Asked(Plan plan, Study study, Contract contract) {}

  private static Asked study(String id) {
    ToNode.Offer offer = OfferedStudy.offer();
    String text = new String(offer.study().toArray(), UTF_8).replace("id: small", "id: " + id);
    try {
      Study study = StudyDocument.read("study.yaml", text.getBytes(UTF_8));
      Contract contract = ContractDocument.parse("contract.yaml", offer.contract().toArray());
      Planning planning = StudyPlanner.compile(study, contract, OfferedStudy.ROSTER);
      return new Asked(((Planning.Planned) planning).plan(), study, contract);
    } catch (DocumentError e) {
      throw new AssertionError(e);
    }
  }

  private AdmissionDesk.Answer ask(Budget budget, Asked asked, LocalDate today) {
    Policy open = OfferedStudy.policy(ApprovalRule.NONE, Digest.of(new byte[] {1}));
    Policy policy =
        new Policy(
            open.org(),
            open.validity(),
            open.leads(),
            open.purposes(),
            open.analyses(),
            open.columns(),
            open.never(),
            open.limits(),
            Map.of("patients", budget),
            open.approvals(),
            open.retention(),
            open.digest());
    AdmissionDesk desk =
        new AdmissionDesk(
            Examples.node(0), Examples.key(0), OfferedStudy.ROSTER, Optional.of(policy), ledger);
    return desk.decide(
        new AdmissionDesk.Offered(
            asked.plan().digest(), asked.study(), asked.contract(), asked.plan().roster().digest()),
        new AdmissionDesk.Circumstances(
            Optional.of(new AdmissionDesk.Source("patients", Digest.of(new byte[] {2}))),
            List.of(),
            today));
  }

  private static List<String> clauses(AdmissionDesk.Answer answer) {
    return answer instanceof AdmissionDesk.Answer.Refused refused
        ? refused.refusal().statement().reasons().stream().map(Refusal.Reason::clause).toList()
        : List.of();
  }

  @Test
  void aSecondStudyOfALeadIsRefusedByWhatTheFirstOneHolds() {
    ledger.setBudget("patients", TOTAL);
    Rho one = study("first").plan().reservation();
    Budget budget =
        new Budget(TOTAL, TOTAL, Optional.of(one.plus(new Rho(1))), Optional.empty(), 1e-5);
    assertThat(clauses(ask(budget, study("first"), TODAY))).isEmpty();
    assertThat(clauses(ask(budget, study("first"), TODAY.plusDays(1)))).isEmpty();
    ledger = BudgetLedger.open(store.reopened());
    assertThat(clauses(ask(budget, study("second"), TODAY)))
        .containsExactly("budgets.patients.per_lead");
    ledger.close(study("first").plan().digest());
    assertThat(clauses(ask(budget, study("second"), TODAY))).isEmpty();
  }

  @Test
  void aStudyCountsInItsPeriodFromTheDayItReserved() {
    ledger.setBudget("patients", TOTAL);
    Rho one = study("first").plan().reservation();
    Budget budget =
        new Budget(
            TOTAL,
            TOTAL,
            Optional.empty(),
            Optional.of(new Budget.PerPeriod(one, Period.ofMonths(3))),
            1e-5);
    assertThat(clauses(ask(budget, study("first"), TODAY))).isEmpty();
    assertThat(clauses(ask(budget, study("second"), TODAY.plusMonths(3).minusDays(1))))
        .containsExactly("budgets.patients.per_period");
    assertThat(clauses(ask(budget, study("second"), TODAY.plusMonths(3)))).isEmpty();
  }
}
