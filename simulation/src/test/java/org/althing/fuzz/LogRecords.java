package org.althing.fuzz;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.approval.IncidentReport;
import org.althing.approval.Matter;
import org.althing.approval.PolicyConsent;
import org.althing.approval.SignedApproval;
import org.althing.approval.Statements;
import org.althing.approval.Verdict;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.party.PendingStudy;
import org.althing.privacy.Asked;
import org.althing.privacy.LedgerEntry;
import org.althing.privacy.Partition;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.Rho;
import org.althing.report.PaperStudy;
import org.althing.session.ConfirmationRecord;
import org.althing.session.Contradiction;
import org.althing.session.LedgerMemory;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.Declaration;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.Opening;
import org.althing.study.Recollection;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;

/** The canonical bytes that logs, ledgers and the folders of people's requests keep. */
final class LogRecords implements FuzzTarget {
  private static final Roster ROSTER = Examples.roster(4);

  private static final List<Canonical<?>> KINDS =
      List.of(
          new Canonical<>(LogEntry::ofBytes, LogEntry::toBytes),
          new Canonical<>(StudyEvent::ofBytes, StudyEvent::toBytes),
          new Canonical<>(Roster::ofBytes, Roster::toBytes),
          new Canonical<>(LedgerEntry::read, LedgerEntry::toBytes),
          new Canonical<>(b -> Signed.ofBytes(b, Admission::ofBytes), Signed::toBytes),
          new Canonical<>(b -> Signed.ofBytes(b, Refusal::ofBytes), Signed::toBytes),
          new Canonical<>(b -> Signed.ofBytes(b, ChargeStatement::ofBytes), Signed::toBytes),
          new Canonical<>(LogRecords::confirmed, Bytes::toArray),
          new Canonical<>(SignedApproval::ofBytes, SignedApproval::toBytes),
          new Canonical<>(PendingStudy::ofBytes, PendingStudy::toBytes),
          new Canonical<>(b -> Signed.ofBytes(b, Declaration::ofBytes), Signed::toBytes),
          new Canonical<>(Opening::ofBytes, Opening::toBytes),
          new Canonical<>(IncidentReport::ofBytes, IncidentReport::toBytes),
          new Canonical<>(PolicyConsent::ofBytes, PolicyConsent::toBytes),
          new Canonical<>(LedgerMemory::ofBytes, LedgerMemory::toBytes),
          new Canonical<>(Contradiction::ofBytes, Contradiction::toBytes),
          new Canonical<>(b -> Signed.ofBytes(b, Recollection::ofBytes), Signed::toBytes));

  /** Confirmations are read where a release is judged, and nowhere else. */
  private static Bytes confirmed(byte[] bytes) {
    Bytes confirmation = Bytes.of(bytes);
    Digest any = Digest.of(bytes);
    StudyEvent.Released released =
        new StudyEvent.Released(0, 1, ROSTER.ids(), any, any, List.of(confirmation, confirmation));
    if (ConfirmationRecord.faultIn(released, ROSTER).isEmpty()) {
      throw new AssertionError("one confirmation given twice is no quorum");
    }
    return confirmation;
  }

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    return KINDS.get(in.choose(KINDS.size())).take(in.rest());
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    try {
      for (SortedMap<String, Bytes> folder :
          List.of(
              PaperStudy.completed(PaperStudy.QUALITY, 40).folder(),
              PaperStudy.stopped(PaperStudy.QUALITY).folder())) {
        for (var file : folder.entrySet()) {
          if (file.getKey().endsWith(".entry")) {
            entry(seeds, file.getValue().toArray());
          }
        }
      }
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
    for (LogEntry entry : PaperStudy.stopped(PaperStudy.QUALITY).declaresAll().declared()) {
      Bytes declared = ((StudyEvent.NodeDeclared) entry.event()).declaration();
      seeds.put("declaration-" + entry.sequence(), Input.choosing(10, declared.toArray()));
    }
    seeds.put("opening", Input.choosing(11, Opening.of(new byte[32], new byte[] {1}).toBytes()));
    seeds.put(
        "incident",
        Input.choosing(12, IncidentReport.by(Examples.key(1), "anna.k", "a disk").toBytes()));
    seeds.put(
        "consent",
        Input.choosing(
            13,
            new PolicyConsent.Change(
                    Examples.node(2), Digest.of(new byte[] {1}), Digest.of(new byte[] {2}))
                .signedBy("anna.k", Examples.key(60), "a second year", 1_000_000)
                .toBytes()));
    seeds.put("roster", Input.choosing(2, ROSTER.toBytes()));
    ledger().forEach(e -> seeds.put(name(e), Input.choosing(3, e.toBytes())));
    Refusal refusal =
        new Refusal(
            Examples.node(2),
            Digest.of(new byte[] {1}),
            List.of(new Refusal.Reason("budget.per-study", "0.3 asked, 0.1 allowed")));
    seeds.put("refusal", Input.choosing(5, Signed.by(Examples.key(2), refusal).toBytes()));
    Matter matter = Statements.matter(Examples.node(2), Digest.of(new byte[] {1}));
    seeds.put(
        "approval",
        Input.choosing(8, Statements.says(matter, 1, "officer", Verdict.DENY).toBytes()));
    seeds.put(
        "pending",
        Input.choosing(
            9,
            new PendingStudy(matter, Bytes.of(new byte[] {1}), Bytes.EMPTY, 1_000_000).toBytes()));
    return seeds;
  }

  private static void entry(SortedMap<String, byte[]> seeds, byte[] bytes)
      throws MalformedEncoding {
    StudyEvent event = LogEntry.ofBytes(bytes).event();
    seeds.put("entry-" + name(event), Input.choosing(0, bytes));
    seeds.put(name(event), Input.choosing(1, event.toBytes()));
    if (event instanceof StudyEvent.NodeAdmitted admitted) {
      seeds.put("admission", Input.choosing(4, admitted.admission().toArray()));
    } else if (event instanceof StudyEvent.Charged charged) {
      byte[] statement = charged.statement().toArray();
      seeds.put("charge", Input.choosing(6, statement));
      remembered(seeds, Signed.ofBytes(statement, ChargeStatement::ofBytes));
    } else if (event instanceof StudyEvent.Released released) {
      seeds.put("confirmation", Input.choosing(7, released.confirmations().get(0).toArray()));
    }
  }

  /** What others remember of a member's charge, and say of it. */
  private static void remembered(SortedMap<String, byte[]> seeds, Signed<ChargeStatement> charge) {
    NodeId node = charge.statement().node();
    LedgerMemory memory = LedgerMemory.nothing().with(List.of(charge));
    Recollection recollection =
        new Recollection(Examples.node(1), node, Digest.of(new byte[] {1}), memory.of(node));
    seeds.put("memory", Input.choosing(14, memory.toBytes()));
    seeds.put("contradiction", Input.choosing(15, new Contradiction(charge, charge).toBytes()));
    seeds.put(
        "recollection", Input.choosing(16, Signed.by(Examples.key(1), recollection).toBytes()));
  }

  private static List<LedgerEntry> ledger() {
    Digest study = Digest.of(new byte[] {1});
    var noise = Examples.plan().releases().get(0).noise();
    return List.of(
        new LedgerEntry.BudgetSet("patients", Rho.roundedDown(3)),
        new LedgerEntry.StudyReserved(
            study, "patients", List.of(new PlannedRelease(Partition.ALL, noise.rho())), 2),
        new LedgerEntry.StudyReserved(
            study,
            "patients",
            List.of(new PlannedRelease(Partition.ALL, noise.rho())),
            2,
            Optional.of(new Asked("lead-one", LocalDate.of(2026, 11, 28)))),
        new LedgerEntry.ReleaseCharged(
            new org.althing.privacy.ReleaseId(study, 0, 1), noise, noise.rho()),
        new LedgerEntry.StudyClosed(study));
  }

  private static String name(Object value) {
    return value.getClass().getSimpleName();
  }

  @Override
  public List<String> words() {
    return List.of(
        "log-entry/v1",
        "study-submitted/v1",
        "node-admitted/v1",
        "node-refused/v1",
        "epoch-opened/v1",
        "round-opened/v1",
        "charged/v1",
        "released/v1",
        "round-aborted/v1",
        "witnessed/v1",
        "study-completed/v1",
        "study-stopped/v1",
        "report-issued/v1",
        "roster/v1",
        "signed-statement/v1",
        "admission/v1",
        "refusal/v1",
        "confirmation-record/v1",
        "ledger-budget/v1",
        "ledger-reservation/v1",
        "ledger-charge/v1",
        "ledger-closing/v1",
        "signed-approval/v1",
        "approval/v1",
        "pending-study/v1",
        "declaration/v1",
        "erased/v1",
        "policy-changed/v1",
        "policy-consent/v1",
        "ledger-memory/v1",
        "ledger-contradiction/v1",
        "recollection/v1",
        "charge/v2",
        "APPROVE",
        "TRAIN",
        "HOLDOUT",
        "ALL",
        "org-a");
  }

  @Override
  public Allowance allowance() {
    return new Allowance(1 << 20, 200);
  }
}
