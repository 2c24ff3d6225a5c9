package org.althing.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.report.Findings;
import org.althing.report.StudyFolder;
import org.althing.secagg.NoisyTotal;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.Planning;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;
import org.althing.study.StudyRecord;

/** A log of one study, in memory: what outlives a crash of the coordinator. */
final class SmallLog {
  static final String ORIGIN = "log.example/althing";
  private final SigningKey key = Examples.key(100);
  private final MerkleTree tree = new MerkleTree();
  private final List<LogEntry> entries = new ArrayList<>();
  private final Map<Digest, long[]> totals = new HashMap<>();

  static SmallLog holding(StudyTexts texts, Roster federation, Digest plan) {
    SmallLog log = new SmallLog();
    log.add(
        new LogEntry(
            plan,
            0,
            LogEntry.NONE,
            0,
            new StudyEvent.StudySubmitted(
                "lead-one",
                texts.study(),
                texts.contract(),
                Bytes.of(federation.toBytes()),
                plan)));
    return log;
  }

  /** The same study in another history, under the same key and longer. */
  SmallLog forked() {
    SmallLog fork = new SmallLog();
    fork.add(entries.get(0));
    while (fork.size() <= size()) {
      fork.append(new StudyEvent.StudyStopped("another history"), Optional.empty());
    }
    return fork;
  }

  NoteKey id() {
    return new NoteKey(ORIGIN, NoteKey.Type.ED25519, key.verifyingKey());
  }

  void append(StudyEvent event, Optional<NoisyTotal> total) {
    total.ifPresent(t -> totals.put(StudyRecord.digestOfTotal(t.steps()), t.steps()));
    add(record().next(event, 1000L * entries.size()));
  }

  private void add(LogEntry entry) {
    entries.add(entry);
    tree.append(entry.toBytes());
  }

  StudyRecord record() {
    return StudyRecord.of(entries);
  }

  long size() {
    return tree.size();
  }

  long[] total(StudyEvent.Released released) {
    return totals.get(released.total()).clone();
  }

  SignedNote checkpoint() {
    return SignedNote.sign(Checkpoint.of(ORIGIN, tree).toText(), ORIGIN, key);
  }

  /**
   * The checkpoint that was shown before the newest keys or behind the newest release, cosigned.
   */
  SignedNote cosigned() {
    List<StudyEvent.Witnessed> all = record().events(StudyEvent.Witnessed.class);
    if (all.isEmpty()) {
      return checkpoint();
    }
    try {
      return SignedNote.parse(all.get(all.size() - 1).note().getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  ToNode.Welcome welcome(long witnessed) {
    return new ToNode.Welcome(checkpoint(), tree.consistency(witnessed, tree.size()));
  }

  ToNode.LogShown shown(long witnessed) {
    return new ToNode.LogShown(
        record().study(), checkpoint(), tree.consistency(witnessed, tree.size()), logged(0));
  }

  ToNode.Published published(int release, long witnessed) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).event() instanceof StudyEvent.Released released
          && released.release() == release) {
        return shown(i, Bytes.of(StudyFolder.sum(total(released))), witnessed);
      }
    }
    throw new AssertionError("release " + release + " is not in the log");
  }

  ToNode.ChargesRemembered remembered(Command.ShowCharge show, long witnessed) {
    StudyEvent charged = new StudyEvent.Charged(show.charge());
    int place = entries.stream().map(LogEntry::event).toList().lastIndexOf(charged);
    return new ToNode.ChargesRemembered(
        record().study(),
        show.release(),
        show.attempt(),
        checkpoint(),
        tree.consistency(witnessed, tree.size()),
        logged(place),
        show.remembrances());
  }

  /** An event in the record of another study, as the newest entry of this log. */
  ToNode.Logged misfiled(StudyEvent event) {
    add(new LogEntry(Digest.of(new byte[] {9}), 1, LogEntry.NONE, 0, event));
    return logged(entries.size() - 1);
  }

  ConsistencyProof consistency(long witnessed) {
    return tree.consistency(witnessed, tree.size());
  }

  /** Any entry as if it were a release; without a proof that it grew if it did not. */
  ToNode.Published shown(int entry, Bytes total, long witnessed) {
    return new ToNode.Published(
        entries.get(entry).study(),
        Bytes.of(entries.get(entry).toBytes()),
        total,
        checkpoint(),
        tree.inclusion(entry, tree.size()),
        tree.consistency(witnessed, tree.size()));
  }

  ToNode.Ended ended(String outcome, long witnessed) {
    return new ToNode.Ended(
        record().study(),
        outcome,
        checkpoint(),
        tree.consistency(witnessed, tree.size()),
        List.of(logged(0)));
  }

  ToNode.Logged logged(int entry) {
    return new ToNode.Logged(
        Bytes.of(entries.get(entry).toBytes()), tree.inclusion(entry, tree.size()));
  }

  /** As if the first entry were a declaration: whoever is shown it has to look. */
  ToNode.Declared declared(long witnessed) {
    return new ToNode.Declared(checkpoint(), tree.consistency(witnessed, tree.size()), logged(0));
  }

  /** The files that follow from the entries alone, each read back from its bytes. */
  SortedMap<String, Bytes> files() {
    List<LogEntry> read = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (entry.event() instanceof StudyEvent.ReportIssued) {
        break;
      }
      try {
        read.add(LogEntry.ofBytes(entry.toBytes()));
      } catch (MalformedEncoding e) {
        throw new AssertionError(e);
      }
    }
    StudyRecord record = StudyRecord.of(read);
    StudyEvent.StudySubmitted submission = record.submission();
    var study = StudyTexts.study(submission.study());
    var contract = StudyTexts.contract(submission.contract());
    Roster roster;
    try {
      roster = Roster.ofBytes(submission.roster().toArray());
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
    var planned = (Planning.Planned) StudyPlanner.compile(study, contract, roster);
    return StudyFolder.derived(
        Findings.of(
            study,
            contract,
            planned,
            record,
            record.releases().stream().map(this::total).toList()));
  }
}
