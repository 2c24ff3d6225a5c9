package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.ForkEvidence;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.audit.Tile;
import org.althing.encoding.Bytes;
import org.althing.federation.SigningKey;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of three hundred entries of two studies, copied as files, then changed in every way. */
class WholeLogTest {
  private static final SigningKey KEY = Examples.key(60);
  private static final int ENTRIES = 300;

  private final List<LogEntry> entries = new ArrayList<>();
  private final MerkleTree tree = new MerkleTree();
  private SortedMap<String, Bytes> files = new TreeMap<>();

  @BeforeEach
  void write() {
    StudyRecord bayes = PaperStudy.stopped(PaperStudy.NAIVE_BAYES).findings().record();
    StudyRecord audit = PaperStudy.stopped(PaperStudy.QUALITY).findings().record();
    bayes.entries().forEach(this::append);
    audit.entries().forEach(this::append);
    while (entries.size() < ENTRIES) {
      LogEntry next =
          audit.next(
              new StudyEvent.Witnessed(new String(signed(tree), StandardCharsets.UTF_8)),
              entries.size());
      audit.append(next);
      append(next);
    }
    files = copy(entries);
  }

  private void append(LogEntry entry) {
    entries.add(entry);
    tree.append(entry.toBytes());
  }

  private static byte[] signed(MerkleTree of) {
    return note(of).toBytes();
  }

  /** What a client of the log copies, of a log that has these entries. */
  private static SortedMap<String, Bytes> copy(List<LogEntry> log) {
    MerkleTree grown = new MerkleTree();
    log.forEach(entry -> grown.append(entry.toBytes()));
    SortedMap<String, Bytes> copied = new TreeMap<>();
    copied.put(
        WholeLog.KEY,
        Bytes.of(
            (new NoteKey(PaperStudy.ORIGIN, NoteKey.Type.ED25519, KEY.verifyingKey()).toText()
                    + "\n")
                .getBytes(StandardCharsets.UTF_8)));
    copied.put(WholeLog.CHECKPOINT, Bytes.of(signed(grown)));
    for (Tile tile : Tile.of(log.size())) {
      copied.put(
          tile.path(),
          Bytes.of(
              grown
                  .tile(tile)
                  .or(
                      () ->
                          Tile.bundle(
                              log.stream()
                                  .skip(tile.first())
                                  .limit(tile.width())
                                  .map(LogEntry::toBytes)
                                  .toList()))
                  .orElseThrow()));
    }
    return copied;
  }

  private static Evidence verify(SortedMap<String, Bytes> log) {
    assertThat(WholeLog.isOne(log)).isTrue();
    return WholeLog.verify(log, new TreeMap<>());
  }

  @Test
  void anUntouchedCopyHolds() {
    Evidence evidence = verify(files);
    assertThat(evidence.fault()).isEmpty();
    assertThat(evidence.held()).hasSize(5);
    assertThat(evidence.held().get(4).finding()).startsWith("2 studies, 0 of them completed");
    assertThat(verify(copy(List.of())).isValid()).isTrue();
  }

  @Test
  void declarationsAreToldWithoutAGapToo() {
    List<LogEntry> log = new ArrayList<>(entries);
    PaperStudy paper = PaperStudy.stopped(PaperStudy.STATISTICS).declaresAll();
    log.addAll(paper.declared());
    assertThat(verify(copy(log)).held().get(4).finding()).contains("and 3 declarations");
    log.remove(ENTRIES + 1);
    assertThat(verify(copy(log)).fault()).isPresent();
  }

  /** A third party needs two texts, both under the log's own key, and no word of anybody. */
  @Test
  void aReceiptProvesThatItsEntryWasDroppedOrRewritten() {
    InclusionReceipt receipt =
        new InclusionReceipt(
            Bytes.of(entries.get(2).toBytes()),
            tree.inclusion(2, tree.size()),
            SignedNote.sign(
                Checkpoint.of(PaperStudy.ORIGIN, tree).toText(), PaperStudy.ORIGIN, KEY));
    SortedMap<String, Bytes> kept = new TreeMap<>();
    kept.put("2.tlog-proof", Bytes.of(receipt.toText().getBytes(StandardCharsets.UTF_8)));
    assertThat(WholeLog.verify(files, kept).fault()).isEmpty();
    // The study of the entry, hidden whole and consistently; what was cosigned with it.
    List<LogEntry> hidden = PaperStudy.stopped(PaperStudy.QUALITY).findings().record().entries();
    assertThat(verify(copy(hidden)).fault()).isEmpty();
    assertThat(WholeLog.verify(copy(hidden), kept).fault().orElseThrow().finding())
        .contains("dropped or rewrote");
  }

  /** What a node holds of a log: its newest checkpoint, and what it refused. */
  @Test
  void aCheckpointThatANodeKeptIsTheBeginningOfTheCopyOrProvesAFork() {
    MerkleTree other = new MerkleTree();
    entries.subList(1, 200).forEach(entry -> other.append(entry.toBytes()));
    SignedNote honest = note(beginning(256));
    SignedNote forked = note(other);
    assertThat(held(files, honest.toBytes()).fault()).isEmpty();
    assertThat(held(files, forked.toBytes()).fault().orElseThrow().finding())
        .contains("another root of its first 199", "two histories");
    ConsistencyProof none = new ConsistencyProof(0, 0, List.of());
    String fork = new ForkEvidence(forked, honest, none).toText();
    assertThat(held(files, fork.getBytes(StandardCharsets.UTF_8)).fault().orElseThrow().finding())
        .contains("two histories");
    assertThat(held(copy(entries.subList(0, 20)), honest.toBytes()).fault().orElseThrow().finding())
        .contains("older copy, or the log dropped some");
    SignedNote forged = SignedNote.sign(honest.text(), PaperStudy.ORIGIN, Examples.key(61));
    assertThat(held(files, forged.toBytes()).fault().orElseThrow().finding())
        .contains("did not sign");
  }

  private MerkleTree beginning(int size) {
    MerkleTree tree = new MerkleTree();
    entries.subList(0, size).forEach(entry -> tree.append(entry.toBytes()));
    return tree;
  }

  private static SignedNote note(MerkleTree of) {
    return SignedNote.sign(Checkpoint.of(PaperStudy.ORIGIN, of).toText(), PaperStudy.ORIGIN, KEY);
  }

  private static Evidence held(SortedMap<String, Bytes> log, byte[] promise) {
    return WholeLog.verify(log, new TreeMap<>(Map.of("kept", Bytes.of(promise))));
  }

  @Test
  void aChangedBitOfAnyFileIsNoticed() {
    for (String name : files.keySet()) {
      byte[] bytes = files.get(name).toArray();
      bytes[bytes.length / 2] ^= 1;
      SortedMap<String, Bytes> changed = new TreeMap<>(files);
      changed.put(name, Bytes.of(bytes));
      assertThat(verify(changed).isValid()).as(name).isFalse();
    }
  }

  @Test
  void aMissingTileAndAFileTooManyAreNoticed() {
    for (String name : files.keySet()) {
      if (!name.equals(WholeLog.CHECKPOINT)) {
        SortedMap<String, Bytes> fewer = new TreeMap<>(files);
        fewer.remove(name);
        assertThat(verify(fewer).isValid()).as(name).isFalse();
      }
    }
    files.put("tile/0/002", Bytes.of(new byte[32]));
    assertThat(verify(files).isValid()).isFalse();
  }

  /** The log's own key signs whatever the coordinator likes: what was cosigned gives it away. */
  @Test
  void aHistoryRewrittenUnderTheLogsKeyIsNoticed() {
    List<LogEntry> dropped = new ArrayList<>(entries);
    dropped.remove(ENTRIES - 1);
    assertThat(verify(copy(dropped)).isValid()).isTrue();
    dropped.remove(3);
    assertThat(verify(copy(dropped)).fault()).isPresent();

    // One study left out whole: no study has a gap, but nobody cosigned such a beginning.
    List<LogEntry> hidden =
        entries.stream().filter(e -> !e.study().equals(entries.get(0).study())).toList();
    assertThat(verify(copy(hidden)).fault().orElseThrow().finding())
        .contains("not this log's beginning");
  }

  @Test
  void aCheckpointOfAHugeLogIsRefusedBeforeItsTilesAreListed() {
    String text = PaperStudy.ORIGIN + "\n" + Long.MAX_VALUE + "\n" + base64Root() + "\n";
    files.put(
        WholeLog.CHECKPOINT, Bytes.of(SignedNote.sign(text, PaperStudy.ORIGIN, KEY).toBytes()));
    assertThat(verify(files).fault().orElseThrow().finding()).startsWith("tiles are missing");
  }

  private String base64Root() {
    return java.util.Base64.getEncoder().encodeToString(tree.root().bytes());
  }
}
