package org.althing.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whose agreement an owner asks for before a plan may run.
 *
 * <p>A person speaks with one voice, in one role, and it is the newest; nobody approves an own
 * study; one no is enough.
 *
 * @param from how many people of each role must agree; nobody is asked where it is empty
 * @param validDays the most days that a statement may count, from the day it was given
 * @param people who may speak, in the order the owner wrote them
 */
public record ApprovalRule(Map<String, Integer> from, int validDays, List<Person> people) {
  public static final int MOST_ROLES = 8;
  public static final int MOST_OF_A_ROLE = 20;
  public static final int MOST_PEOPLE = 200;
  public static final int MOST_VALID_DAYS = 365;

  /** The rule of an owner whose policy alone decides. */
  public static final ApprovalRule NONE = new ApprovalRule(Map.of(), 1, List.of());

  /** A statement given later counts; in one millisecond the more cautious one does. */
  private static final Comparator<SignedApproval> AGE =
      Comparator.<SignedApproval>comparingLong(s -> s.approval().givenMillis())
          .thenComparing(s -> s.approval().verdict())
          .thenComparing(s -> s.digest().hex());

  public ApprovalRule {
    from = Collections.unmodifiableSortedMap(new TreeMap<>(from));
    people = List.copyOf(people);
    if (from.size() > MOST_ROLES || people.size() > MOST_PEOPLE) {
      throw new IllegalArgumentException(
          "at most %d roles and %d people decide".formatted(MOST_ROLES, MOST_PEOPLE));
    }
    if (validDays < 1 || validDays > MOST_VALID_DAYS) {
      throw new IllegalArgumentException(
          "a statement counts for 1 to %d days, got %d".formatted(MOST_VALID_DAYS, validDays));
    }
    from.forEach(
        (role, number) -> {
          Person.requireRole(role);
          if (number < 1 || number > MOST_OF_A_ROLE) {
            throw new IllegalArgumentException(
                "1 to %d people of a role are asked, got %d".formatted(MOST_OF_A_ROLE, number));
          }
        });
    requireDistinct(people);
    requireEnough(from, people);
  }

  private static void requireDistinct(List<Person> people) {
    Set<Object> seen = new HashSet<>();
    for (Person person : people) {
      if (!seen.add(person.id()) || !seen.add(person.key())) {
        throw new IllegalArgumentException(
            "%s is named twice, or has the key of another: one person has one name and one key"
                .formatted(person.id()));
      }
    }
  }

  /**
   * Hall 1935: everybody asked for can be somebody else if and only if every choice of roles has as
   * many people as it asks for.
   */
  private static void requireEnough(Map<String, Integer> from, List<Person> people) {
    List<String> roles = List.copyOf(from.keySet());
    for (int choice = 1; choice < 1 << roles.size(); choice++) {
      List<String> chosen = new ArrayList<>();
      int asked = 0;
      for (int r = 0; r < roles.size(); r++) {
        if ((choice >> r & 1) == 1) {
          chosen.add(roles.get(r));
          asked += from.getOrDefault(roles.get(r), 0);
        }
      }
      long there =
          people.stream().filter(p -> p.roles().stream().anyMatch(chosen::contains)).count();
      if (there < asked) {
        throw new IllegalArgumentException(
            "approvals ask for %d different people among %s, %d are named"
                .formatted(asked, String.join(" and ", chosen), there));
      }
    }
  }

  /** Whether anybody's agreement is asked for. */
  public boolean asksAnybody() {
    return !from.isEmpty();
  }

  /** How many of which role must agree, for example {@code 1 officer, 2 steward}. */
  public String asked() {
    return from.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  public Optional<Person> person(String id) {
    return people.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  /**
   * What the statements come to.
   *
   * @param lead who asks for the study
   * @param known in any order; those on another plan or node, and those whose signature is not of
   *     the person they name, are as if they were not there
   */
  public Tally judge(
      Matter matter, String lead, Collection<SignedApproval> known, LocalDate today) {
    List<Tally.Voice> voices = new ArrayList<>();
    for (SignedApproval newest : newestOfEach(matter, known).values()) {
      voices.add(new Tally.Voice(newest, fault(newest.approval(), matter, lead, today)));
    }
    return new Tally(standing(voices), voices);
  }

  /**
   * When a person's next statement on a matter is to be dated: now, or right after the newest that
   * this person gave by a clock that was ahead. A no must not be older than the yes it takes back.
   */
  public Instant nextGiven(
      Matter matter, String person, Collection<SignedApproval> known, Instant now) {
    return Optional.ofNullable(newestOfEach(matter, known).get(person))
        .map(newest -> Instant.ofEpochMilli(newest.approval().givenMillis()).plusMillis(1))
        .filter(after -> after.isAfter(now))
        .orElse(now);
  }

  private SortedMap<String, SignedApproval> newestOfEach(
      Matter matter, Collection<SignedApproval> known) {
    SortedMap<String, SignedApproval> newest = new TreeMap<>();
    for (SignedApproval each : known) {
      Approval said = each.approval();
      boolean ofThis =
          said.matter().plan().equals(matter.plan()) && said.matter().node().equals(matter.node());
      if (ofThis && person(said.person()).filter(p -> each.verifies(p.key())).isPresent()) {
        newest.merge(said.person(), each, (a, b) -> AGE.compare(a, b) < 0 ? b : a);
      }
    }
    return newest;
  }

  private Optional<String> fault(Approval said, Matter matter, String lead, LocalDate today) {
    Person person = person(said.person()).orElseThrow();
    if (!said.matter().policy().equals(matter.policy())) {
      return Optional.of("the policy has changed since");
    }
    if (!said.matter().source().equals(matter.source())) {
      return Optional.of("the source or its binding has changed since");
    }
    if (!person.roles().contains(said.role())) {
      return Optional.of("the policy does not give this person the role of " + said.role());
    }
    if (said.givenOn().isAfter(today)) {
      return Optional.of("it is dated %s, after today".formatted(said.givenOn()));
    }
    if (said.expires().isAfter(said.givenOn().plusDays(validDays))) {
      return Optional.of("it would count for more than %d days".formatted(validDays));
    }
    if (said.expires().isBefore(today)) {
      return Optional.of("it expired on " + said.expires());
    }
    if (said.verdict() == Verdict.APPROVE && person.leads(lead)) {
      return Optional.of("nobody approves an own study");
    }
    return Optional.empty();
  }

  private Standing standing(List<Tally.Voice> voices) {
    List<Standing.Objection> objections =
        voices.stream()
            .filter(voice -> voice.says(Verdict.DENY))
            .map(voice -> voice.statement().approval())
            .map(said -> new Standing.Objection(said.role(), said.reason()))
            .toList();
    if (!objections.isEmpty()) {
      return new Standing.Denied(objections);
    }
    List<SignedApproval> agreed =
        voices.stream()
            .filter(voice -> voice.says(Verdict.APPROVE))
            .map(Tally.Voice::statement)
            .toList();
    SortedMap<String, Integer> missing = new TreeMap<>(from);
    for (SignedApproval each : agreed) {
      String role = each.approval().role();
      int left = missing.getOrDefault(role, 0);
      if (left > 1) {
        missing.put(role, left - 1);
      } else {
        missing.remove(role);
      }
    }
    if (missing.isEmpty()) {
      return new Standing.Approved(agreed.stream().map(SignedApproval::digest).toList());
    }
    int questions = (int) voices.stream().filter(voice -> voice.says(Verdict.ASK)).count();
    return new Standing.Waiting(missing, questions);
  }
}
