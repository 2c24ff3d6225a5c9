package org.althing.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.althing.approval.PolicyConsent;
import org.althing.document.DocumentError;
import org.althing.document.PolicyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two people of the policy in force let a weaker one follow; nobody lets it in alone. */
class SuccessionTest {
  private static final String TEXT =
      """
      althing: policy/v1
      org: east
      valid: { from: 2026-01-01, until: 2027-06-30 }
      leads: [lead-one]
      purposes: ["*"]
      analyses: [quality]
      columns: { allow: [age, sex], never: [name] }
      secure_aggregation: required
      limits: { nodes: 4, people: 500, releases: 10, colluders: 1, survivors: 3 }
      budgets:
        patients: { rho: 0.5, per_study_rho: 0.25, delta: 1.0e-5 }
      approvals: { from: { steward: 1 }, valid_days: 30 }
      people:
      """
          + person("anna.k", 60)
          + person("li.wei", 61)
          + person("tom.b", 62);

  private static String person(String id, int key) {
    return "  - { id: %s, roles: [steward], key: \"%s\" }%n"
        .formatted(id, Examples.key(key).verifyingKey().hex());
  }

  private static Policy policy(String text) {
    try {
      return PolicyDocument.read("p.yaml", text.getBytes(StandardCharsets.UTF_8));
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static final Policy IN_FORCE = policy(TEXT);
  private static final Policy RICHER = policy(TEXT.replace("{ rho: 0.5,", "{ rho: 0.6,"));

  private static PolicyConsent consent(String person, int key, Policy before, Policy after) {
    return Succession.change(before, after)
        .signedBy(person, Examples.key(key), "the study needs it", 1_790_000_000_000L);
  }

  private static boolean stands(Policy next, PolicyConsent... given) {
    return Succession.of(IN_FORCE, next, List.of(given)).stands();
  }

  @Test
  void aLargerBudgetNeedsTwoPeople() {
    PolicyConsent anna = consent("anna.k", 60, IN_FORCE, RICHER);
    PolicyConsent li = consent("li.wei", 61, IN_FORCE, RICHER);
    assertThat(stands(RICHER)).isFalse();
    assertThat(stands(RICHER, anna)).isFalse();
    assertThat(stands(RICHER, anna, anna)).isFalse();
    assertThat(stands(RICHER, anna, li)).isTrue();
    assertThat(Succession.of(IN_FORCE, RICHER, List.of(anna, li)).agreed().keySet())
        .containsExactly("anna.k", "li.wei");
  }

  @Test
  void whoIsNotNamedSignsForAnotherOrMeantSomethingElseDoesNotCount() {
    PolicyConsent anna = consent("anna.k", 60, IN_FORCE, RICHER);
    Policy third = policy(TEXT.replace("{ rho: 0.5,", "{ rho: 5,"));
    for (PolicyConsent other :
        List.of(
            consent("li.wei", 60, IN_FORCE, RICHER),
            consent("eve", 63, IN_FORCE, RICHER),
            consent("li.wei", 61, IN_FORCE, third),
            consent("li.wei", 61, RICHER, IN_FORCE),
            new PolicyConsent.Change(Examples.node(1), IN_FORCE.digest(), RICHER.digest())
                .signedBy("li.wei", Examples.key(61), "of another node", 1))) {
      assertThat(stands(RICHER, anna, other)).as(other.toString()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "people: 500 | people: 600",
        "[quality] | []",
        "until: 2027-06-30 | until: 2027-01-30",
        "[name] | [name, address]",
        "# | # a remark"
      })
  void whatOnlyGetsStricterTheOwnerWritesAlone(String old, String now) {
    Policy next = policy((TEXT + "#\n").replace(old, now));
    assertThat(stands(next)).isTrue();
    assertThat(Succession.of(IN_FORCE, next, List.of()).open()).isEmpty();
  }

  /** Otherwise whoever holds the file would first name two keys of their own. */
  @Test
  void otherPeopleAreNotLetInByOneHandEither() {
    Policy mine = policy(TEXT + person("eve", 63) + person("eve-too", 64));
    Policy fewer = policy(TEXT.replace(person("li.wei", 61), ""));
    Policy otherKey = policy(TEXT.replace(person("li.wei", 61), person("li.wei", 65)));
    for (Policy next : List.of(mine, fewer, otherKey)) {
      assertThat(stands(next)).isFalse();
      assertThat(
              stands(
                  next,
                  consent("anna.k", 60, IN_FORCE, next),
                  consent("tom.b", 62, IN_FORCE, next)))
          .isTrue();
    }
    assertThat(
            stands(
                mine, consent("eve", 63, IN_FORCE, mine), consent("eve-too", 64, IN_FORCE, mine)))
        .isFalse();
  }

  @Test
  void wherePolicyNamesFewerThanTwoNobodyCanBeAsked() {
    String alone = TEXT.replace(person("li.wei", 61), "").replace(person("tom.b", 62), "");
    Succession succession =
        Succession.of(policy(alone), policy(alone.replace("nodes: 4", "nodes: 3")), List.of());
    assertThat(succession.asked()).isFalse();
    assertThat(succession.stands()).isTrue();
  }

  @Test
  void anAgreementComesBackFromItsBytesAndNothingElseDoes() throws MalformedEncoding {
    PolicyConsent anna = consent("anna.k", 60, IN_FORCE, RICHER);
    byte[] bytes = anna.toBytes();
    assertThat(PolicyConsent.ofBytes(bytes)).isEqualTo(anna);
    for (int i = 0; i < bytes.length; i++) {
      byte[] cut = Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> PolicyConsent.ofBytes(cut)).isInstanceOf(MalformedEncoding.class);
    }
    assertThatThrownBy(() -> PolicyConsent.ofBytes(new byte[PolicyConsent.MOST_BYTES + 1]))
        .isInstanceOf(MalformedEncoding.class);
    assertThatThrownBy(
            () -> Succession.change(IN_FORCE, RICHER).signedBy("anna.k", Examples.key(60), " ", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            new PolicyConsent(
                    anna.node(),
                    anna.before(),
                    anna.after(),
                    anna.person(),
                    "another reason",
                    anna.givenMillis(),
                    Bytes.of(anna.signature().toArray()))
                .verifies(Examples.key(60).verifyingKey()))
        .isFalse();
  }
}
