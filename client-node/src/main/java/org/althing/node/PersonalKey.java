package org.althing.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import org.althing.approval.Approval;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Matter;
import org.althing.approval.Person;
import org.althing.approval.SignedApproval;
import org.althing.approval.Verdict;
import org.althing.federation.SigningKey;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.node.keys.IdentityFile;

/**
 * The key with which a person speaks.
 *
 * @param role what the person speaks as; may be empty for a person of one role
 * @param days for how many days a statement counts; 0 for as many as the policy allows
 */
record PersonalKey(Path file, String role, int days) {

  /** Whom a policy names with this key. */
  static Person holder(ApprovalRule rule, SigningKey key) throws CommandProblem {
    return rule.people().stream()
        .filter(p -> p.key().equals(key.verifyingKey()))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandProblem(
                    StewardVerb.IDENTITY,
                    "the policy names nobody with this key (%s): its owner adds the person"
                        .formatted(key.verifyingKey().fingerprint())));
  }

  Speech says(Verdict verdict, String reason) {
    return new Speech(this, verdict, reason);
  }

  /** What the person says, before it is about anything. */
  record Speech(PersonalKey key, Verdict verdict, String reason) {
    /**
     * @param known what was said on the matter before
     */
    SignedApproval sign(
        ApprovalRule rule, Matter matter, Collection<SignedApproval> known, Instant now)
        throws IOException, CommandProblem {
      SigningKey signing = IdentityFile.read(key.file());
      Person person = holder(rule, signing);
      Instant given = rule.nextGiven(matter, person.id(), known, now);
      LocalDate today = LocalDate.ofInstant(given, ZoneOffset.UTC);
      int counted = key.days() == 0 ? rule.validDays() : key.days();
      if (counted < 0 || counted > rule.validDays()) {
        throw new CommandProblem(
            StewardVerb.BAD_INPUT,
            "a statement counts for 1 to %d days, got %d".formatted(rule.validDays(), counted));
      }
      try {
        return SignedApproval.by(
            signing,
            new Approval(
                matter,
                person.id(),
                roleOf(person),
                verdict,
                reason.strip(),
                given.toEpochMilli(),
                today.plusDays(counted)));
      } catch (IllegalArgumentException e) {
        throw new CommandProblem(StewardVerb.BAD_INPUT, String.valueOf(e.getMessage()));
      }
    }

    private String roleOf(Person person) throws CommandProblem {
      if (key.role().isEmpty() && person.roles().size() == 1) {
        return person.roles().iterator().next();
      }
      if (person.roles().contains(key.role())) {
        return key.role();
      }
      throw new CommandProblem(
          StewardVerb.BAD_INPUT,
          "%s speaks as one of %s: say which with --role"
              .formatted(person.id(), String.join(", ", person.roles())));
    }
  }
}
