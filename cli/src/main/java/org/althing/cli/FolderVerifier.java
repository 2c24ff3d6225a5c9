package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.althing.cli.Evidence.Check;
import org.althing.compliance.Explanation;
import org.althing.compliance.VerifiedStudy;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.report.Findings;
import org.althing.report.StudyFolder;
import org.althing.report.StudyReport;
import org.althing.session.ConfirmationRecord;
import org.althing.study.LogEntry;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Planning.Planned;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;
import org.althing.study.StudyRecord;

/**
 * Checks a study's output folder from its files alone ({@code docs/output-folder.md}); stops at the
 * first thing that is wrong.
 */
final class FolderVerifier {
  private final StudyFiles files;
  private final Optional<Roster> pinned;
  private final List<Check> held = new ArrayList<>();
  private Optional<VerifiedStudy> verified = Optional.empty();

  private FolderVerifier(StudyFiles files, Optional<Roster> pinned) {
    this.files = files;
    this.pinned = pinned;
  }

  /**
   * @param files by name, with {@code /} between folders
   * @param pinned the roster that the reader knows already
   */
  static Evidence verify(SortedMap<String, Bytes> files, Optional<Roster> pinned) {
    return new FolderVerifier(new StudyFiles(files), pinned).evidence();
  }

  private Evidence evidence() {
    try {
      run();
      return new Evidence(held, Optional.empty());
    } catch (EvidenceFault e) {
      return faulty(e);
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      // A value of hostile files may be refused deep in the rules: the evidence is wrong, not we.
      return faulty(new EvidenceFault("the files contradict themselves: " + e.getMessage()));
    }
  }

  /**
   * What a folder that holds tells.
   *
   * @param folder as messages call it
   * @throws CommandFailure where it does not hold
   */
  static Findings findings(SortedMap<String, Bytes> files, String folder) {
    return verified(files, Optional.empty(), folder).findings();
  }

  /** The same, with what proves it. */
  static VerifiedStudy verified(
      SortedMap<String, Bytes> files, Optional<Roster> pinned, String folder) {
    FolderVerifier verifier = new FolderVerifier(new StudyFiles(files), pinned);
    Evidence evidence = verifier.evidence();
    return verifier
        .verified
        .filter(found -> evidence.isValid())
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.VERIFICATION_FAILED,
                    "%s does not hold: %s"
                        .formatted(folder, evidence.fault().map(Check::finding).orElse(""))));
  }

  /** The same, with every claim of its reports traced to the entries. */
  static Explanation explained(
      SortedMap<String, Bytes> files, Optional<Roster> pinned, String folder) {
    VerifiedStudy study = verified(files, pinned, folder);
    try {
      return Explanation.of(study, new StudyFiles(files).entries());
    } catch (EvidenceFault e) {
      throw new IllegalStateException("the folder held a moment ago", e);
    }
  }

  private Evidence faulty(EvidenceFault fault) {
    return new Evidence(
        held, Optional.of(new Check(NAMES.get(held.size()), String.valueOf(fault.getMessage()))));
  }

  private static final List<String> NAMES =
      List.of(
          "chain",
          "files",
          "log",
          "plan",
          "checkpoint",
          "declared",
          "admissions",
          "charges",
          "confirmations",
          "releases",
          "result");

  private void holds(String finding) {
    held.add(new Check(NAMES.get(held.size()), finding));
  }

  private void run() throws EvidenceFault {
    List<LogEntry> entries = files.entries();
    holds(entries.size() + " entries, each naming the one before");
    Set<String> issued = files.requireExactly(entries);
    holds(files.size() + " files, the set and the digests that the log names");
    LogEvidence log = LogEvidence.of(files);
    log.requireEntries(files, entries);
    holds(
        "every entry is in the log of %d entries, which only grew; log key %s"
            .formatted(log.checkpoint().size(), log.key().key().fingerprint()));
    StudyRecord record = StudyRecord.of(entries.subList(0, entries.size() - 1));
    Compiled compiled = compile(record);
    Roster roster = compiled.planned().plan().roster();
    List<NodeId> cosigners = log.cosigners(roster, entries);
    holds(
        "signed by the log and cosigned by %d of %d nodes"
            .formatted(cosigners.size(), roster.members().size()));
    List<LogEntry> declared = Declared.in(files, log, roster);
    holds(declared.size() + " declarations of members, each signed and in the log");
    Found found = parts(record, compiled, issued);
    verified =
        Optional.of(
            new VerifiedStudy(found.findings(), log.receipt(files, entries, cosigners), declared));
    holds("recomputed from the sums, bit for bit: " + String.join(", ", found.files()));
  }

  /** What follows from the sums, and the files that say so. */
  private record Found(Findings findings, Set<String> files) {}

  private Found parts(StudyRecord record, Compiled compiled, Set<String> issued)
      throws EvidenceFault {
    int admissions = Payments.requireAdmissions(record, compiled.planned().plan());
    Payments.requireRefusals(record, compiled.planned().plan());
    holds(admissions + " nodes signed their consent to this plan");
    int charges = Payments.requireCharges(record, compiled.planned().plan());
    holds(charges + " charges, each signed, at the plan's price, before its release");
    holds(confirmations(record, compiled.planned().plan()));
    List<long[]> totals = totals(record, compiled.planned());
    holds(totals.size() + " sums have the logged digests and the planned lengths");
    Findings found =
        Findings.of(compiled.study(), compiled.contract(), compiled.planned(), record, totals);
    SortedMap<String, Bytes> again = rendered(found);
    // Whoever issues the report could hang a file of its own beside it.
    require(
        again.keySet().containsAll(issued),
        "no study has the file " + StudyFiles.first(issued, again.keySet()));
    return new Found(found, again.keySet());
  }

  private record Compiled(Study study, Contract contract, Planned planned) {}

  private Compiled compile(StudyRecord record) throws EvidenceFault {
    StudyEvent.StudySubmitted submission = record.submission();
    try {
      Roster roster = Roster.ofBytes(submission.roster().toArray());
      require(
          pinned.isEmpty() || pinned.get().equals(roster),
          "the roster in the log is not the one you gave with --roster");
      Study study = StudyDocument.read(StudyFolder.STUDY, files.bytes(StudyFolder.STUDY).toArray());
      Contract contract =
          ContractDocument.parse(StudyFolder.CONTRACT, files.bytes(StudyFolder.CONTRACT).toArray());
      Planning planning = StudyPlanner.compile(study, contract, roster);
      if (!(planning instanceof Planned planned)) {
        throw new EvidenceFault("the study cannot be planned as it stands in the folder");
      }
      require(
          planned.plan().digest().equals(record.study())
              && submission.plan().equals(record.study()),
          "the plan compiled from study, contract and roster is not the one in the log");
      require(
          submission.lead().equals(study.lead())
              && submission.study().equals(files.bytes(StudyFolder.STUDY))
              && submission.contract().equals(files.bytes(StudyFolder.CONTRACT)),
          "the study or the contract is not the one submitted");
      holds(
          "compiled again: %s; roster %s"
              .formatted(record.study().brief(), planned.plan().roster().digest().brief()));
      return new Compiled(study, contract, planned);
    } catch (MalformedEncoding | DocumentError e) {
      throw new EvidenceFault("the documents cannot be read: " + e.getMessage());
    }
  }

  private static String confirmations(StudyRecord record, Plan plan) throws EvidenceFault {
    int count = 0;
    for (StudyEvent.Released released : record.releases()) {
      Optional<String> fault = ConfirmationRecord.faultIn(released, plan, record);
      require(
          fault.isEmpty(), "release %d: %s".formatted(released.release() + 1, fault.orElse("")));
      count += released.confirmations().size();
    }
    return count + " signed confirmations: of each sum by a quorum of those in it";
  }

  private List<long[]> totals(StudyRecord record, Planned planned) throws EvidenceFault {
    List<long[]> totals = new ArrayList<>();
    List<StudyEvent.Released> releases = record.releases();
    require(
        !record.completed() || releases.size() == planned.plan().releases().size(),
        "the study says it is complete, but not every release is in the log");
    for (int i = 0; i < releases.size(); i++) {
      require(
          releases.get(i).release() == i && i < planned.plan().releases().size(),
          "the releases are out of order");
      String name = StudyFolder.sumName(i, planned.plan().releases().get(i).name());
      try {
        long[] total = StudyFolder.totalOf(files.bytes(name).toArray());
        require(
            StudyRecord.digestOfTotal(total).equals(releases.get(i).total()),
            name + " is not the sum that was released");
        totals.add(total);
      } catch (MalformedEncoding e) {
        throw new EvidenceFault(name + ": " + e.getMessage());
      }
    }
    return totals;
  }

  private SortedMap<String, Bytes> rendered(Findings found) throws EvidenceFault {
    SortedMap<String, Bytes> again = StudyFolder.derived(found);
    List<String> others = new ArrayList<>();
    for (var file : again.entrySet()) {
      if (!file.getValue().equals(files.bytes(file.getKey()))) {
        others.add(file.getKey());
      }
    }
    // Numbers are the same in every build, the words around them need not be.
    require(
        !others.equals(List.of(StudyReport.NAME)),
        StudyReport.NAME
            + " does not follow from the releases, all else does: somebody changed it, or another build of Althing wrote it");
    require(others.isEmpty(), String.join(" and ", others) + " does not follow from the releases");
    return again;
  }
}
