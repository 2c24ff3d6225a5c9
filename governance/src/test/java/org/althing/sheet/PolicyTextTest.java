package org.althing.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.althing.document.DocumentError;
import org.althing.document.PolicyDocument;
import org.althing.policy.Policy;
import org.althing.study.Examples;
import org.althing.study.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTextTest {
  private static final String TEXT =
      """
      althing: policy/v1
      org: org-a
      valid: { from: 2026-01-01, until: 2027-06-30 }
      leads: [lead-one]
      purposes: [heart-research]
      analyses: [naive-bayes]
      columns:
        allow: [age, sex, disease]
        never: [weight]
      secure_aggregation: required
      limits: { nodes: 4, people: 500, releases: 10, colluders: 1, survivors: 3 }
      budgets:
        patients: { rho: 50, delta: 1.0e-5 }
      approvals: { from: { steward: 1, officer: 1 }, valid_days: 21 }
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

  @ParameterizedTest
  @EnumSource
  void saysEverythingThatThePolicyNames(Language language) {
    assertThat(PolicyText.of(policy(TEXT), language))
        .contains("2026-01-01", "2027-06-30", "org-a", "lead-one", "heart-research", "naive-bayes")
        .contains("age, disease, sex", "weight", "500", "10", "patients", "50", "δ = 1e-05")
        .contains("officer", "steward", "21", "anna.k", "li.wei")
        .contains(Examples.key(60).verifyingKey().fingerprint());
  }

  @Test
  void saysWhatCodesMeanAndWhatOneLeadAndOneTimeMayHold() {
    String text =
        TEXT.replace("[heart-research]", "[\"DUO:0000007 MONDO:0005267 DUO:0000046\"]")
            .replace(
                "{ rho: 50, delta",
                "{ rho: 50, per_lead_rho: 20, period: P3M, per_period_rho: 10, delta");
    assertThat(text).contains("DUO:0000046", "P3M");
    assertThat(PolicyText.of(policy(text), Language.EN))
        .contains(
            "is research into one disease (MONDO:0005267), of a study that undertakes: non-commercial use only (DUO:0000046).\n")
        .contains("Of it the studies of one lead may hold ε ")
        .contains("Of it the studies of any 3 month(s) may hold ε ");
    assertThat(PolicyText.of(policy(text), Language.ZH))
        .contains("指针对一种疾病的研究 (MONDO:0005267)；研究须承诺：仅限非商业用途 (DUO:0000046)。")
        .contains("其中每位负责人的研究合计最多占用")
        .contains("其中任意 3 个月内的研究合计最多占用");
  }

  @ParameterizedTest
  @EnumSource
  void everyModifierHasItsWords(Language language) {
    String codes = String.join(" ", Purpose.MODIFIERS.keySet());
    String text = TEXT.replace("[heart-research]", "[\"DUO:0000042 " + codes + "\"]");
    assertThat(PolicyText.of(policy(text), language)).doesNotContain("null");
  }

  @Test
  void isOneSentenceALineInPlainEnglish() {
    assertThat(PolicyText.of(policy(TEXT), Language.EN))
        .startsWith(
            "From 2026-01-01 until 2027-06-30, org-a answers studies asked by lead-one, for heart-research.\n")
        .contains("\nA study may use the columns age, disease, sex, and never weight.\n")
        .endsWith("\nWhat is not named here is refused.\n");
  }

  @Test
  void isInChinese() {
    assertThat(PolicyText.of(policy(TEXT), Language.ZH))
        .startsWith("自 2026-01-01 至 2027-06-30，org-a 回应由lead-one提出、目的为heart-research的研究。\n")
        .endsWith("此处未列出的一律拒绝。\n");
  }

  @Test
  void saysThatNobodyIsAskedWhereNobodyIs() {
    Policy silent = policy(TEXT.substring(0, TEXT.indexOf("approvals:")));
    assertThat(PolicyText.of(silent, Language.EN)).contains("Nobody is asked");
    assertThat(PolicyText.of(silent, Language.ZH)).contains("无需人工批准");
  }

  private static PolicyTrial trial(String text) {
    return PolicyTrial.of(
        policy(text),
        new PolicyTrial.Question(
            Examples.study(Examples.naiveBayes(), 20), Examples.contract(), Examples.roster(4)),
        "patients",
        LocalDate.of(2026, 6, 1));
  }

  @Test
  void aTrialNamesEveryClauseAndEveryReason() {
    PolicyTrial allowed = trial(TEXT);
    assertThat(allowed.reasons()).isEmpty();
    assertThat(allowed.toString().lines()).hasSize(Policy.clauses("patients").size());
    PolicyTrial refused =
        trial(TEXT.replace("[lead-one]", "[other]").replace("nodes: 4", "nodes: 5"));
    assertThat(refused.allows()).isFalse();
    assertThat(refused.toString().lines().filter(line -> line.contains("REFUSES")))
        .hasSize(2)
        .anyMatch(line -> line.strip().startsWith("leads"))
        .anyMatch(line -> line.strip().startsWith("limits.nodes"));
  }

  @Test
  void aTrialOfAStudyThatDoesNotAskTheOwnerSaysSo() {
    assertThat(trial(TEXT.replace("org: org-a", "org: elsewhere")).toString())
        .contains("the study does not ask elsewhere");
  }
}
