package org.althing.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.althing.document.DocumentError;
import org.althing.node.ledger.LedgerReading;
import org.althing.sheet.BudgetText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a node's ledger says, read beside the running node. */
@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    description = "See what this organisation's privacy budgets were spent on and what is left.",
    subcommands = {
      BudgetCommand.Show.class,
      BudgetCommand.History.class,
      BudgetCommand.Forecast.class,
      RecoverCommand.class
    })
public final class BudgetCommand {

  private static int print(CommandSpec spec, Path config, Function<BudgetText, String> what) {
    return StewardVerb.run(
        spec,
        out -> {
          out.print(what.apply(text(config)));
          return StewardVerb.OK;
        });
  }

  private static BudgetText text(Path config) throws IOException, DocumentError {
    NodeSettings settings = NodeSettings.read(config);
    return new BudgetText(LedgerReading.of(settings.ledgerFile()), settings.readPolicy());
  }

  /** {@code budget show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Show what each population was granted, has spent, has set aside, and has left.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Override
    public Integer call() {
      return print(spec, node.config(), BudgetText::balances);
    }
  }

  /** {@code budget history}. */
  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      description = "Show every study that ever set something aside, and what it was charged.")
  static final class History implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Override
    public Integer call() {
      return print(spec, node.config(), BudgetText::history);
    }
  }

  /** {@code budget forecast}. */
  @Command(
      name = "forecast",
      mixinStandardHelpOptions = true,
      description =
          "Show how long what is left will last, and what leads and periods may still hold.")
  static final class Forecast implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Override
    public Integer call() {
      return print(spec, node.config(), budgets -> budgets.forecast(LocalDate.now(ZoneOffset.UTC)));
    }
  }
}
