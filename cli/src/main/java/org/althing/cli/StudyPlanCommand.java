package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.althing.document.StudyDocument;
import org.althing.sheet.PlanSheet;
import org.althing.sheet.PlanText;
import org.althing.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study plan STUDY --federation FEDERATION}: what a study would release and cost. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Show what will leave each organisation, with which noise, what it costs, whether every policy admits it,",
      "and how far the result can be trusted. Reads no data and contacts nobody; budgets are taken as unspent.",
      "A study whose model will be no better than guessing ends with 3 unless --anyway is given."
    })
public final class StudyPlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "STUDY", description = "The study file.")
  private Path file = Path.of("");

  @Option(
      names = "--federation",
      required = true,
      paramLabel = "FEDERATION",
      description = "The federation file: contract, organisations, policies.")
  private Path federation = Path.of("");

  @Mixin private HopelessStudies hopeless = new HopelessStudies();

  @Option(names = "--json", description = "Print one JSON object for programs.")
  private boolean json;

  @Override
  public Integer call() {
    Study study = DocumentFile.read(file, StudyDocument::read);
    FederationFiles files = FederationFiles.read(federation);
    PlanSheet sheet = FederationPlan.of(files, study, LocalDate.now(ZoneOffset.UTC));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? PlanJson.of(sheet) : PlanText.of(sheet));
    out.flush();
    hopeless
        .objection(sheet)
        .ifPresent(
            why -> {
              throw new CommandFailure(ExitCode.REFUSED, why);
            });
    return (sheet.admitted() ? ExitCode.OK : ExitCode.REFUSED).code();
  }
}
