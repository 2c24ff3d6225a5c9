package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.approval.SignedApproval;
import org.althing.approval.Standing;
import org.althing.approval.Tally;
import org.althing.approval.Verdict;
import org.althing.document.DocumentError;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.party.PendingStudy;
import org.althing.sheet.ApprovalText;
import org.althing.sheet.PlanSheet;
import org.althing.sheet.PlanText;
import org.althing.sheet.TextTable;
import org.althing.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The studies that an organisation's people are asked about, and what they say of them. */
@Command(
    name = "requests",
    mixinStandardHelpOptions = true,
    description =
        "See the studies that this organisation's people are asked about; approve or deny them.",
    subcommands = {
      RequestsCommand.Ls.class,
      RequestsCommand.Show.class,
      RequestsCommand.Approve.class,
      RequestsCommand.Deny.class,
      RequestsCommand.Ask.class
    })
public final class RequestsCommand {

  /** Which node. */
  static final class OfNode {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "The node's configuration (althing: node/v1).")
    private Path config = Path.of("node.yaml");

    Path config() {
      return config;
    }
  }

  /** Which study, by the first digits of its plan. */
  static final class OfPlan {
    @Parameters(paramLabel = "PLAN", description = "The first digits of the plan, as ls shows it.")
    private String digits = "";
  }

  /** Who speaks. */
  static final class Speaker {
    @Option(
        names = "--person",
        required = true,
        paramLabel = "KEYFILE",
        description = "The key file of the person who speaks.")
    private Path keyFile = Path.of("");

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "What the person speaks as; needed by a person of several roles.")
    private String role = "";

    @Option(
        names = "--days",
        paramLabel = "DAYS",
        description = "For how many days it counts (default: as many as the policy allows).")
    private int days;

    PersonalKey key() {
      return new PersonalKey(keyFile, role, days);
    }
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  /** {@code requests ls}. */
  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "List the studies that people are asked about, and where each stands.")
  static final class Ls implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private OfNode node = new OfNode();

    @Override
    public Integer call() {
      return StewardVerb.run(
          spec,
          out -> {
            OwnersDesk desk = OwnersDesk.of(node.config());
            TextTable table = new TextTable("", List.of());
            table.row("plan", "study", "asked by", "answer before (UTC)", "standing");
            for (PendingStudy pending : desk.pending(out)) {
              Study study = pending.documents().study();
              table.row(
                  pending.matter().plan().brief(),
                  study.id(),
                  study.lead(),
                  pending
                      .decidedBy(study.deadline())
                      .atOffset(ZoneOffset.UTC)
                      .toLocalDateTime()
                      .truncatedTo(ChronoUnit.SECONDS)
                      .toString(),
                  ApprovalText.standing(desk.tally(pending, today(), out).standing()));
            }
            out.print(table);
            return StewardVerb.OK;
          });
    }
  }

  /** {@code requests show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Show what a study would release from here, with which noise, at what cost, what the policy says, and who",
        "has yet to agree. Reads no data."
      })
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private OfNode node = new OfNode();
    @Mixin private OfPlan plan = new OfPlan();

    @Override
    public Integer call() {
      return StewardVerb.run(
          spec,
          out -> {
            OwnersDesk desk = OwnersDesk.of(node.config());
            PendingStudy pending = desk.pending(plan.digits, out);
            PlanSheet sheet = desk.sheet(pending, today());
            out.print(PlanText.of(sheet));
            out.println();
            out.println("WHAT IT READS HERE");
            out.println("  " + String.join(", ", sheet.study().columnsRead(sheet.contract())));
            out.println();
            out.print(ApprovalText.of(desk.rule(), desk.tally(pending, today(), out)));
            out.println();
            out.println("plan   " + pending.matter().plan());
            out.println("policy " + pending.matter().policy());
            out.println("source " + pending.matter().source());
            return StewardVerb.OK;
          });
    }
  }

  /** {@code requests approve}. */
  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description =
          "Agree to a study with your own key; the node goes on when all who are asked have.")
  static final class Approve implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private OfNode node = new OfNode();
    @Mixin private OfPlan plan = new OfPlan();
    @Mixin private Speaker speaker = new Speaker();

    @Override
    public Integer call() {
      return state(spec, node, plan, speaker.key().says(Verdict.APPROVE, ""));
    }
  }

  /** {@code requests deny}. */
  @Command(
      name = "deny",
      mixinStandardHelpOptions = true,
      description = "Say no to a study with your own key; one no is enough, also while it runs.")
  static final class Deny implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private OfNode node = new OfNode();
    @Mixin private OfPlan plan = new OfPlan();
    @Mixin private Speaker speaker = new Speaker();

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; goes to the study's lead and into the log, without your name.")
    private String reason = "";

    @Override
    public Integer call() {
      return state(spec, node, plan, speaker.key().says(Verdict.DENY, reason));
    }
  }

  /** {@code requests ask}. */
  @Command(
      name = "ask",
      mixinStandardHelpOptions = true,
      description = "Note a question to your colleagues; the study waits. Takes back your own yes.")
  static final class Ask implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private OfNode node = new OfNode();
    @Mixin private OfPlan plan = new OfPlan();
    @Mixin private Speaker speaker = new Speaker();

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "What you want to know; stays here.")
    private String reason = "";

    @Override
    public Integer call() {
      return state(spec, node, plan, speaker.key().says(Verdict.ASK, reason));
    }
  }

  private static int state(CommandSpec spec, OfNode node, OfPlan plan, PersonalKey.Speech speech) {
    return StewardVerb.run(spec, out -> state(OwnersDesk.of(node.config()), plan, speech, out));
  }

  private static int state(OwnersDesk desk, OfPlan plan, PersonalKey.Speech speech, PrintWriter out)
      throws CommandProblem, IOException, DocumentError {
    PendingStudy pending = desk.pending(plan.digits, out);
    PlanSheet sheet = desk.sheet(pending, today());
    SignedApproval signed =
        speech.sign(
            desk.rule(), desk.matter(pending), desk.said(pending, fault -> {}), Instant.now());
    desk.folder().add(signed);
    Tally tally = desk.tally(pending, today(), out);
    out.println(
        "%s, as %s, %s study %s, plan %s, until %s"
            .formatted(
                signed.approval().person(),
                signed.approval().role(),
                signed.approval().verdict().word(),
                sheet.study().id(),
                pending.matter().plan().brief(),
                signed.approval().expires()));
    for (Tally.Voice voice : tally.voices()) {
      if (voice.statement().equals(signed) && voice.voided().isPresent()) {
        throw new CommandProblem(
            StewardVerb.REFUSED, "but it does not count: " + voice.voided().get());
      }
    }
    out.println("The study is " + inWords(tally.standing()));
    return StewardVerb.OK;
  }

  private static String inWords(Standing standing) {
    return standing instanceof Standing.Waiting
        ? "pending: it " + ApprovalText.standing(standing)
        : ApprovalText.standing(standing);
  }
}
