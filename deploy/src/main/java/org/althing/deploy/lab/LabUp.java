package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lab up}: a laboratory that stays, with its keys and ledgers, until it is taken down; up
 * again, it goes on with them.
 */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Start a federation and leave it running; started again on the same DIR, it goes on with the same keys and ledgers.")
final class LabUp implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "FEDERATION.yaml",
      description = "Organisations, their files, the contract.")
  private Path federation = Path.of("");

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIR",
      description = "Where keys, ledgers, logs and configuration live.")
  private Path state = Path.of("");

  @Option(
      names = "--lead",
      paramLabel = "NAME",
      description =
          "A study lead to certify, as studies and policies name it; may be repeated (default: study-lead).")
  private List<String> leads = List.of("study-lead");

  @Override
  public Integer call() throws InterruptedException {
    Distribution distribution = Distribution.ofThisProcess();
    try {
      if (RunningProcesses.of(state).isAnyAlive()) {
        throw new CommandFailure(
            ExitCode.CONFLICT,
            "a laboratory runs in "
                + state
                + " already; take it down with: althing lab down --state "
                + state);
      }
      start(distribution);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.DEFECT, "the laboratory cannot write its files: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("Next: althing lab submit STUDY.yaml --state " + state);
    out.println("      althing lab down --state " + state);
    out.flush();
    return ExitCode.OK.code();
  }

  private void start(Distribution distribution) throws IOException, InterruptedException {
    Talk talk = Talk.on(spec.commandLine().getErr());
    Set<String> names = new TreeSet<>(leads);
    LabFolders folders =
        LabFolders.existIn(state)
            ? LabFolders.open(state)
            : LabFolders.write(
                state, LabInput.read(federation, List.of()), names, new SecureRandom());
    Lab lab = Lab.start(distribution, folders, state.resolve("logs"));
    try {
      lab.awaitReady(
          new CoordinatorClient(folders.ports().http(), folders.lead(names.iterator().next())),
          folders.nodes());
      RunningProcesses.remember(state, lab.processes());
    } catch (IOException | RuntimeException | InterruptedException e) {
      lab.close();
      throw e;
    }
    lab.leaveRunning();
    talk.line(
        "A coordinator and %d nodes run; their logs are in %s"
            .formatted(folders.nodes().size(), Summary.shown(state.resolve("logs"))));
  }
}
