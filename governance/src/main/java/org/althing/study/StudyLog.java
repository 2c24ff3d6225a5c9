package org.althing.study;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.InclusionProof;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.audit.Tile;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;

/**
 * The coordinator's one log: durable entries under a Merkle tree, signed checkpoints, and each
 * study's record as a fold of its entries. What is opened after a crash is what was appended before
 * it; the normal path and recovery are the same code.
 *
 * <p>If an append fails, this object takes no further entry until the log is opened anew. Safe for
 * concurrent use.
 */
public final class StudyLog implements AutoCloseable {
  private final String origin;
  private final SigningKey key;
  private final LogStore store;
  private final MerkleTree tree = new MerkleTree();
  private final Map<Digest, StudyRecord> records = new LinkedHashMap<>();
  private final Map<Digest, List<Long>> places = new LinkedHashMap<>();
  private final DeclarationRecord declarations = new DeclarationRecord();
  private final List<Digest> reported = new ArrayList<>();
  private long notes;
  private volatile long outcomes;
  private boolean usable = true;

  private StudyLog(LogStore store, String origin, SigningKey key) {
    this.origin = origin;
    this.key = key;
    this.store = store;
  }

  /**
   * Folds every entry of the store.
   *
   * @param origin the log's public name, the first line of its checkpoints
   * @throws LogFailure if an entry is not what this class would have written in its place
   */
  public static StudyLog open(LogStore store, String origin, SigningKey key) {
    StudyLog log = new StudyLog(store, origin, key);
    for (byte[] bytes : store.entries()) {
      try {
        log.fold(LogEntry.ofBytes(bytes));
      } catch (MalformedEncoding | IllegalStateException e) {
        throw new LogFailure(
            "entry " + log.tree.size() + " of the log is damaged: restore the log from a backup",
            e);
      }
    }
    return log;
  }

  private void fold(LogEntry entry) {
    if (DeclarationRecord.holds(entry)) {
      declarations.append(entry);
    } else {
      fold(entry, records.computeIfAbsent(entry.study(), s -> new StudyRecord()));
    }
    places.computeIfAbsent(entry.study(), s -> new ArrayList<>()).add(tree.size());
    tree.append(entry.toBytes());
  }

  private void fold(LogEntry entry, StudyRecord record) {
    boolean first = entry.event() instanceof StudyEvent.ReportIssued && record.report().isEmpty();
    record.append(entry);
    if (first) {
      reported.add(entry.study());
      outcomes = reported.size() + notes;
    }
  }

  /** The key that verifies this log's checkpoints. */
  public NoteKey key() {
    return new NoteKey(origin, NoteKey.Type.ED25519, key.verifyingKey());
  }

  /** Makes the entry durable, then part of the log; answers its index. */
  public synchronized long append(LogEntry entry) {
    if (!usable) {
      throw new LogFailure("an entry could not be written to the log; open it anew first");
    }
    long index = tree.size();
    // Whether a failed append was kept is unknown; only opening the store again can tell.
    usable = false;
    store.append(index, entry.toBytes());
    usable = true;
    fold(entry);
    return index;
  }

  /** Keeps a total under its digest; to be called before the entry that names it. */
  public synchronized void putTotal(long[] total) {
    store.putTotal(StudyRecord.digestOfTotal(total), total);
  }

  public synchronized long[] total(Digest digest) {
    return store
        .total(digest)
        .filter(total -> StudyRecord.digestOfTotal(total).equals(digest))
        .orElseThrow(() -> new LogFailure("the log lacks a total that an entry names"));
  }

  public synchronized List<StudyRecord> records() {
    return List.copyOf(records.values());
  }

  public synchronized Optional<StudyRecord> record(Digest study) {
    return Optional.ofNullable(records.get(study));
  }

  /** The studies with a report, in the order of their reports, from number {@code seen} on. */
  public synchronized List<Digest> reported(int seen) {
    return List.copyOf(reported.subList(seen, reported.size()));
  }

  /**
   * How many reports and closing checkpoints have come so far. While it stands still, so does what
   * is to be said of finished studies; asking waits for nobody.
   */
  public long outcomes() {
    return outcomes;
  }

  /** What the nodes declared, whatever the study. */
  public synchronized DeclarationRecord declarations() {
    return declarations;
  }

  /** Where in the log a study's entries lie, or those of {@link Declaration#CHAIN}. */
  public synchronized List<Long> places(Digest study) {
    return List.copyOf(places.getOrDefault(study, List.of()));
  }

  public synchronized Checkpoint checkpoint() {
    return Checkpoint.of(origin, tree);
  }

  /** The newest checkpoint under the log's signature. */
  public synchronized SignedNote signedCheckpoint() {
    return SignedNote.sign(checkpoint().toText(), origin, key);
  }

  public synchronized InclusionProof inclusion(long index, long size) {
    return tree.inclusion(index, size);
  }

  public synchronized ConsistencyProof consistency(long from, long to) {
    return tree.consistency(from, to);
  }

  /**
   * The bytes of one of the log's tiles.
   *
   * @return nothing where the log is not so long yet, or has an entry in it that is too long for a
   *     tile
   */
  public synchronized Optional<byte[]> tile(Tile tile) {
    if (tile.level() != Tile.ENTRIES) {
      return tree.tile(tile);
    }
    return tile.first() + tile.width() > tree.size()
        ? Optional.empty()
        : Tile.bundle(store.entries(tile.first(), tile.width()));
  }

  /** Keeps the cosigned checkpoint that closes a study. */
  public synchronized void putNote(Digest study, SignedNote note) {
    store.putNote(study, note.toBytes());
    notes++;
    outcomes = reported.size() + notes;
  }

  public synchronized Optional<String> note(Digest study) {
    return store.note(study).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    store.close();
  }
}
