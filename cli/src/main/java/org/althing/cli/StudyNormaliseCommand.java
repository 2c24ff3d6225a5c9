package org.althing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.contract.Contract;
import org.althing.document.StudyDocument;
import org.althing.report.Findings;
import org.althing.statistics.StatisticsFindings;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study normalise STUDY --from FOLDER}: released statistics as a later study's cleaning. */
@Command(
    name = "normalise",
    mixinStandardHelpOptions = true,
    description = {
      "Write a study anew whose numbers are clipped, filled and, with --bins, cut by the statistics that an earlier",
      "study of the same contract released. They were paid for there; using them costs nothing. Offline."
    })
public final class StudyNormaliseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The study file, without cleaning of its own.")
  private Path file = Path.of("");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "The output folder of a statistics study; it must verify.")
  private Path folder = Path.of("");

  @Option(
      names = "--bins",
      description = "Also cut each number at the released quantiles, where the study has them.")
  private boolean bins;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "The new study file.")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    byte[] given = DocumentFile.bytes(file);
    Study study = DocumentFile.read(file, given, StudyDocument::read);
    if (!study.cleaning().isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          file + " has cleaning of its own: take it out, or write both by hand");
    }
    Findings found = FolderVerifier.findings(VerifyCommand.load(folder), folder.toString());
    StatisticsFindings statistics =
        found
            .outcome()
            .statistics()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.BAD_INPUT,
                        folder + " holds no statistics: give a finished statistics study"));
    Contract contract = found.contract();
    ReleasedStatistics released = new ReleasedStatistics(statistics, contract);
    List<String> steps = released.steps(study.columnsAnalysed(contract), bins);
    if (steps.isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s released no mean and deviation of a number that study %s reads: name such columns in a statistics study"
              .formatted(folder, study.id()));
    }
    byte[] text = written(given, found, steps);
    List<String> misfits =
        StudyPlanner.misfits(DocumentFile.read(out, text, StudyDocument::read), contract);
    if (!misfits.isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          file + " does not fit what was released:\n  " + String.join("\n  ", misfits));
    }
    write(text);
    PrintWriter talk = spec.commandLine().getOut();
    talk.printf("%s is study %s, cleaned first:%n", out, study.id());
    steps.forEach(step -> talk.println("  " + step));
    talk.flush();
    return ExitCode.OK.code();
  }

  private static byte[] written(byte[] given, Findings found, List<String> steps) {
    StringBuilder text = new StringBuilder(new String(given, StandardCharsets.UTF_8));
    if (text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    text.append("# Released by study ").append(found.study().id());
    text.append(", plan ").append(found.plan().digest().hex()).append(", and paid for there.\n");
    text.append("cleaning:\n");
    steps.forEach(step -> text.append("  - ").append(step).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(byte[] text) {
    try {
      Files.write(out, text, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot write " + out + " anew: " + e.getMessage(), e);
    }
  }
}
