package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.althing.document.DocumentError;
import org.althing.node.outbox.Outbox;
import org.althing.node.outbox.SentMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What ever left this node. */
@Command(
    name = "outbox",
    mixinStandardHelpOptions = true,
    description = {
      "See every message that ever left this node, in words and in bytes,",
      "and where the log has it by the coordinator's receipts."
    },
    subcommands = {OutboxCommand.Ls.class, OutboxCommand.Show.class})
public final class OutboxCommand {

  /** {@code outbox ls}. */
  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = {
        "List the messages, oldest first, and where the log has each by the coordinator's receipts,",
        "which come with a study's end. NO RECEIPT: it should be in the log, and nothing shows that it is."
      })
  static final class Ls implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Option(
        names = "--plan",
        paramLabel = "PLAN",
        description = "Only those about the study whose plan begins with these digits.")
    private String plan = "";

    @Option(
        names = "--last",
        paramLabel = "N",
        description = "Only the last N, 1 to 100000 (default: ${DEFAULT-VALUE}).",
        defaultValue = "100")
    private int last = 100;

    @Option(
        names = "--unreceipted",
        description = "Only those without a receipt that should have one.")
    private boolean unreceipted;

    @Override
    public Integer call() {
      return StewardVerb.run(spec, this::list);
    }

    private int list(PrintWriter out)
        throws StewardVerb.CommandProblem, IOException, DocumentError {
      if (last < 1 || last > 100_000) {
        throw new StewardVerb.CommandProblem(
            StewardVerb.BAD_INPUT, "--last is 1 to 100000, got " + last);
      }
      String digits = plan.toLowerCase(Locale.ROOT);
      NodeSettings settings = NodeSettings.read(node.config());
      Receipts receipts = Receipts.of(settings, fault -> out.println("! " + fault));
      Deque<SentMessage> shown = new ArrayDeque<>();
      Outbox.read(
          settings.state(),
          sent -> {
            boolean about =
                digits.isEmpty()
                    || OutboxText.plan(sent).filter(p -> p.hex().startsWith(digits)).isPresent();
            if (about && (!unreceipted || OutboxText.isUnreceipted(sent, receipts))) {
              shown.addLast(sent);
              if (shown.size() > last) {
                shown.removeFirst();
              }
            }
          },
          damaged -> out.println("! " + damaged));
      shown.forEach(sent -> out.println(OutboxText.line(sent, receipts)));
      if (shown.isEmpty()) {
        out.println(
            (unreceipted ? "nothing without a receipt has left" : "nothing has left")
                + " this node"
                + (plan.isEmpty() ? "" : " about that plan"));
      }
      return StewardVerb.OK;
    }
  }

  /** {@code outbox show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show everything that is in one message.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Parameters(paramLabel = "N", description = "The message's number, as ls shows it.")
    private long number;

    @Override
    public Integer call() {
      return StewardVerb.run(spec, this::show);
    }

    private int show(PrintWriter out)
        throws StewardVerb.CommandProblem, IOException, DocumentError {
      NodeSettings settings = NodeSettings.read(node.config());
      Receipts receipts = Receipts.of(settings, fault -> out.println("! " + fault));
      boolean[] found = {false};
      Outbox.read(
          settings.state(),
          sent -> {
            if (sent.number() == number) {
              found[0] = true;
              out.print(OutboxText.whole(sent, receipts));
            }
          },
          damaged -> out.println("! " + damaged));
      if (!found[0]) {
        throw new StewardVerb.CommandProblem(
            StewardVerb.BAD_INPUT, "no message has the number " + number + "; see outbox ls");
      }
      return StewardVerb.OK;
    }
  }
}
