package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Matter;
import org.althing.approval.SignedApproval;
import org.althing.approval.Tally;
import org.althing.document.DocumentError;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.node.ledger.LedgerReading;
import org.althing.node.requests.RequestFolder;
import org.althing.party.PendingStudy;
import org.althing.policy.AdmissionDesk;
import org.althing.policy.Policy;
import org.althing.policy.Request;
import org.althing.privacy.BudgetLedger;
import org.althing.sheet.PlanSheet;
import org.althing.study.Planning;
import org.althing.study.StudyPlanner;

/**
 * What a node's people look at beside its process: its configuration, its policy, the studies that
 * wait, and its ledger. Reads everything anew and changes nothing.
 */
record OwnersDesk(NodeSettings settings, Policy policy, RequestFolder folder) {

  /**
   * @throws CommandProblem if the owner wrote no policy, so that nothing can be decided on
   */
  static OwnersDesk of(Path config) throws IOException, DocumentError, CommandProblem {
    NodeSettings settings = NodeSettings.read(config);
    Optional<Policy> policy = settings.readPolicy();
    if (policy.isEmpty()) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT, config + " names no policy: this node refuses everything");
    }
    return new OwnersDesk(settings, policy.get(), new RequestFolder(settings.state()));
  }

  ApprovalRule rule() {
    return policy.approvals();
  }

  List<PendingStudy> pending(PrintWriter out) throws IOException {
    return folder.pending(fault -> out.println("WARNING " + fault));
  }

  /** The one study whose plan begins with these digits. */
  PendingStudy pending(String digits, PrintWriter out) throws IOException, CommandProblem {
    List<PendingStudy> found =
        pending(out).stream().filter(p -> p.matter().plan().hex().startsWith(digits)).toList();
    if (digits.isEmpty() || found.size() != 1) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT,
          "%d studies that wait here have a plan beginning with '%s'; see: althing node requests ls"
              .formatted(found.size(), digits));
    }
    return found.get(0);
  }

  /**
   * What a statement made now is about.
   *
   * @throws CommandProblem if the running node decides under another policy or source than the
   *     files hold now: what a person is shown would not be what counts
   */
  Matter matter(PendingStudy pending) throws IOException, DocumentError, CommandProblem {
    Matter now =
        new Matter(
            settings.id(), pending.matter().plan(), policy.digest(), source(pending).version());
    if (!now.equals(pending.matter())) {
      throw new CommandProblem(
          StewardVerb.CONFLICT,
          "the policy, the source or its binding has changed since the node asked: restart the node first, which then asks anew");
    }
    return now;
  }

  private AdmissionDesk.Source source(PendingStudy pending)
      throws IOException, DocumentError, CommandProblem {
    String contract = pending.documents().contract().id();
    return Optional.ofNullable(settings.sources().get(contract))
        .orElseThrow(
            () ->
                new CommandProblem(
                    StewardVerb.CONFLICT, "no source here is bound to contract " + contract));
  }

  Tally tally(PendingStudy pending, LocalDate today, PrintWriter out)
      throws IOException, DocumentError {
    return rule()
        .judge(
            pending.matter(),
            pending.documents().study().lead(),
            said(pending, fault -> out.println("WARNING " + fault)),
            today);
  }

  /** What people said on a study, unverified. */
  List<SignedApproval> said(PendingStudy pending, Consumer<String> faults) throws IOException {
    return folder.statements(pending.matter().plan(), faults);
  }

  /** The plan as this node compiles it, with its policy's word and its ledger's balance. */
  PlanSheet sheet(PendingStudy pending, LocalDate today)
      throws IOException, DocumentError, CommandProblem {
    PendingStudy.Documents of = pending.documents();
    Planning planning = StudyPlanner.compile(of.study(), of.contract(), settings.roster());
    if (!(planning instanceof Planning.Planned planned)
        || !planned.plan().digest().equals(pending.matter().plan())) {
      throw new CommandProblem(
          StewardVerb.CONFLICT, "this program compiles another plan than the node that asks");
    }
    String population = source(pending).population();
    BudgetLedger ledger = LedgerReading.of(settings.ledgerFile());
    Request request =
        new Request(
            planned.plan(),
            of.study(),
            of.contract(),
            population,
            ledger.leftWithout(planned.plan().digest(), population),
            ledger.outlaysWithout(planned.plan().digest(), population),
            today);
    return new PlanSheet(
        of.study(),
        of.contract(),
        planned,
        List.of(PlanSheet.ask(policy, request)),
        of.study().participation().people().orElse(0));
  }
}
