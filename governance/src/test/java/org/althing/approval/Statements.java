package org.althing.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.study.Examples;

/** Three people of one organisation, and what they say. */
public final class Statements {
  public static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
  public static final Digest POLICY = Digest.of(new byte[] {3});
  public static final Digest SOURCE = Digest.of(new byte[] {4});

  private Statements() {}

  /** A steward, an officer, and one who is both. */
  public static List<Person> people() {
    return List.of(
        new Person("anna.k", Set.of("steward"), Examples.key(60).verifyingKey(), Set.of("Dr Anna")),
        new Person("li.wei", Set.of("officer"), Examples.key(61).verifyingKey(), Set.of()),
        new Person(
            "sam@east", Set.of("officer", "steward"), Examples.key(62).verifyingKey(), Set.of()));
  }

  /** One steward and one officer, for 30 days. */
  public static ApprovalRule rule() {
    return new ApprovalRule(Map.of("steward", 1, "officer", 1), 30, people());
  }

  public static Matter matter(NodeId node, Digest plan) {
    return new Matter(node, plan, POLICY, SOURCE);
  }

  /** Given at the first second of a day, for ten days. */
  public static Approval approval(
      Matter matter, int person, String role, Verdict verdict, LocalDate day) {
    return new Approval(
        matter,
        people().get(person).id(),
        role,
        verdict,
        verdict == Verdict.APPROVE ? "" : "not like this",
        millis(day),
        day.plusDays(10));
  }

  public static long millis(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  public static SignedApproval signed(int person, Approval approval) {
    return SignedApproval.by(Examples.key(60 + person), approval);
  }

  public static SignedApproval says(Matter matter, int person, String role, Verdict verdict) {
    return signed(person, approval(matter, person, role, verdict, TODAY));
  }

  public static Instant noon() {
    return TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
  }
}
