package org.althing.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.althing.document.DocumentError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The steward's commands. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "The node of an organisation: beside its data, dialling out, listening nowhere.",
    subcommands = {
      NodeCommand.Run.class,
      NodeCommand.OwnFiles.class,
      PolicyCommand.class,
      PersonCommand.class,
      RequestsCommand.class,
      BudgetCommand.class,
      OutboxCommand.class,
      DeclarationsCommand.class,
      RetentionCommand.class,
      IncidentCommand.class
    })
public final class NodeCommand {

  /** What a steward does with the organisation's own files. */
  @Command(
      name = "data",
      mixinStandardHelpOptions = true,
      description = "Look at this organisation's own files; nothing leaves.",
      subcommands = {DataCheckCommand.class, DataCleanCommand.class, DataCompareCommand.class})
  public static final class OwnFiles {}

  /** Runs the node until it is stopped. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Run this organisation's node until it is stopped.")
  public static final class Run implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "The node's configuration (althing: node/v1).")
    private Path config = Path.of("node.yaml");

    @Override
    public Integer call() throws InterruptedException {
      try {
        NodeProcess node = NodeProcess.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "node-close"));
        new CountDownLatch(1).await();
        return 0;
      } catch (DocumentError e) {
        System.err.println(e.getMessage());
        return BAD_INPUT;
      } catch (IOException e) {
        System.err.println("ALT-NODE-001 " + e.getMessage());
        return BAD_INPUT;
      }
    }
  }
}
