package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.althing.audit.Checkpoint;
import org.althing.audit.ForkEvidence;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.MerkleTree;
import org.althing.audit.SignedNote;
import org.althing.audit.Tile;
import org.althing.cli.Evidence.Check;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.study.DeclarationRecord;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/**
 * Checks a copy of a coordinator's whole log, tile by tile: that it is the log its checkpoint
 * signs, that every study in it is told without a gap, and that whatever its witnesses cosigned is
 * its beginning. Numbers, signatures of nodes and results are checked in the studies' folders.
 */
final class WholeLog {
  static final String CHECKPOINT = "checkpoint";
  static final String KEY = "key";
  private static final List<String> NAMES =
      List.of("checkpoint", "files", "tree", "receipts", "studies");

  private final StudyFiles files;
  private final SortedMap<String, Bytes> promises;
  private final List<Check> held = new ArrayList<>();

  private WholeLog(StudyFiles files, SortedMap<String, Bytes> promises) {
    this.files = files;
    this.promises = promises;
  }

  /** Whether these are the files of a log, not of a study's folder. */
  static boolean isOne(SortedMap<String, Bytes> files) {
    return files.containsKey(CHECKPOINT);
  }

  /**
   * @param promises what the log once signed, by name: any node's receipts, its newest checkpoint,
   *     and what it kept of a fork
   */
  static Evidence verify(SortedMap<String, Bytes> files, SortedMap<String, Bytes> promises) {
    WholeLog log = new WholeLog(new StudyFiles(files), promises);
    try {
      log.run(files.keySet());
      return new Evidence(log.held, Optional.empty());
    } catch (EvidenceFault
        | MalformedEncoding
        | IllegalStateException
        | IllegalArgumentException e) {
      return new Evidence(
          log.held,
          Optional.of(new Check(NAMES.get(log.held.size()), String.valueOf(e.getMessage()))));
    }
  }

  private void holds(String finding) {
    held.add(new Check(NAMES.get(held.size()), finding));
  }

  private void run(Set<String> names) throws EvidenceFault, MalformedEncoding {
    LogEvidence log = LogEvidence.of(files, KEY, CHECKPOINT);
    Checkpoint checkpoint = log.checkpoint();
    holds(
        "%d entries of %s, signed by log key %s"
            .formatted(checkpoint.size(), checkpoint.origin(), log.key().key().fingerprint()));
    // A signed size says nothing of what is here: no list is made for it before the files are many.
    require(
        checkpoint.size() / Tile.FULL <= names.size(),
        "tiles are missing: the checkpoint has %d entries".formatted(checkpoint.size()));
    List<Tile> tiles = Tile.of(checkpoint.size());
    Set<String> expected = new TreeSet<>(Set.of(KEY, CHECKPOINT));
    tiles.forEach(tile -> expected.add(tile.path()));
    files.requireNames(expected);
    holds(tiles.size() + " tiles, all that a log of this size has");
    MerkleTree tree = new MerkleTree();
    List<LogEntry> entries = new ArrayList<>();
    for (Tile tile : tiles) {
      if (tile.level() == Tile.ENTRIES) {
        for (byte[] entry : tile.entries(files.bytes(tile.path()).toArray())) {
          tree.append(entry);
          entries.add(LogEntry.ofBytes(entry));
        }
      } else {
        require(
            tree.tile(tile).map(Bytes::of).filter(files.bytes(tile.path())::equals).isPresent(),
            tile.path() + " does not hold the hashes of the entries");
      }
    }
    require(
        tree.root().equals(checkpoint.root()), "the entries do not hash to the checkpoint's root");
    holds("the entries hash to every tile and to the checkpoint's root");
    promises(log, tree, entries);
    studies(log, tree, entries);
  }

  /** Whether this copy keeps what the log promised: all of it is under the log's own key. */
  private void promises(LogEvidence log, MerkleTree tree, List<LogEntry> entries)
      throws EvidenceFault, MalformedEncoding {
    for (Map.Entry<String, Bytes> file : promises.entrySet()) {
      byte[] content = file.getValue().toArray();
      if (ReceiptEvidence.isOne(content)) {
        InclusionReceipt receipt = InclusionReceipt.parse(content);
        require(
            receipt.holds(log.key()),
            file.getKey() + " is no receipt of this log: its key did not sign it");
        long place = receipt.proof().index();
        require(
            place >= entries.size()
                || receipt.entry().equals(Bytes.of(entries.get((int) place).toBytes())),
            "%s: the log signed that it holds another entry in place %d than this copy does: the two together prove that it dropped or rewrote one"
                .formatted(file.getKey(), place));
        requireBeginning(file.getKey(), receipt.checkpoint(), log, tree);
      } else if (LogAccusation.isOne(content)) {
        ForkEvidence fork = ForkEvidence.parse(content);
        requireBeginning(file.getKey(), fork.seen(), log, tree);
        requireBeginning(file.getKey(), fork.refused(), log, tree);
      } else {
        requireBeginning(file.getKey(), SignedNote.parse(content), log, tree);
      }
    }
    holds(promises.size() + " hold: this copy has every entry that they promise");
  }

  /** Whether what the log signed then is the beginning of this copy. */
  private static void requireBeginning(
      String file, SignedNote note, LogEvidence log, MerkleTree tree)
      throws EvidenceFault, MalformedEncoding {
    Checkpoint then = Checkpoint.parse(note.text());
    require(
        note.signedBy(log.key()) && then.origin().equals(log.checkpoint().origin()),
        file + " has a checkpoint that this log's key did not sign");
    require(
        then.size() <= tree.size(),
        "%s: the log signed %d entries and this copy has %d: it is an older copy, or the log dropped some; a copy of as many decides"
            .formatted(file, then.size(), tree.size()));
    require(
        then.root().equals(tree.root(then.size())),
        "%s: the log signed another root of its first %d entries than this copy has: the two together prove that it told two histories"
            .formatted(file, then.size()));
  }

  private void studies(LogEvidence log, MerkleTree tree, List<LogEntry> entries)
      throws EvidenceFault, MalformedEncoding {
    Map<Digest, StudyRecord> studies = new LinkedHashMap<>();
    DeclarationRecord declarations = new DeclarationRecord();
    int cosigned = 0;
    for (int index = 0; index < entries.size(); index++) {
      LogEntry entry = entries.get(index);
      if (DeclarationRecord.holds(entry)) {
        declarations.append(entry);
        continue;
      }
      studies.computeIfAbsent(entry.study(), s -> new StudyRecord()).append(entry);
      if (entry.event() instanceof StudyEvent.Witnessed witnessed) {
        SignedNote note = SignedNote.parse(witnessed.note().getBytes(StandardCharsets.UTF_8));
        Checkpoint begun = Checkpoint.parse(note.text());
        require(
            begun.origin().equals(log.checkpoint().origin())
                && note.signedBy(log.key())
                && begun.size() <= index
                && begun.root().equals(tree.root(begun.size())),
            "entry %d holds a cosigned checkpoint that is not this log's beginning"
                .formatted(index));
        cosigned++;
      }
    }
    holds(
        "%d studies, %d of them completed, and %d declarations, each without a gap; %d cosigned checkpoints are beginnings of this log"
            .formatted(
                studies.size(),
                studies.values().stream().filter(StudyRecord::completed).count(),
                declarations.entries().size(),
                cosigned));
  }
}
