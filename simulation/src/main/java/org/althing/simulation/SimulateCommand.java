package org.althing.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays federations from seeds and says which broke a rule. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Play whole federations in memory with everything going wrong; each from its seed.")
public final class SimulateCommand implements Callable<Integer> {
  private static final int BROKEN = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "300",
      description = "How many plays (default: ${DEFAULT-VALUE}).")
  private long seeds = 300;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "The first seed (default: ${DEFAULT-VALUE}).")
  private long from = 1;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "0",
      description = "3 to 8 nodes in every play; without it 3 to 6, by the seed.")
  private int nodes;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Play one scenario from a file, as a failed play prints it.")
  private @Nullable Path scenario;

  @Option(
      names = "--lies",
      description =
          "Play every lie of a coordinator and of a member instead, and say what it does.")
  private boolean lies;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (scenario != null) {
      return one(Scenario.parse(Files.readAllLines(scenario)), out);
    }
    if (lies) {
      out.print(LieTable.played());
      out.flush();
      return 0;
    }
    if (nodes != 0 && (nodes < 3 || nodes > 8)) {
      throw new ParameterException(spec.commandLine(), "--nodes is 3 to 8, got " + nodes);
    }
    PrintWriter talk = spec.commandLine().getErr();
    Campaign campaign =
        new Campaign(
            from,
            seeds,
            nodes,
            broken -> {
              talk.println();
              talk.println(broken);
              talk.flush();
            });
    campaign.run(
        Runtime.getRuntime().availableProcessors(),
        progress -> {
          // One line that changes, where somebody looks; elsewhere the report at the end is enough.
          if (Boolean.getBoolean("althing.terminal")) {
            talk.print("\r" + progress);
            talk.flush();
          }
        });
    talk.println();
    campaign.report().forEach(out::println);
    out.flush();
    return campaign.broken().isEmpty() ? 0 : BROKEN;
  }

  private static int one(Scenario scenario, PrintWriter out) {
    try {
      Outcome outcome = new World(scenario, Deceit.NONE).play();
      out.println("%d steps; %s".formatted(outcome.steps(), outcome.ends()));
      out.flush();
      return 0;
    } catch (Violation violation) {
      violation.printStackTrace(out);
      out.flush();
      return BROKEN;
    }
  }
}
