package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.encoding.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab submit}: studies in a laboratory that was left running. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = "Run studies in a federation that 'lab up' started, and fetch their folders.")
final class LabSubmit implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "STUDY.yaml",
      description = "One or more studies, run in this order.")
  private List<Path> studies = List.of();

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIR",
      description = "The folder given to 'lab up'.")
  private Path state = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go; must be new or empty (default: out/lab-DATE-TIME).")
  private Path out = LabCommand.newFolder("lab");

  @Override
  public Integer call() throws InterruptedException {
    LabRun.requireEmpty(out);
    List<LabInput.StudyFile> files = LabInput.readStudies(studies);
    List<StudyCourse.End> ends = new ArrayList<>();
    try {
      RunningProcesses running = RunningProcesses.of(state);
      running.requireAlive();
      LabFolders folders = LabFolders.open(state);
      Bytes contract = Bytes.of(Files.readAllBytes(folders.contract()));
      Files.createDirectories(out);
      for (LabInput.StudyFile study : files) {
        CoordinatorClient client =
            new CoordinatorClient(folders.ports().http(), folders.lead(study.study().lead()));
        StudyCourse course =
            new StudyCourse(running::requireAlive, client, Talk.on(spec.commandLine().getErr()));
        ends.add(course.run(study, contract, 0, out.resolve(study.study().id())));
      }
      PrintWriter words = spec.commandLine().getOut();
      words.print(Summary.of(ends));
      words.flush();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.DEFECT, "the results cannot be written: " + e.getMessage(), e);
    }
    return StudyCourse.End.first(ends).code();
  }
}
