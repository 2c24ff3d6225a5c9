package org.althing.study;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The forms of words in which nodes say why they refuse a plan, and coordinators why a study
 * stopped. The log holds the words; whoever tells them in another language finds the facts in them.
 * Logs outlive programs: a form is never changed, another is added.
 */
public enum Ground {
  // An owner's policy.
  NO_POLICY("there is no policy here, so nothing is allowed: the owner writes one"),
  NOT_VALID("the policy holds from %s until %s, today is %s"),
  NOT_ALLOWED("%s \"%s\" is not allowed; allowed: %s"),
  NEVER_ALLOWED("never to be used: %s"),
  NOT_AMONG_COLUMNS("not among the columns allowed: %s"),
  TOO_FEW("%s: %s, at least %s are asked"),
  TOO_MANY_RELEASES("the study has %s releases, at most %s are allowed"),
  NO_BUDGET("the population has no budget"),
  DEARER_THAN_A_STUDY("the study reserves rho %s, one study may reserve rho %s"),
  DEARER_THAN_LEFT("the study reserves rho %s, rho %s is left"),
  DEARER_FOR_LEAD(
      "the study reserves rho %s, the lead's other studies hold rho %s, one lead may hold rho %s"),
  DEARER_IN_PERIOD(
      "the study reserves rho %s, the studies of the last %s hold rho %s, together they may hold rho %s"),
  NOT_RESERVED("%s: the study reserves rho %s, rho %s is left"),

  // A node, before it asks the policy.
  OTHER_PLAN(
      "this node compiles another plan or roster from these documents: compare rosters and versions"),
  NOT_ASKED("the study does not ask this node"),
  NO_SOURCE("no source here is bound to contract %s"),

  // The people whom a policy asks.
  DENIED("a person in the role of %s denied: %s"),
  OVERDUE("too few of the people asked agreed before the study's deadline"),
  CROWDED("%s studies wait for people here already"),

  // A coordinator.
  CANCELLED("cancelled by the lead"),
  REFUSED("%s refused: %s"),
  CANNOT_TAKE_PART("%s cannot take part: %s"),
  TIME_IS_OVER("the time that the study may take is over"),
  TIME_IS_OVER_WITHOUT("the time that the study may take is over, without an answer of %s"),
  NO_ANSWER("no answer of %s in time"),
  TOO_FEW_HERE_EXCLUDED("%s of %s nodes are here, the quorum needs %s; missing: %s; excluded: %s"),
  TOO_FEW_HERE("%s of %s nodes are here, the quorum needs %s; missing: %s"),
  QUORUM_WITHOUT(
      "without %s, at fault in what the others were sent, the quorum of %s cannot be met"),
  NO_KEYS("the key set-up failed %s times in a row: %s"),
  TOO_FEW_CHARGED("%s of the cohort charged the attempt in time, %s must"),
  TOO_FEW_REMEMBER("%s of the cohort remember what the attempt was charged, %s must"),
  LEFT_BEFORE_UNMASKING("survivors left before they could unmask those who were dropped: %s"),
  NOT_COMPLETED(
      "release %s could not be completed, and the plan allows %s repeated charges in all");

  private final String form;

  Ground(String form) {
    this.form = form;
  }

  /** The words around the facts: one more than there are facts. */
  private List<String> words() {
    return List.of(form.split("%s", -1));
  }

  /** How many facts it tells. */
  public int facts() {
    return words().size() - 1;
  }

  /**
   * The words.
   *
   * @throws IllegalArgumentException where it tells another number of facts
   */
  public String with(Object... facts) {
    List<String> words = words();
    if (facts.length != words.size() - 1) {
      throw new IllegalArgumentException(
          "%s tells %d facts, got %d".formatted(this, words.size() - 1, facts.length));
    }
    StringBuilder text = new StringBuilder(words.get(0));
    for (int i = 0; i < facts.length; i++) {
      text.append(facts[i]).append(words.get(i + 1));
    }
    return text.toString();
  }

  /** The reason of a refusal, by a clause. */
  public Refusal.Reason of(String clause, Object... facts) {
    return new Refusal.Reason(clause, with(facts));
  }

  /** Words that have a form, and the facts in them. */
  public record Told(Ground ground, List<String> facts) {
    public Told {
      facts = List.copyOf(facts);
    }
  }

  /** The form of a node's reason, which may be of another program; empty where it has none. */
  public static Optional<Told> inRefusal(String reason) {
    return in(EnumSet.range(NO_POLICY, CROWDED), reason);
  }

  /** The same of a coordinator's reason why a study stopped or an attempt broke down. */
  public static Optional<Told> inStop(String reason) {
    return in(EnumSet.range(CANCELLED, NOT_COMPLETED), reason);
  }

  private static Optional<Told> in(Set<Ground> grounds, String text) {
    return grounds.stream().flatMap(ground -> ground.read(text).stream()).findFirst();
  }

  /** In time linear in the text: each fact ends where the words after it first stand. */
  private Optional<Told> read(String text) {
    List<String> words = words();
    int last = words.size() - 1;
    if (!text.startsWith(words.get(0)) || (last == 0 && !text.equals(words.get(0)))) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    int at = words.get(0).length();
    for (int i = 1; i <= last; i++) {
      String next = words.get(i);
      int end = i == last ? text.length() - next.length() : text.indexOf(next, at);
      if (end < at || !text.startsWith(next, end)) {
        return Optional.empty();
      }
      found.add(text.substring(at, end));
      at = end + next.length();
    }
    return Optional.of(new Told(this, found));
  }
}
