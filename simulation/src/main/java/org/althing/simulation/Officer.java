package org.althing.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.althing.approval.Approval;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Person;
import org.althing.approval.SignedApproval;
import org.althing.approval.Verdict;
import org.althing.encoding.Digest;
import org.althing.federation.SigningKey;
import org.althing.party.PendingStudy;

/**
 * The one person whom a node's policy asks: reads what is on file there, whether the process runs
 * or not, and says yes within a minute unless the script has it otherwise.
 */
final class Officer {
  private static final String NAME = "officer-one";
  private static final String ROLE = "officer";
  private static final int VALID_DAYS = 30;

  /** How long a person who could not write waits before trying again. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final World world;
  private final SimulatedNode node;
  private final SigningKey key;
  private final Set<Digest> asked = new HashSet<>();

  Officer(World world, SimulatedNode node) {
    this.world = world;
    this.node = node;
    this.key = world.key(2000 + node.party());
  }

  ApprovalRule rule() {
    return new ApprovalRule(
        Map.of(ROLE, 1),
        VALID_DAYS,
        List.of(new Person(NAME, Set.of(ROLE), key.verifyingKey(), Set.of())));
  }

  /** A request is on file; said again of one that was put back with the disk. */
  void asked(PendingStudy request) {
    Digest plan = request.matter().plan();
    boolean first = asked.add(plan);
    List<Fault.Denial> denials = world.denials(node.party());
    boolean silent = world.silent(node.party());
    if (!silent && (first || node.disk().statements(plan).isEmpty())) {
      Duration thought = world.draw().between(50, 40_000, "officer", node.party());
      after(thought, request, Verdict.APPROVE);
    }
    if (first) {
      denials.forEach(denial -> after(denial.after(), request, Verdict.DENY));
    }
  }

  private void after(Duration thought, PendingStudy request, Verdict verdict) {
    world.agenda().after(thought, () -> say(request, verdict));
  }

  private void say(PendingStudy request, Verdict verdict) {
    Digest plan = request.matter().plan();
    if (node.disk().requests().stream().noneMatch(each -> each.matter().plan().equals(plan))) {
      return;
    }
    if (world.diskFull(node.party())) {
      after(AGAIN, request, verdict);
      return;
    }
    node.disk().put(plan, statement(request, verdict));
    node.hasNews(plan);
  }

  private SignedApproval statement(PendingStudy request, Verdict verdict) {
    Digest plan = request.matter().plan();
    Instant given =
        rule().nextGiven(request.matter(), NAME, node.disk().statements(plan), node.now());
    return SignedApproval.by(
        key,
        new Approval(
            request.matter(),
            NAME,
            ROLE,
            verdict,
            verdict == Verdict.APPROVE ? "" : "not for this purpose",
            given.toEpochMilli(),
            LocalDate.ofInstant(given, ZoneOffset.UTC).plusDays(VALID_DAYS)));
  }
}
