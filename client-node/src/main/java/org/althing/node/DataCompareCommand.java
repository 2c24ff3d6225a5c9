package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.node.source.SourceProblem;
import org.althing.quality.AuditComparison;
import org.althing.quality.LocalAudit;
import org.althing.quality.QualityFindings;
import org.althing.report.Findings;
import org.althing.report.StudyFolder;
import org.althing.sheet.ComparisonText;
import org.althing.study.LogEntry;
import org.althing.study.Planning;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;
import org.althing.study.StudyRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code node data compare}: an organisation's own rows beside the federation's audit. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Set this organisation's own rows, counted exactly, beside a quality audit of the whole federation.",
      "Contacts nobody, costs nothing and leaves nothing; what it prints is exact and is for you alone."
    })
public final class DataCompareCommand implements Callable<Integer> {
  private static final String AUDIT = "quality";
  private static final long MOST_BYTES = 1 << 24;
  private static final String NO_AUDIT = "%s is no output folder of a finished quality audit";

  private static final ComparisonText.Names NAMES =
      new ComparisonText.Names("federation", "here", "DIFFERENT", "not told from noise");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

  @Parameters(
      paramLabel = "STUDY",
      description = "The audit's output folder; check it first with 'althing verify'.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    return StewardVerb.run(spec, this::compare);
  }

  private int compare(PrintWriter out) throws CommandProblem, IOException, DocumentError {
    NodeSettings settings = NodeSettings.read(node.config());
    Study study = StudyDocument.read(StudyFolder.STUDY, bytes(StudyFolder.STUDY));
    Contract contract = ContractDocument.parse(StudyFolder.CONTRACT, bytes(StudyFolder.CONTRACT));
    if (!(StudyPlanner.compile(study, contract, settings.roster())
        instanceof Planning.Planned planned)) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT, folder + " holds no study that this node's roster can plan");
    }
    QualityFindings federation = federation(study, contract, planned);
    QualityFindings here = here(settings, study, contract, planned);
    out.printf(
        "%s: the federation, this organisation among it, and its own rows alone%n", study.id());
    out.print(ComparisonText.of(AuditComparison.of(federation, here), NAMES));
    out.println("Own rows differ from the joint ones also because they are other people's.");
    return StewardVerb.OK;
  }

  /** What the folder's log and sum say, the sum being the one that the log names. */
  private QualityFindings federation(Study study, Contract contract, Planning.Planned planned)
      throws CommandProblem, IOException {
    try {
      List<LogEntry> entries = new ArrayList<>();
      while (Files.exists(folder.resolve(StudyFolder.entryName(entries.size())))) {
        LogEntry entry = LogEntry.ofBytes(bytes(StudyFolder.entryName(entries.size())));
        if (entry.event() instanceof StudyEvent.ReportIssued) {
          break;
        }
        entries.add(entry);
      }
      long[] total = StudyFolder.totalOf(bytes(StudyFolder.sumName(0, AUDIT)));
      return Findings.of(study, contract, planned, StudyRecord.of(entries), List.of(total))
          .outcome()
          .quality()
          .orElseThrow(() -> new CommandProblem(StewardVerb.BAD_INPUT, NO_AUDIT.formatted(folder)));
    } catch (MalformedEncoding | IllegalArgumentException | IllegalStateException e) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT, "%s contradicts itself: %s".formatted(folder, e.getMessage()));
    }
  }

  private static QualityFindings here(
      NodeSettings settings, Study study, Contract contract, Planning.Planned planned)
      throws CommandProblem, IOException, DocumentError {
    NodeSettings.Dataset bound =
        settings
            .boundTo(contract.id())
            .orElseThrow(
                () ->
                    new CommandProblem(
                        StewardVerb.BAD_INPUT,
                        "no source here is bound to contract " + contract.id()));
    try {
      LocalAudit audit =
          new LocalAudit(study.cleaning().appliedTo(contract).schema(), contract.rules());
      bound
          .records(contract, study.cleaning())
          .scan(planned.plan().salt().bytes(), List.of(), audit::add);
      return audit.findings();
    } catch (SourceProblem e) {
      throw new CommandProblem(StewardVerb.BAD_INPUT, e.localDetail());
    }
  }

  private byte[] bytes(String name) throws CommandProblem, IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      throw new CommandProblem(StewardVerb.BAD_INPUT, NO_AUDIT.formatted(folder));
    }
    return Files.readAllBytes(file);
  }
}
