package org.althing.approval;

import static org.althing.approval.Statements.TODAY;
import static org.althing.approval.Statements.approval;
import static org.althing.approval.Statements.says;
import static org.althing.approval.Statements.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalRuleTest {
  private static final Matter MATTER =
      Statements.matter(new NodeId("east"), Digest.of(new byte[] {1}));
  private static final SignedApproval ANNA = says(MATTER, 0, "steward", Verdict.APPROVE);
  private static final SignedApproval LI = says(MATTER, 1, "officer", Verdict.APPROVE);

  private final ApprovalRule rule = Statements.rule();

  private Standing standing(SignedApproval... known) {
    return rule.judge(MATTER, "lead-one", List.of(known), TODAY).standing();
  }

  private static Standing waitingFor(String... roles) {
    Map<String, Integer> missing = new TreeMap<>();
    for (String role : roles) {
      missing.merge(role, 1, Integer::sum);
    }
    return new Standing.Waiting(new TreeMap<>(missing), 0);
  }

  @Test
  void waitsForEveryRoleThatHasNotAgreed() {
    assertThat(standing()).isEqualTo(waitingFor("officer", "steward"));
    assertThat(standing(ANNA)).isEqualTo(waitingFor("officer"));
    assertThat(standing(ANNA, LI))
        .isEqualTo(new Standing.Approved(List.of(ANNA.digest(), LI.digest())));
  }

  @Test
  void nobodyIsAskedWhereTheOwnerAsksNobody() {
    assertThat(ApprovalRule.NONE.judge(MATTER, "lead-one", List.of(), TODAY).standing())
        .isEqualTo(new Standing.Approved(List.of()));
  }

  @Test
  void onePersonDoesNotAgreeForTwoRoles() {
    SignedApproval asSteward = says(MATTER, 2, "steward", Verdict.APPROVE);
    SignedApproval later =
        signed(2, moved(approval(MATTER, 2, "officer", Verdict.APPROVE, TODAY), 1));
    assertThat(standing(asSteward)).isEqualTo(waitingFor("officer"));
    assertThat(standing(asSteward, later)).isEqualTo(waitingFor("steward"));
  }

  private static Approval moved(Approval said, long millis) {
    return new Approval(
        said.matter(),
        said.person(),
        said.role(),
        said.verdict(),
        said.reason(),
        said.givenMillis() + millis,
        said.expires());
  }

  @Test
  void oneNoIsEnoughWhoeverAgrees() {
    SignedApproval no = says(MATTER, 2, "officer", Verdict.DENY);
    assertThat(standing(ANNA, LI, no))
        .isEqualTo(
            new Standing.Denied(List.of(new Standing.Objection("officer", "not like this"))));
  }

  @Test
  void aRefusalNamesTheRoleAndNotThePerson() {
    Standing.Denied denied = (Standing.Denied) standing(says(MATTER, 2, "officer", Verdict.DENY));
    assertThat(denied.objections().get(0).toString())
        .contains("officer", "not like this")
        .doesNotContain("sam");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void thePersonsNewestStatementCountsInWhateverOrderTheyAreRead(int seed) {
    List<SignedApproval> known = new ArrayList<>();
    known.add(LI);
    known.add(signed(0, approval(MATTER, 0, "steward", Verdict.DENY, TODAY.minusDays(2))));
    known.add(signed(0, approval(MATTER, 0, "steward", Verdict.ASK, TODAY.minusDays(1))));
    known.add(ANNA);
    Collections.shuffle(known, new Random(seed));
    assertThat(standing(known.toArray(SignedApproval[]::new)))
        .isInstanceOf(Standing.Approved.class);
  }

  @Test
  void aQuestionTakesAYesBack() {
    SignedApproval ask = signed(0, moved(approval(MATTER, 0, "steward", Verdict.ASK, TODAY), 5));
    Standing.Waiting waiting = (Standing.Waiting) standing(ANNA, LI, ask);
    assertThat(waiting.missing()).containsOnlyKeys("steward");
    assertThat(waiting.questions()).isEqualTo(1);
  }

  @Test
  void ofAYesAndANoInOneMillisecondTheNoCounts() {
    SignedApproval no = says(MATTER, 0, "steward", Verdict.DENY);
    assertThat(standing(no, ANNA, LI)).isInstanceOf(Standing.Denied.class);
    assertThat(standing(ANNA, LI, no)).isInstanceOf(Standing.Denied.class);
  }

  /** Else the clock of a machine that was set back would keep a yes alive. */
  @Test
  void whatIsSaidLaterIsDatedLaterWhateverTheClockSays() {
    Instant early = Instant.ofEpochMilli(ANNA.approval().givenMillis()).minusSeconds(3600);
    Instant given = rule.nextGiven(MATTER, "anna.k", List.of(LI, ANNA), early);
    assertThat(given.toEpochMilli()).isEqualTo(ANNA.approval().givenMillis() + 1);
    SignedApproval no =
        signed(
            0,
            moved(
                approval(MATTER, 0, "steward", Verdict.DENY, TODAY),
                given.toEpochMilli() - ANNA.approval().givenMillis()));
    assertThat(standing(ANNA, LI, no)).isInstanceOf(Standing.Denied.class);
  }

  @Test
  void whatIsSaidIsDatedNowBesideWhatOthersSaidOrOnlySeemToHaveSaid() {
    Instant early = Instant.ofEpochMilli(ANNA.approval().givenMillis()).minusSeconds(3600);
    SignedApproval forged = SignedApproval.by(Examples.key(61), ANNA.approval());
    assertThat(rule.nextGiven(MATTER, "anna.k", List.of(LI, forged), early)).isEqualTo(early);
    Instant late = early.plusSeconds(7200);
    assertThat(rule.nextGiven(MATTER, "anna.k", List.of(ANNA), late)).isEqualTo(late);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna.k", "ANNA.K", "Dr Anna", "dr anna"})
  void nobodyApprovesAnOwnStudy(String lead) {
    Tally tally = rule.judge(MATTER, lead, List.of(ANNA, LI), TODAY);
    assertThat(tally.standing()).isEqualTo(waitingFor("steward"));
    assertThat(tally.voices().get(0).voided()).hasValue("nobody approves an own study");
  }

  @Test
  void aStatementUnderAnotherPolicyOrOnAnotherSourceDoesNotCount() {
    for (Matter other :
        List.of(
            new Matter(MATTER.node(), MATTER.plan(), Digest.of(new byte[] {9}), MATTER.source()),
            new Matter(MATTER.node(), MATTER.plan(), MATTER.policy(), Digest.of(new byte[] {9})))) {
      Tally tally =
          rule.judge(
              MATTER, "lead-one", List.of(says(other, 0, "steward", Verdict.APPROVE), LI), TODAY);
      assertThat(tally.standing()).isEqualTo(waitingFor("steward"));
      assertThat(tally.voices().get(0).voided().orElseThrow()).contains("has changed since");
    }
  }

  @Test
  void aStatementOnAnotherPlanOrForAnotherNodeIsNotThere() {
    for (Matter other :
        List.of(
            Statements.matter(new NodeId("west"), MATTER.plan()),
            Statements.matter(MATTER.node(), Digest.of(new byte[] {9})))) {
      assertThat(
              rule.judge(
                  MATTER, "lead-one", List.of(says(other, 0, "steward", Verdict.DENY)), TODAY))
          .isEqualTo(new Tally(waitingFor("officer", "steward"), List.of()));
    }
  }

  @Test
  void whoIsNotNamedOrDoesNotSignIsNotHeard() {
    Approval said = approval(MATTER, 0, "steward", Verdict.APPROVE, TODAY);
    SignedApproval byAnother = SignedApproval.by(Examples.key(61), said);
    SignedApproval spoiled = new SignedApproval(said, Bytes.of(new byte[64]));
    ApprovalRule withoutAnna = new ApprovalRule(rule.from(), 30, rule.people().subList(1, 3));
    assertThat(standing(byAnother, spoiled)).isEqualTo(waitingFor("officer", "steward"));
    assertThat(withoutAnna.judge(MATTER, "lead-one", List.of(ANNA), TODAY).voices()).isEmpty();
  }

  @Test
  void aRoleThatIsTakenAwayTakesItsStatementsWithIt() {
    List<Person> people = new ArrayList<>(rule.people());
    Person anna = people.get(0);
    people.set(0, new Person(anna.id(), Set.of("auditor"), anna.key(), anna.asksAs()));
    Tally tally =
        new ApprovalRule(rule.from(), 30, people).judge(MATTER, "lead-one", List.of(ANNA), TODAY);
    assertThat(tally.standing()).isEqualTo(waitingFor("officer", "steward"));
    assertThat(tally.voices().get(0).voided().orElseThrow()).contains("role of steward");
  }

  @Test
  void aStatementCountsUntilItsLastDay() {
    LocalDate last = ANNA.approval().expires();
    assertThat(rule.judge(MATTER, "lead-one", List.of(ANNA, LI), last).standing())
        .isInstanceOf(Standing.Approved.class);
    assertThat(rule.judge(MATTER, "lead-one", List.of(ANNA, LI), last.plusDays(1)).standing())
        .isEqualTo(waitingFor("officer", "steward"));
  }

  @Test
  void aStatementFromTomorrowOrForTooLongDoesNotCount() {
    Approval said = approval(MATTER, 0, "steward", Verdict.APPROVE, TODAY);
    Approval tooLong =
        new Approval(
            MATTER,
            said.person(),
            said.role(),
            said.verdict(),
            "",
            said.givenMillis(),
            TODAY.plusDays(31));
    Approval tomorrow = approval(MATTER, 0, "steward", Verdict.APPROVE, TODAY.plusDays(1));
    assertThat(standing(signed(0, tooLong), LI)).isEqualTo(waitingFor("steward"));
    assertThat(standing(signed(0, tomorrow), LI)).isEqualTo(waitingFor("steward"));
  }

  @Test
  void refusesARuleThatNobodyCouldMeet() {
    assertThatThrownBy(() -> new ApprovalRule(Map.of("steward", 3), 30, rule.people()))
        .hasMessageContaining("3 different people among steward, 2 are named");
    // Each role alone has people enough; together they would need one person twice.
    assertThatThrownBy(
            () -> new ApprovalRule(Map.of("steward", 2, "officer", 2), 30, rule.people()))
        .hasMessageContaining("4 different people among officer and steward, 3 are named");
  }

  @Test
  void refusesOneKeyUnderTwoNames() {
    Person anna = rule.people().get(0);
    Person again = new Person("anna.again", anna.roles(), anna.key(), Set.of());
    assertThatThrownBy(() -> new ApprovalRule(Map.of("steward", 1), 30, List.of(anna, again)))
        .hasMessageContaining("one person has one name and one key");
  }
}
