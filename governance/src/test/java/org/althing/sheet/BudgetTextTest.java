package org.althing.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.althing.document.DocumentError;
import org.althing.document.PolicyDocument;
import org.althing.encoding.Digest;
import org.althing.policy.Policy;
import org.althing.privacy.Asked;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerEntry.StudyReserved;
import org.althing.privacy.MemoryLedgerStore;
import org.althing.privacy.Partition;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.Rho;
import org.junit.jupiter.api.Test;

/** An owner sees how far the rest reaches, from the ledger alone. */
class BudgetTextTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final String POLICY =
      """
      althing: policy/v1
      org: org-a
      valid: { from: 2026-01-01, until: 2027-06-30 }
      leads: ["*"]
      purposes: ["*"]
      analyses: [quality]
      columns: { allow: ["*"] }
      secure_aggregation: required
      limits: { nodes: 3, people: 0, releases: 10, colluders: 0, survivors: 2 }
      budgets:
        patients: { rho: 1, per_lead_rho: 0.25, period: P30D, per_period_rho: 0.5, delta: 1.0e-5 }
      """;
  private final BudgetLedger ledger = BudgetLedger.open(new MemoryLedgerStore());

  private static Policy policy() {
    try {
      return PolicyDocument.read("p.yaml", POLICY.getBytes(StandardCharsets.UTF_8));
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private void reserve(int study, String lead, LocalDate day) {
    ledger.reserve(
        new StudyReserved(
            Digest.of(new byte[] {(byte) study}),
            "patients",
            List.of(new PlannedRelease(Partition.ALL, new Rho(125_000_000_000L))),
            0,
            Optional.of(new Asked(lead, day))));
  }

  @Test
  void theRestIsReckonedByPaceByLeadAndByPeriod() {
    ledger.setBudget("patients", new Rho(1_000_000_000_000L));
    BudgetText text = new BudgetText(ledger, Optional.of(policy()));
    assertThat(text.forecast(TODAY))
        .contains("no study was admitted yet", "no study of the last 90 days");
    reserve(1, "ada", TODAY.minusDays(40));
    reserve(2, "ada", TODAY.minusDays(20));
    reserve(3, "bo", TODAY.minusDays(10));
    assertThat(text.forecast(TODAY))
        .contains("patients: ρ 0.625 left, a study as dear as the last one fits 5 more times")
        .contains("studies of the last 90 days hold ρ 0.375: at this pace it lasts 150 days")
        .contains("until 2027-04-27")
        .contains("lead ada may still hold ρ 0\n", "lead bo may still hold ρ 0.125\n")
        .contains("studies of any P30D may still hold ρ 0.25, more from 2026-12-08\n");
    assertThat(text.history()).contains("ada, 2026-10-19", "bo, 2026-11-18");
    assertThat(new BudgetText(ledger, Optional.empty()).forecast(TODAY)).doesNotContain("lead ");
  }
}
