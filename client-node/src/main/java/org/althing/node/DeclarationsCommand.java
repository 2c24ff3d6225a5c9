package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.document.DocumentError;
import org.althing.encoding.Bytes;
import org.althing.study.Declaration;
import org.althing.study.Signed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code declarations}: what this node ever told the federation of itself. */
@Command(
    name = "declarations",
    mixinStandardHelpOptions = true,
    description = {
      "List what this node declared of itself for the log: policies that are not only stricter, budgets that grew,",
      "erasures, incidents; and whether the log has it."
    })
final class DeclarationsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

  @Override
  public Integer call() {
    return StewardVerb.run(spec, this::list);
  }

  private int list(PrintWriter out) throws IOException, DocumentError {
    NodeSettings settings = NodeSettings.read(node.config());
    Receipts receipts = Receipts.of(settings, fault -> out.println("! " + fault));
    List<Signed<Declaration>> all = new Declarations(settings).folder().all();
    for (Signed<Declaration> each : all) {
      out.printf(
          "%s  %s%n    %s%n",
          Instant.ofEpochMilli(each.statement().timeMillis()),
          DeclarationText.line(each.statement()),
          receipts.have(Bytes.of(each.toBytes()))
              ? "in the log, by the coordinator's receipt"
              : "NO RECEIPT: the node sends it when it runs and is connected");
    }
    if (all.isEmpty()) {
      out.println("this node has declared nothing");
    }
    return StewardVerb.OK;
  }
}
