package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.document.DocumentError;
import org.althing.node.ledger.LedgerMemoryFile;
import org.althing.node.ledger.SqliteLedger;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerState;
import org.althing.privacy.PopulationSpend;
import org.althing.study.ChargeStatement;
import org.althing.study.Signed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a frozen node go on with the spend that others remember. */
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Take for spent what the other members remember of a ledger that was put back to an older state.",
      "The node must be stopped. Without --reason it only shows what would be taken over."
    })
final class RecoverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why the ledger is older than it was; it stays in the ledger.")
  private Optional<String> reason = Optional.empty();

  @Override
  public Integer call() {
    return StewardVerb.run(spec, this::recover);
  }

  private int recover(PrintWriter out)
      throws StewardVerb.CommandProblem, IOException, DocumentError {
    NodeSettings settings = NodeSettings.read(node.config());
    try (SqliteLedger file = open(settings)) {
      BudgetLedger ledger = BudgetLedger.open(file);
      Optional<LedgerState> lost =
          new LedgerMemoryFile(settings.state())
              .read()
              .of(settings.id())
              .map(RecoverCommand::state)
              .filter(state -> ledger.forgotten(state).isPresent());
      if (lost.isEmpty()) {
        out.println("this node is not frozen: its ledger holds every charge that others remember");
        return StewardVerb.OK;
      }
      show(out, ledger, lost.get());
      if (reason.isEmpty()) {
        out.println("nothing was changed; give --reason TEXT to take this over");
        return StewardVerb.OK;
      }
      ledger.adopt(lost.get(), reason.get());
      out.printf(
          "recovered: ledger of %d entries, head %s%n", ledger.sequence(), ledger.head().brief());
      return StewardVerb.OK;
    }
  }

  private static SqliteLedger open(NodeSettings of) throws StewardVerb.CommandProblem, IOException {
    try {
      return SqliteLedger.open(of.ledgerFile());
    } catch (IllegalStateException e) {
      // Another process holds it.
      throw new StewardVerb.CommandProblem(StewardVerb.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  private static LedgerState state(Signed<ChargeStatement> charge) {
    return charge.statement().receipt().ledger();
  }

  private static void show(PrintWriter out, BudgetLedger ledger, LedgerState lost) {
    out.printf(
        "others remember entry %d of this ledger, which has %d entries%n",
        lost.position().sequence(), ledger.sequence());
    ledger
        .balances()
        .forEach(
            (name, balance) ->
                lost.spends().stream()
                    .filter(spend -> spend.population().equals(PopulationSpend.digestOf(name)))
                    .forEach(
                        spend ->
                            out.printf(
                                "%s: spent rho %s here, rho %s as others remember%n",
                                name, balance.spent(), spend.spent())));
  }
}
