package org.althing.sheet;

import java.util.List;
import java.util.stream.Collectors;
import org.althing.approval.Approval;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Standing;
import org.althing.approval.Tally;
import org.althing.study.Ground;

/** Whom an owner asks about a study, what they said, and what it comes to; for the owner alone. */
public final class ApprovalText {
  private ApprovalText() {}

  /** Several lines, each ended by a line feed. */
  public static String of(ApprovalRule rule, Tally tally) {
    StringBuilder text = new StringBuilder("WHO MUST AGREE HERE\n");
    if (!rule.asksAnybody()) {
      return text.append("  nobody: the policy alone decides\n").toString();
    }
    text.append(
        "  %s; a statement counts for at most %d days%n".formatted(rule.asked(), rule.validDays()));
    TextTable table = new TextTable("  ", List.of());
    for (Tally.Voice voice : tally.voices()) {
      Approval said = voice.statement().approval();
      table.row(
          said.person(),
          said.role(),
          said.verdict().word(),
          "%s to %s".formatted(said.givenOn(), said.expires()),
          voice.voided().map(why -> "DOES NOT COUNT: " + why).orElse(said.reason()));
    }
    return text.append(table)
        .append("  ")
        .append(standing(tally.standing()))
        .append('\n')
        .toString();
  }

  /** One phrase. */
  public static String standing(Standing standing) {
    if (standing instanceof Standing.Denied denied) {
      return "DENIED: "
          + denied.objections().stream()
              .map(no -> Ground.DENIED.with(no.role(), no.reason()))
              .collect(Collectors.joining("; "));
    }
    if (standing instanceof Standing.Waiting waiting) {
      return "waits for %s%s"
          .formatted(
              waiting,
              waiting.questions() == 0
                  ? ""
                  : "; %d asked something back".formatted(waiting.questions()));
    }
    return "approved";
  }
}
