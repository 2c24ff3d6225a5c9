package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.althing.quality.AuditComparison;
import org.althing.quality.QualityFindings;
import org.althing.report.Findings;
import org.althing.sheet.ComparisonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study compare EARLIER LATER}: what changed between two audits. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Say what changed between two quality audits of one contract, and what noise alone would show as a change.",
      "Reads their released numbers only, after verifying both folders; costs nothing. Offline."
    })
public final class StudyCompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "EARLIER", description = "An audit's output folder.")
  private Path earlier = Path.of("");

  @Parameters(index = "1", paramLabel = "LATER", description = "A later audit's output folder.")
  private Path later = Path.of("");

  @Override
  public Integer call() {
    Findings before = FolderVerifier.findings(VerifyCommand.load(earlier), earlier.toString());
    Findings after = FolderVerifier.findings(VerifyCommand.load(later), later.toString());
    if (!before.contract().id().equals(after.contract().id())) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "the audits are of contracts %s and %s: compare audits of one"
              .formatted(before.contract().id(), after.contract().id()));
    }
    AuditComparison comparison =
        AuditComparison.of(quality(before, earlier), quality(after, later));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s, then %s%n", before.study().id(), after.study().id());
    out.print(
        ComparisonText.of(
            comparison,
            new ComparisonText.Names("then", "now", "CHANGED", "no change told from noise")));
    out.flush();
    return ExitCode.OK.code();
  }

  private static QualityFindings quality(Findings findings, Path folder) {
    return findings
        .outcome()
        .quality()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.BAD_INPUT, folder + " holds no finished quality audit: give one"));
  }
}
