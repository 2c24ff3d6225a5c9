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
import org.althing.node.source.CleanRecords;
import org.althing.node.source.KeptRecords;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.quality.AuditComparison;
import org.althing.quality.LocalAudit;
import org.althing.quality.QualityFindings;
import org.althing.release.ReleaseSpec;
import org.althing.report.Findings;
import org.althing.report.StudyFolder;
import org.althing.sheet.ComparisonText;
import org.althing.sheet.OwnModelText;
import org.althing.study.LogEntry;
import org.althing.study.OwnModel;
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
      "Set this organisation's own rows, counted exactly, beside a quality audit of the whole federation;",
      "or its own model, fitted to its own rows without noise, beside the model of the whole federation.",
      "Contacts nobody, costs nothing and leaves nothing; what it prints is exact and is for you alone."
    })
public final class DataCompareCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 1 << 24;
  private static final String NO_AUDIT =
      "%s is no output folder of a finished quality audit or of a model that was evaluated";

  private static final ComparisonText.Names NAMES =
      new ComparisonText.Names("federation", "here", "DIFFERENT", "not told from noise");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

  @Parameters(
      paramLabel = "STUDY",
      description = "The study's output folder; check it first with 'althing verify'.")
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
    if (study.folds().isPresent()) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT,
          "%s is a study of folds: it holds no rows out, on which two models could be compared"
              .formatted(folder));
    }
    Findings findings = findings(study, contract, planned);
    RecordSource rows = rows(settings, study, contract);
    if (findings.outcome().quality().isPresent()) {
      compareAudits(out, findings, rows);
    } else if (findings.outcome().evaluation().isPresent()) {
      compareModels(out, findings, planned, rows);
    } else if (findings.outcome().classEvaluation().isPresent()) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT,
          "%s tells several classes apart: own models are compared for labels of yes or no only"
              .formatted(folder));
    } else {
      throw new CommandProblem(StewardVerb.BAD_INPUT, NO_AUDIT.formatted(folder));
    }
    return StewardVerb.OK;
  }

  private static void compareAudits(PrintWriter out, Findings findings, RecordSource rows)
      throws CommandProblem {
    LocalAudit audit =
        new LocalAudit(findings.cleanedContract().schema(), findings.contract().rules());
    try {
      rows.scan(findings.plan().salt().bytes(), List.of(), audit::add);
    } catch (SourceProblem e) {
      throw new CommandProblem(StewardVerb.BAD_INPUT, e.localDetail());
    }
    out.printf(
        "%s: the federation, this organisation among it, and its own rows alone%n",
        findings.study().id());
    QualityFindings federation = findings.outcome().quality().orElseThrow();
    out.print(ComparisonText.of(AuditComparison.of(federation, audit.findings()), NAMES));
    out.println("Own rows differ from the joint ones also because they are other people's.");
  }

  private static void compareModels(
      PrintWriter out, Findings findings, Planning.Planned planned, RecordSource rows)
      throws CommandProblem {
    OwnModel own;
    try {
      CleanRecords records = rows.open(findings.plan().salt().bytes());
      own = OwnModel.of(planned, findings.releases(), new KeptRecords(records)::scan);
    } catch (SourceProblem e) {
      throw new CommandProblem(StewardVerb.BAD_INPUT, e.localDetail());
    }
    out.printf(
        "%s: the model this organisation would have alone, without noise, and the federation's%n",
        findings.study().id());
    out.print(OwnModelText.of(own, findings.outcome()));
    out.println("These figures are exact and for you alone: they cost nothing, and nothing left.");
  }

  /** What the folder's log and sums say, the sums being those that the log names. */
  private Findings findings(Study study, Contract contract, Planning.Planned planned)
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
      List<long[]> totals = new ArrayList<>();
      for (ReleaseSpec spec : planned.plan().releases()) {
        totals.add(StudyFolder.totalOf(bytes(StudyFolder.sumName(totals.size(), spec.name()))));
      }
      StudyRecord record = StudyRecord.of(entries);
      if (!record.study().equals(planned.plan().digest())) {
        throw new CommandProblem(
            StewardVerb.BAD_INPUT,
            "%s is of another federation than this node's, or not of this version: with the roster here its study has another plan"
                .formatted(folder));
      }
      return Findings.of(study, contract, planned, record, totals);
    } catch (MalformedEncoding | IllegalArgumentException | IllegalStateException e) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT, "%s contradicts itself: %s".formatted(folder, e.getMessage()));
    }
  }

  /** The own rows under the study's cleaning. */
  private static RecordSource rows(NodeSettings settings, Study study, Contract contract)
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
      return bound.records(contract, study.cleaning());
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
