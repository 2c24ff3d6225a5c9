package org.althing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Person;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.policy.Allowed;
import org.althing.policy.Budget;
import org.althing.policy.Limits;
import org.althing.policy.Policy;
import org.althing.policy.Retention;
import org.althing.policy.Validity;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
  private static final String TEXT =
      """
      althing: policy/v1
      org: east
      valid: { from: 2026-01-01, until: 2027-06-30 }
      leads: [lead-one]
      purposes: ["*"]
      analyses: [quality, naive-bayes]
      columns:
        allow: [age, sex]
        never: [name]
      secure_aggregation: required
      limits: { nodes: 4, people: 500, releases: 10, colluders: 1, survivors: 3 }
      budgets:
        east-patients: { epsilon: 8, per_study_epsilon: 2, delta: 1.0e-5 }
        east-staff: { rho: 0.25, delta: 1.0e-6 }
      """;

  private static Policy read(String text) throws DocumentError {
    return PolicyDocument.read("p.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsEveryClause() throws DocumentError {
    assertThat(read(TEXT))
        .isEqualTo(
            new Policy(
                new NodeId("east"),
                new Validity(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 6, 30)),
                Allowed.of(List.of("lead-one")),
                new Allowed(true, Set.of()),
                Allowed.of(List.of("quality", "naive-bayes")),
                Allowed.of(List.of("age", "sex")),
                Set.of("name"),
                new Limits(4, 500, 10, 1, 3),
                Map.of(
                    "east-patients",
                    new Budget(Accountant.rhoFor(8, 1e-5), Accountant.rhoFor(2, 1e-5), 1e-5),
                    "east-staff",
                    new Budget(new Rho(250_000_000_000L), new Rho(250_000_000_000L), 1e-6)),
                ApprovalRule.NONE,
                Retention.NONE,
                Digest.of(TEXT.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "releases: 10 | rounds: 10 | ALT-DOC-011 missing key  p.yaml:11:9  limits.releases → add \"releases:\" here",
        "naive-bayes] | naive-bayse] | ALT-DOC-017 not acceptable  p.yaml:6:11  analyses: expected a list of quality | naive-bayes | logistic, got \"naive-bayse\" → did you mean \"naive-bayes\"?",
        "until: 2027-06-30 | until: 30.6.2027 | ALT-DOC-017 not acceptable  p.yaml:3:35  valid.until: expected a day of the calendar, got \"30.6.2027\" → write for example 2026-12-31",
        "never: [name] | never: [age] | ALT-DOC-017 not acceptable  p.yaml:8:3  columns: columns both allowed and never allowed: [age]",
        "aggregation: required | aggregation: off | ALT-DOC-015 not one of the choices  p.yaml:10:21  secure_aggregation: expected required, got \"off\" → write one of these",
        "rho: 0.25 | rho: 0.25, epsilon: 1 | ALT-DOC-017 not acceptable  p.yaml:14:22  budgets.east-staff.rho: a budget is in epsilon or in rho, not in both → keep one",
        "per_study_epsilon: 2 | per_study_epsilon: 9 | one study may not reserve more",
      })
  void everyErrorSaysWhereAndWhatToDo(String from, String to, String error) {
    assertThatThrownBy(() -> read(TEXT.replace(from, to)))
        .isInstanceOf(DocumentError.class)
        .hasMessageContaining(error);
  }

  @Test
  void retentionIsOfWholePeriodsEachOfWhichMayBeLeftOut() throws DocumentError {
    assertThat(read(TEXT + "retention: { outbox: P90D, salts: P3Y }\n").retention().periods())
        .isEqualTo(
            Map.of(
                Retention.Kind.OUTBOX, Period.ofDays(90), Retention.Kind.SALTS, Period.ofYears(3)));
    assertThatThrownBy(() -> read(TEXT + "retention: { outbox: 90 }\n"))
        .hasMessageContaining("retention.outbox: expected a period, got \"90\"")
        .hasMessageContaining("P90D");
    assertThatThrownBy(() -> read(TEXT + "retention: { outbox: P0D }\n"))
        .hasMessageContaining("a period is at least a day");
    assertThatThrownBy(() -> read(TEXT + "retention: { ledger: P1Y }\n"))
        .isInstanceOf(DocumentError.class);
  }

  @Test
  void nothingIsAllowedByLeavingAClauseOut() {
    TEXT.lines()
        .filter(line -> line.matches("[a-z_]+: .*") && !line.startsWith("althing"))
        .forEach(
            line ->
                assertThatThrownBy(() -> read(TEXT.replace(line + "\n", "")))
                    .as(line)
                    .isInstanceOf(DocumentError.class)
                    .hasMessageContaining("missing key"));
  }

  private static final String ASKING =
      TEXT
          + """
          approvals: { from: { steward: 1, officer: 1 }, valid_days: 30 }
          people:
            - { id: anna.k, roles: [steward], key: "%s", asks_as: [Dr Anna] }
            - { id: dpo@east, roles: [officer, steward], key: "%s" }
          """
              .formatted(
                  Examples.key(60).verifyingKey().hex(), Examples.key(61).verifyingKey().hex());

  @Test
  void aBudgetMayLimitWhatOneLeadAndOneTimeHold() throws DocumentError {
    String text =
        TEXT.replace(
            "per_study_epsilon: 2, delta",
            "per_study_epsilon: 2, per_lead_epsilon: 4, period: P3M, per_period_epsilon: 3, delta");
    Budget budget =
        PolicyDocument.read("east.yaml", text.getBytes(StandardCharsets.UTF_8))
            .budgetOf("east-patients")
            .orElseThrow();
    assertThat(budget.perLead()).contains(Accountant.rhoFor(4, 1e-5));
    assertThat(budget.perPeriod())
        .contains(new Budget.PerPeriod(Accountant.rhoFor(3, 1e-5), Period.ofMonths(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "per_study_epsilon: 2, delta|per_study_epsilon: 2, period: P3M, delta|say one thing together",
        "per_study_epsilon: 2, delta|per_period_epsilon: 2, delta|say one thing together",
        "per_study_epsilon: 2, delta|per_period_epsilon: 2, period: P0D, delta|at least a day",
      })
  void aHalfLimitOfATimeIsExplained(String from, String to, String error) {
    assertThatThrownBy(
            () ->
                PolicyDocument.read(
                    "east.yaml", TEXT.replace(from, to).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DocumentError.class)
        .hasMessageContaining(error);
  }

  @Test
  void aCodeThatIsNoTermIsNoPurpose() {
    String text = TEXT.replaceFirst("purposes: .*", "purposes: [\"DUO:0000007\"]");
    assertThat(text).isNotEqualTo(TEXT);
    assertThatThrownBy(
            () -> PolicyDocument.read("east.yaml", text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DocumentError.class)
        .hasMessageContaining("names a disease");
  }

  @Test
  void readsWhoMustAgree() throws DocumentError {
    assertThat(read(ASKING).approvals())
        .isEqualTo(
            new ApprovalRule(
                Map.of("officer", 1, "steward", 1),
                30,
                List.of(
                    new Person(
                        "anna.k",
                        Set.of("steward"),
                        Examples.key(60).verifyingKey(),
                        Set.of("Dr Anna")),
                    new Person(
                        "dpo@east",
                        Set.of("officer", "steward"),
                        Examples.key(61).verifyingKey(),
                        Set.of()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "officer: 1 }, valid|officer: 2 }, valid|different people",
        "valid_days: 30|valid_days: 0|from 1 to 365",
        "steward: 1, officer: 1|''|at least one role",
        "steward: 1, officer: 1|Steward: 1|a role is",
        "roles: [steward]|roles: []|at least one role",
        "id: anna.k|id: \"../x\"|a person's id is",
        "id: anna.k|id: dpo@east|named twice",
        "asks_as:|asks:|asks_as",
      })
  void explainsWhatIsWrongWithWhoMustAgree(String part, String instead, String told) {
    assertThatThrownBy(() -> read(ASKING.replace(part, instead)))
        .isInstanceOf(DocumentError.class)
        .hasMessageContaining(told);
  }

  @Test
  void refusesPeopleWithoutApprovals() {
    assertThatThrownBy(() -> read(ASKING.replaceAll("approvals: .*\n", "")))
        .hasMessageContaining("people without approvals decide on nothing");
  }
}
