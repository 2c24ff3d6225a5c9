package org.althing.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.deploy.lab.Distribution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The operator's verbs. */
@Command(
    name = "coordinator",
    mixinStandardHelpOptions = true,
    description = "Run the coordinator of a federation.",
    subcommands = {CoordinatorCommand.Run.class})
final class CoordinatorCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what the coordinator shall do: run");
  }

  /**
   * Starts the coordinator as a process of its own and stays until it ends; the launcher script
   * does the same by {@code exec}.
   */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Run the coordinator until it is told to stop (SIGTERM).")
  static final class Run implements Callable<Integer> {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "Configuration: a document of kind althing: coordinator/v1.")
    private Path config = Path.of("coordinator.yaml");

    @Override
    public Integer call() throws InterruptedException {
      List<String> command =
          Distribution.ofThisProcess().coordinator(List.of("--config", config.toString()));
      Process process;
      try {
        process = new ProcessBuilder(command).inheritIO().start();
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.DEFECT, "the coordinator did not start: " + e.getMessage(), e);
      }
      Thread stop = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(stop);
      return process.waitFor();
    }
  }
}
