package org.althing.policy;

import static org.althing.policy.PolicyChange.Direction.DIFFERENT;
import static org.althing.policy.PolicyChange.Direction.STRICTER;
import static org.althing.policy.PolicyChange.Direction.WEAKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.althing.document.DocumentError;
import org.althing.document.PolicyDocument;
import org.althing.policy.PolicyChange.Direction;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyChangeTest {
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
        patients: { rho: 0.5, per_study_rho: 0.25, delta: 1.0e-5 }
      approvals: { from: { steward: 1, officer: 1 }, valid_days: 30 }
      people:
        - { id: anna.k, roles: [steward], key: "%s" }
        - { id: li.wei, roles: [officer], key: "%s" }
      """
          .formatted(Examples.key(60).verifyingKey().hex(), Examples.key(61).verifyingKey().hex());

  private static Policy policy(String text) {
    try {
      return PolicyDocument.read("p.yaml", text.getBytes(StandardCharsets.UTF_8));
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static Arguments change(String clause, Direction direction, String old, String now) {
    return Arguments.of(clause, direction, old, now);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("valid", WEAKER, "2027-06-30", "2028-01-01"),
        change(
            "valid", DIFFERENT, "2026-01-01, until: 2027-06-30", "2026-02-01, until: 2028-01-01"),
        change("leads", WEAKER, "[lead-one]", "[lead-one, lead-two]"),
        change("leads", WEAKER, "[lead-one]", "[\"*\"]"),
        change("leads", DIFFERENT, "[lead-one]", "[lead-two]"),
        change("purposes", STRICTER, "[\"*\"]", "[heart-research]"),
        change("analyses", STRICTER, "[quality, naive-bayes]", "[quality]"),
        change("columns.allow", WEAKER, "[age, sex]", "[age, sex, disease]"),
        change("columns.never", STRICTER, "[name]", "[name, address]"),
        change("limits.nodes", WEAKER, "nodes: 4", "nodes: 3"),
        change("limits.people", STRICTER, "people: 500", "people: 501"),
        change("limits.releases", WEAKER, "releases: 10", "releases: 11"),
        change("limits.colluders", WEAKER, "colluders: 1", "colluders: 0"),
        change("limits.survivors", STRICTER, "survivors: 3", "survivors: 4"),
        change("budgets.patients", WEAKER, "rho: 0.5", "rho: 0.6"),
        change("budgets.patients.per_study", STRICTER, "rho: 0.25", "rho: 0.2"),
        change(
            "budgets.patients.per_lead",
            STRICTER,
            "per_study_rho: 0.25",
            "per_study_rho: 0.25, per_lead_rho: 0.3"),
        change(
            "budgets.patients.per_period",
            STRICTER,
            "per_study_rho: 0.25",
            "per_study_rho: 0.25, period: P3M, per_period_rho: 0.3"),
        change("budgets.patients.delta", DIFFERENT, "1.0e-5", "1.0e-6"),
        change(
            "budgets.staff",
            WEAKER,
            "approvals:",
            "  staff: { rho: 1, delta: 1.0e-5 }\napprovals:"),
        change("approvals.from.steward", WEAKER, "steward: 1, ", ""),
        change("approvals.valid_days", WEAKER, "valid_days: 30", "valid_days: 60"),
        change("people.anna.k", DIFFERENT, "[steward]", "[steward, officer]"));
  }

  @ParameterizedTest(name = "{0} {1} [{index}]")
  @MethodSource("changes")
  void saysOfAClauseInWhichDirectionItMoved(
      String clause, Direction direction, String old, String now) {
    List<PolicyChange> changes =
        PolicyChange.between(
            policy(TEXT), policy(TEXT.replaceFirst(java.util.regex.Pattern.quote(old), now)));
    assertThat(changes)
        .singleElement()
        .satisfies(c -> assertThat(c.clause()).isEqualTo(clause))
        .satisfies(c -> assertThat(c.direction()).isEqualTo(direction));
  }

  @Test
  void whatIsWeakerOneWayIsStricterTheOther() {
    Policy wide = policy(TEXT.replace("nodes: 4", "nodes: 3").replace("rho: 0.5", "rho: 0.6"));
    assertThat(PolicyChange.between(policy(TEXT), wide))
        .extracting(PolicyChange::direction)
        .containsExactly(WEAKER, WEAKER);
    assertThat(PolicyChange.between(wide, policy(TEXT)))
        .extracting(PolicyChange::direction)
        .containsExactly(STRICTER, STRICTER);
  }

  /** Months and days have no order of their own. */
  @Test
  void aLimitOfAnotherTimeIsNeitherWeakerNorStricter() {
    String limited = "per_study_rho: 0.25, period: P3M, per_period_rho: 0.125";
    Policy months = policy(TEXT.replace("per_study_rho: 0.25", limited));
    Policy days = policy(TEXT.replace("per_study_rho: 0.25", limited.replace("P3M", "P90D")));
    assertThat(PolicyChange.between(months, days))
        .containsExactly(
            new PolicyChange(
                "budgets.patients.per_period", DIFFERENT, "rho 0.125 in P3M", "rho 0.125 in P90D"));
    Policy more = policy(TEXT.replace("per_study_rho: 0.25", limited.replace("0.125", "0.5")));
    assertThat(PolicyChange.between(months, more))
        .extracting(PolicyChange::direction)
        .containsExactly(WEAKER);
  }

  @Test
  void toAskNobodyAnyMoreIsWeaker() {
    Policy silent = policy(TEXT.substring(0, TEXT.indexOf("approvals:")));
    assertThat(PolicyChange.between(policy(TEXT), silent))
        .filteredOn(c -> c.clause().startsWith("approvals"))
        .hasSize(2)
        .allMatch(c -> c.direction() == WEAKER);
  }

  @Test
  void otherWordsForTheSameRulesAreNoChange() {
    assertThat(PolicyChange.between(policy(TEXT), policy(TEXT + "# a remark\n"))).isEmpty();
  }
}
