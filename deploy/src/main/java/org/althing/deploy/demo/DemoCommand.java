package org.althing.deploy.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.deploy.lab.Distribution;
import org.althing.deploy.lab.LabCommand;
import org.althing.deploy.lab.LabRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code demo}: a laboratory of four hospitals and three studies, on data of its own or on the
 * heart data.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Watch four hospitals audit their data and fit two models together.",
      "Writes the documents it uses, then does exactly what 'lab run' does with them: real processes, mutual TLS, masks, noise and"
          + " ledgers."
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Run on the four heart-disease files (cleveland.csv, hungarian.csv, switzerland.csv, va.csv) in DIR instead.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything goes; must be new or empty (default: out/demo-DATE-TIME).")
  private Path out = LabCommand.newFolder("demo");

  @Option(
      names = "--seed-data",
      paramLabel = "N",
      description =
          "Seed of the invented patients (default: ${DEFAULT-VALUE}); noise and keys never have one.")
  private long seed = 1;

  @Option(
      names = "--keep",
      description = "Keep the throw-away keys, ledgers and configuration in DIR/lab.")
  private boolean keep;

  @Override
  public Integer call() throws InterruptedException {
    Distribution distribution = Distribution.ofThisProcess();
    LabRun.requireEmpty(out);
    Path folder = out.resolve("federation");
    List<Path> studies;
    try {
      studies = writeFederation(folder);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot write the demonstration's files: " + e.getMessage(), e);
    }
    LabRun run =
        LabRun.with(
            distribution,
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            keep ? LabRun.Afterwards.KEEP : LabRun.Afterwards.REMOVE,
            plan -> Optional.empty());
    return run.run(folder.resolve("federation.yaml"), studies, out).code();
  }

  private List<Path> writeFederation(Path folder) throws IOException {
    if (data.isPresent()) {
      return DemoFederation.writeHeart(folder, data.get());
    }
    spec.commandLine()
        .getErr()
        .println("The patients of this demonstration are invented, from seed " + seed + ".");
    return DemoFederation.write(folder, seed);
  }
}
