package org.althing.deploy.lab;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.cli.HopelessStudies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A federation on one machine. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = "Run a whole federation on this machine.",
    subcommands = {
      LabInit.class,
      LabCommand.Run.class,
      LabUp.class,
      LabSubmit.class,
      LabLog.class,
      LabDown.class
    })
public final class LabCommand implements Runnable {
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what the laboratory shall do: init, run, up, submit, log or down");
  }

  /** A new folder under {@code out/}, named by what made it and when. */
  public static Path newFolder(String what) {
    return Path.of(
        "out", what + "-" + LocalDateTime.now(java.time.ZoneId.systemDefault()).format(SECONDS));
  }

  /** {@code lab run}: studies over anyone's own files. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Run studies over the organisations of a federation file, each as a process of its own.",
        "Shows the plans first, and leaves out a study whose model will be no better than guessing, unless --anyway"
            + " is given. Coordinator and nodes listen and dial on loopback only, with certificates made for this run;"
            + " all of them end with the command, whatever happens. The exit code is that of the first study without"
            + " its result: 1 where it was stopped, 3 where it was left out."
      })
  static final class Run implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        index = "0",
        paramLabel = "FEDERATION.yaml",
        description = "Organisations, their files, the contract.")
    private Path federation = Path.of("");

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "STUDY.yaml",
        description = "One or more studies, run in this order.")
    private List<Path> studies = List.of();

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "Where results go; must be new or empty (default: out/lab-DATE-TIME).")
    private Path out = newFolder("lab");

    @Option(
        names = "--keep",
        description = "Keep the throw-away keys, ledgers and configuration in DIR/lab.")
    private boolean keep;

    @Mixin private HopelessStudies hopeless = new HopelessStudies();

    @Override
    public Integer call() throws InterruptedException {
      LabRun.requireEmpty(out);
      PrintWriter words = spec.commandLine().getOut();
      LabRun run =
          LabRun.with(
              Distribution.ofThisProcess(),
              words,
              spec.commandLine().getErr(),
              keep ? LabRun.Afterwards.KEEP : LabRun.Afterwards.REMOVE,
              hopeless::objection);
      return run.run(federation, studies, out).code();
    }
  }
}
