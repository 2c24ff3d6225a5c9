package org.althing.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.althing.approval.ApprovalRule;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.privacy.Asked;
import org.althing.privacy.Outlay;
import org.althing.privacy.Rho;
import org.althing.study.Examples;
import org.althing.study.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
  private static final Rho NEEDED = Examples.plan().reservation();
  private static final Policy OPEN =
      new Policy(
          new NodeId("org-a"),
          new Validity(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)),
          Allowed.of(List.of("lead-one")),
          Allowed.of(List.of("heart-research")),
          Allowed.of(List.of("naive-bayes")),
          Allowed.of(List.of("age", "sex", "disease")),
          Set.of("name"),
          new Limits(4, 900, 3, 1, 3),
          Map.of("patients", new Budget(NEEDED.times(3), NEEDED, 1e-5)),
          ApprovalRule.NONE,
          Retention.NONE,
          Digest.of(new byte[] {3}));

  /** A plan of three releases over four nodes, 900 people declared, quorum t = u = 3, c = 1. */
  private static final Request REQUEST =
      new Request(
          Examples.plan(),
          Examples.study(Examples.naiveBayes(), 20),
          Examples.contract(),
          "patients",
          NEEDED,
          TODAY);

  @Test
  void admitsWhatEveryClauseAllowsToTheLastPicoRho() {
    assertThat(OPEN.decide(REQUEST)).isEqualTo(new Decision.Admitted(OPEN.digest()));
  }

  private static Arguments one(String clause, UnaryOperator<Terms> change) {
    return Arguments.of(clause, change);
  }

  static Stream<Arguments> singleChanges() {
    return Stream.of(
        one("valid", t -> t.on(LocalDate.of(2025, 12, 31))),
        one("valid", t -> t.on(LocalDate.of(2027, 1, 1))),
        one("leads", t -> t.with(leads(OPEN, Allowed.of(List.of("lead-two"))))),
        one("leads", t -> t.with(leads(OPEN, Allowed.NOTHING))),
        one("purposes", t -> t.with(purposes(OPEN, Allowed.of(List.of("marketing"))))),
        one("analyses", t -> t.with(analyses(OPEN, Allowed.of(List.of("quality", "logistic"))))),
        one("columns.allow", t -> t.with(columns(OPEN, List.of("age", "disease"), Set.of()))),
        one("columns.never", t -> t.with(columns(OPEN, List.of("*"), Set.of("sex")))),
        one("limits.nodes", t -> t.with(limits(OPEN, new Limits(5, 900, 3, 1, 3)))),
        one("limits.people", t -> t.with(limits(OPEN, new Limits(4, 901, 3, 1, 3)))),
        one("limits.releases", t -> t.with(limits(OPEN, new Limits(4, 900, 2, 1, 3)))),
        one("limits.colluders", t -> t.with(limits(OPEN, new Limits(4, 900, 3, 2, 3)))),
        one("limits.survivors", t -> t.with(limits(OPEN, new Limits(4, 900, 3, 1, 4)))),
        one("budgets.others", t -> t.of("others")),
        one("budgets.patients", t -> t.left(NEEDED.minus(new Rho(1)))),
        one(
            "budgets.patients.per_study",
            t -> t.with(budget(OPEN, NEEDED.times(3), NEEDED.minus(new Rho(1))))));
  }

  @ParameterizedTest(name = "{0} [{index}]")
  @MethodSource("singleChanges")
  void oneClauseAgainstItIsEnoughAndIsNamed(String clause, UnaryOperator<Terms> change) {
    Terms terms = change.apply(new Terms(OPEN, REQUEST));
    Decision decision = terms.policy().decide(terms.request());
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    assertThat(((Decision.Refused) decision).reasons())
        .extracting(Reason::clause)
        .containsExactly(clause);
    assertThat(Policy.clauses(terms.request().population())).contains(clause);
  }

  @Test
  void candidatesNeedTheOwnersWordForTryingAndForEachKindOfModel() {
    Request several =
        new Request(
            REQUEST.plan(),
            Examples.study(Examples.candidates(), 20),
            REQUEST.contract(),
            REQUEST.population(),
            REQUEST.left(),
            TODAY);
    Policy wide = columns(OPEN, List.of("*"), Set.of());
    assertThat(((Decision.Refused) wide.decide(several)).reasons())
        .extracting(Reason::text)
        .containsExactly(
            "analysis \"candidates\" is not allowed; allowed: naive-bayes",
            "analysis \"logistic\" is not allowed; allowed: naive-bayes");
    Policy open = analyses(wide, Allowed.of(List.of("naive-bayes", "logistic", "candidates")));
    assertThat(open.decide(several)).isInstanceOf(Decision.Admitted.class);
  }

  private static final Rho LITTLE = new Rho(1);

  private static Request after(List<Outlay> others) {
    return new Request(
        REQUEST.plan(),
        REQUEST.study(),
        REQUEST.contract(),
        REQUEST.population(),
        REQUEST.left(),
        others,
        TODAY);
  }

  private static Outlay outlay(String lead, LocalDate day, Rho cost) {
    return new Outlay(new Asked(lead, day), cost);
  }

  private static List<String> clauses(Policy policy, Request request) {
    return policy.decide(request) instanceof Decision.Refused refused
        ? refused.reasons().stream().map(Reason::clause).toList()
        : List.of();
  }

  @Test
  void oneLeadMayHoldNoMoreThanTheOwnerLetsOneLeadHold() {
    Budget budget =
        new Budget(
            NEEDED.times(3), NEEDED, Optional.of(NEEDED.plus(LITTLE)), Optional.empty(), 1e-5);
    Policy policy = changed(OPEN, lists(OPEN), OPEN.never(), OPEN.limits(), budget);
    assertThat(clauses(policy, after(List.of()))).isEmpty();
    assertThat(clauses(policy, after(List.of(outlay("lead-one", TODAY.minusYears(9), LITTLE)))))
        .isEmpty();
    assertThat(clauses(policy, after(List.of(outlay("lead-two", TODAY, NEEDED))))).isEmpty();
    assertThat(
            clauses(
                policy,
                after(
                    List.of(
                        outlay("lead-one", TODAY.minusYears(9), LITTLE),
                        outlay("lead-one", TODAY, LITTLE)))))
        .containsExactly("budgets.patients.per_lead");
  }

  /** Whoever asks, and on a window that slides. */
  @Test
  void theStudiesOfATimeMayHoldNoMoreThanTheOwnerLetsThem() {
    Budget budget =
        new Budget(
            NEEDED.times(3),
            NEEDED,
            Optional.empty(),
            Optional.of(new Budget.PerPeriod(NEEDED, Period.ofDays(30))),
            1e-5);
    Policy policy = changed(OPEN, lists(OPEN), OPEN.never(), OPEN.limits(), budget);
    assertThat(clauses(policy, after(List.of()))).isEmpty();
    assertThat(clauses(policy, after(List.of(outlay("lead-two", TODAY.minusDays(30), NEEDED)))))
        .isEmpty();
    assertThat(clauses(policy, after(List.of(outlay("lead-two", TODAY.minusDays(29), LITTLE)))))
        .containsExactly("budgets.patients.per_period");
  }

  @Test
  void purposesInCodesAreMatchedAsTheyAreDefined() {
    Request coded = asking("DUO:0000007 MONDO:0005267 DUO:0000046");
    Policy biomedical = purposes(OPEN, Allowed.of(List.of("DUO:0000006 DUO:0000046")));
    assertThat(clauses(biomedical, coded)).isEmpty();
    assertThat(clauses(biomedical, asking("DUO:0000007 MONDO:0005267")))
        .containsExactly("purposes");
    assertThat(clauses(biomedical, REQUEST)).containsExactly("purposes");
    assertThat(clauses(purposes(OPEN, Allowed.of(List.of("*"))), coded)).isEmpty();
  }

  private static Request asking(String purpose) {
    var study = REQUEST.study();
    var other =
        new org.althing.study.Study(
            study.id(),
            study.title(),
            purpose,
            study.lead(),
            study.contract(),
            study.cleaning(),
            study.analysis(),
            study.privacy(),
            study.holdoutPercent(),
            study.folds(),
            study.participation(),
            study.deadline(),
            study.digest());
    return new Request(
        REQUEST.plan(), other, REQUEST.contract(), "patients", REQUEST.left(), TODAY);
  }

  @Test
  void refusalNamesEveryClauseThatStandsAgainstIt() {
    Policy closed =
        new Policy(
            new NodeId("org-a"),
            new Validity(LocalDate.of(2020, 1, 1), LocalDate.of(2020, 1, 1)),
            Allowed.NOTHING,
            Allowed.NOTHING,
            Allowed.NOTHING,
            Allowed.of(List.of("age")),
            Set.of("sex"),
            new Limits(5, 1000, 1, 2, 4),
            Map.of("patients", new Budget(new Rho(2), new Rho(1), 1e-5)),
            ApprovalRule.NONE,
            Retention.NONE,
            Digest.of(new byte[] {4}));
    Request poor =
        new Request(
            REQUEST.plan(),
            REQUEST.study(),
            REQUEST.contract(),
            REQUEST.population(),
            Rho.ZERO,
            TODAY);
    assertThat(((Decision.Refused) closed.decide(poor)).reasons())
        .extracting(Reason::clause)
        .containsExactly(
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
            "budgets.patients.per_study",
            "budgets.patients");
  }

  @Test
  void withoutAPolicyEverythingIsRefused() {
    assertThat(((Decision.Refused) Decision.withoutPolicy()).reasons())
        .extracting(Reason::clause)
        .containsExactly("policy");
  }

  @Test
  void anAuditOfAllColumnsNeedsEveryFederatedColumnAllowed() {
    Request audit =
        new Request(
            REQUEST.plan(),
            Examples.study(Examples.quality(), 0),
            REQUEST.contract(),
            REQUEST.population(),
            REQUEST.left(),
            TODAY);
    Policy policy = analyses(OPEN, Allowed.of(List.of("quality")));
    assertThat(((Decision.Refused) policy.decide(audit)).reasons())
        .containsExactly(new Reason("columns.allow", "not among the columns allowed: weight"));
  }

  @Test
  void aStudyThatDeclaresNoPeopleIsTooSmallForAnyLeastNumber() {
    assertThat(limits(OPEN, new Limits(3, 1, 3, 0, 2)).decide(withoutPeople()))
        .isInstanceOf(Decision.Refused.class);
    assertThat(limits(OPEN, new Limits(3, 0, 3, 0, 2)).decide(withoutPeople()))
        .isInstanceOf(Decision.Admitted.class);
  }

  private static Request withoutPeople() {
    var study = REQUEST.study();
    var silent =
        new org.althing.study.Study(
            study.id(),
            study.title(),
            study.purpose(),
            study.lead(),
            study.contract(),
            org.althing.cleaning.Recipe.NONE,
            study.analysis(),
            study.privacy(),
            study.holdoutPercent(),
            study.folds(),
            org.althing.study.Participation.EVERYBODY,
            study.deadline(),
            study.digest());
    return new Request(
        REQUEST.plan(), silent, REQUEST.contract(), "patients", REQUEST.left(), TODAY);
  }

  @Test
  void contradictionsInAPolicyAreRefusedWhenItIsWritten() {
    assertThatThrownBy(() -> columns(OPEN, List.of("age"), Set.of("age")))
        .hasMessageContaining("both allowed and never allowed: [age]");
    assertThatThrownBy(() -> new Budget(new Rho(1), new Rho(2), 1e-5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Allowed.of(List.of("*", "age"))).hasMessageContaining("alone");
    assertThatThrownBy(() -> new Limits(2, 0, 1, 0, 2)).hasMessageContaining("3 or more");
    assertThatThrownBy(() -> new Validity(TODAY, TODAY.minusDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  record Terms(Policy policy, Request request) {
    Terms with(Policy other) {
      return new Terms(other, request);
    }

    Terms on(LocalDate day) {
      return asking(request.population(), request.left(), day);
    }

    Terms of(String population) {
      return asking(population, request.left(), request.today());
    }

    Terms left(Rho left) {
      return asking(request.population(), left, request.today());
    }

    private Terms asking(String population, Rho left, LocalDate day) {
      return new Terms(
          policy,
          new Request(request.plan(), request.study(), request.contract(), population, left, day));
    }
  }

  private static Policy changed(
      Policy p, Allowed[] lists, Set<String> never, Limits limits, Budget budget) {
    return new Policy(
        p.org(),
        p.validity(),
        lists[0],
        lists[1],
        lists[2],
        lists[3],
        never,
        limits,
        Map.of("patients", budget),
        p.approvals(),
        p.retention(),
        p.digest());
  }

  private static Allowed[] lists(Policy p) {
    return new Allowed[] {p.leads(), p.purposes(), p.analyses(), p.columns()};
  }

  private static Policy list(Policy p, int at, Allowed allowed, Set<String> never) {
    Allowed[] lists = lists(p);
    lists[at] = allowed;
    return changed(p, lists, never, p.limits(), p.budgets().get("patients"));
  }

  private static Policy leads(Policy p, Allowed leads) {
    return list(p, 0, leads, p.never());
  }

  private static Policy purposes(Policy p, Allowed purposes) {
    return list(p, 1, purposes, p.never());
  }

  private static Policy analyses(Policy p, Allowed analyses) {
    return list(p, 2, analyses, p.never());
  }

  private static Policy columns(Policy p, List<String> allow, Set<String> never) {
    return list(p, 3, Allowed.of(allow), never);
  }

  private static Policy limits(Policy p, Limits limits) {
    return changed(p, lists(p), p.never(), limits, p.budgets().get("patients"));
  }

  private static Policy budget(Policy p, Rho total, Rho perStudy) {
    return changed(p, lists(p), p.never(), p.limits(), new Budget(total, perStudy, 1e-5));
  }
}
