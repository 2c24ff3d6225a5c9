package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads a log finds the facts in its words again, whichever program wrote it. */
class GroundTest {
  private static final List<String> ODD =
      List.of("", "a", "x: y", "\"quoted\"", "%s %d", "two\nlines", "名册", "rho 0.3", "; ", ",");

  @ParameterizedTest
  @EnumSource(Ground.class)
  void everyFormTellsItsFactsAgain(Ground ground) {
    Random random = new Random(7 + ground.ordinal());
    for (int i = 0; i < 200; i++) {
      List<String> facts = new ArrayList<>();
      for (int f = 0; f < ground.facts(); f++) {
        facts.add(ODD.get(random.nextInt(ODD.size())));
      }
      String text = ground.with(facts.toArray());
      Ground.Told told = Ground.inRefusal(text).or(() -> Ground.inStop(text)).orElseThrow();
      // A fact may hold words of the form; put together again they are the same words.
      assertThat(told.ground().with(told.facts().toArray())).isEqualTo(text);
    }
  }

  /** Logs were written with these words: a form that changes leaves them unread. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_POLICY|there is no policy here, so nothing is allowed: the owner writes one",
        "NOT_VALID|the policy holds from 2026-01-01 until 2026-12-31, today is 2027-01-01",
        "NOT_ALLOWED|lead \"x\" is not allowed; allowed: everything",
        "NEVER_ALLOWED|never to be used: ssn, name",
        "NOT_AMONG_COLUMNS|not among the columns allowed: sex",
        "TOO_FEW|members: 3, at least 4 are asked",
        "TOO_MANY_RELEASES|the study has 12 releases, at most 10 are allowed",
        "NO_BUDGET|the population has no budget",
        "DEARER_THAN_A_STUDY|the study reserves rho 0.3, one study may reserve rho 0.1",
        "DEARER_THAN_LEFT|the study reserves rho 0.3, rho 0.1 is left",
        "DEARER_FOR_LEAD|the study reserves rho 0.3, the lead's other studies hold rho 0.2, one lead may hold rho 0.4",
        "DEARER_IN_PERIOD|the study reserves rho 0.3, the studies of the last P3M hold rho 0.2, together they may hold rho 0.4",
        "NOT_RESERVED|OVER_BUDGET: the study reserves rho 0.3, rho 0.1 is left",
        "OTHER_PLAN|this node compiles another plan or roster from these documents: compare rosters and versions",
        "NOT_ASKED|the study does not ask this node",
        "NO_SOURCE|no source here is bound to contract heart",
        "DENIED|a person in the role of officer denied: no basis",
        "OVERDUE|too few of the people asked agreed before the study's deadline",
        "CROWDED|64 studies wait for people here already",
        "CANCELLED|cancelled by the lead",
        "REFUSED|org-a refused: leads: lead \"x\" is not allowed; allowed: nothing",
        "CANNOT_TAKE_PART|org-a cannot take part: no source",
        "TIME_IS_OVER|the time that the study may take is over",
        "TIME_IS_OVER_WITHOUT|the time that the study may take is over, without an answer of org-a",
        "NO_ANSWER|no answer of org-a, org-b in time",
        "TOO_FEW_HERE|2 of 4 nodes are here, the quorum needs 3; missing: org-a, org-b",
        "TOO_FEW_HERE_EXCLUDED|2 of 4 nodes are here, the quorum needs 3; missing: org-a; excluded: org-b",
        "QUORUM_WITHOUT|without org-a, at fault in what the others were sent, the quorum of 4 cannot be met",
        "NO_KEYS|the key set-up failed 3 times in a row: TOO_FEW: bindings",
        "TOO_FEW_CHARGED|2 of the cohort charged the attempt in time, 3 must",
        "TOO_FEW_REMEMBER|2 of the cohort remember what the attempt was charged, 3 must",
        "LEFT_BEFORE_UNMASKING|survivors left before they could unmask those who were dropped: org-b",
        "NOT_COMPLETED|release 2 could not be completed, and the plan allows 1 repeated charges in all",
      })
  void wordsOfOldLogsAreRead(Ground ground, String text) {
    Optional<Ground.Told> told =
        ground.compareTo(Ground.CROWDED) <= 0 ? Ground.inRefusal(text) : Ground.inStop(text);
    assertThat(told.map(Ground.Told::ground)).as(text).contains(ground);
  }

  @Test
  void wordsOfNobodyHaveNoForm() {
    for (String text : List.of("it rained", "", "members: 3, at least 4 are asked twice")) {
      assertThat(Ground.inRefusal(text)).isEmpty();
      assertThat(Ground.inStop(text)).isEmpty();
    }
  }

  @Test
  void aFormIsToldWithAllItsFacts() {
    assertThatThrownBy(() -> Ground.NO_SOURCE.with())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NO_SOURCE tells 1 facts, got 0");
  }

  /** A log may hold whatever its writers put there. */
  @Test
  void aMegabyteOfQuotesIsReadAtOnce() {
    String hostile = "\" is not allowed; allowed: : , at least ".repeat(30_000);
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Ground.inRefusal(hostile));
  }
}
