package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.InclusionProof;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.NoteSignature;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.compliance.Receipt;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.report.StudyFolder;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;

/** The log's part of the evidence: proofs, the final checkpoint and who signed it. */
record LogEvidence(NoteKey key, SignedNote note, Checkpoint checkpoint) {
  static LogEvidence of(StudyFiles files) throws EvidenceFault {
    return of(files, StudyFolder.LOG_KEY, StudyFolder.CHECKPOINT);
  }

  /** The log by the files of its key and of its newest checkpoint, whatever they are called. */
  static LogEvidence of(StudyFiles files, String keyName, String checkpointName)
      throws EvidenceFault {
    String keyText = files.text(keyName);
    require(keyText.endsWith("\n"), keyName + " has no line end");
    try {
      NoteKey key = NoteKey.parse(keyText.substring(0, keyText.length() - 1));
      SignedNote note = SignedNote.parse(files.bytes(checkpointName).toArray());
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      require(key.type() == NoteKey.Type.ED25519, "the log's key is none for signatures");
      require(checkpoint.origin().equals(key.name()), "the log's key is another log's");
      require(note.signedBy(key), "the log's signature on the checkpoint is not true");
      return new LogEvidence(key, note, checkpoint);
    } catch (MalformedEncoding e) {
      throw new EvidenceFault(
          "%s or %s is malformed: %s".formatted(keyName, checkpointName, e.getMessage()));
    }
  }

  /**
   * Whether every entry is in the tree, in order, and every earlier checkpoint is its beginning.
   */
  void requireEntries(StudyFiles files, List<LogEntry> entries) throws EvidenceFault {
    long previous = -1;
    for (LogEntry entry : entries) {
      String name = StudyFolder.proofName(entry.sequence());
      InclusionProof proof = inclusion(files, name);
      require(
          proof.size() == checkpoint.size()
              && proof.proves(MerkleTree.leafHash(entry.toBytes()), checkpoint.root()),
          name + " does not show entry " + entry.sequence() + " in the log");
      require(proof.index() > previous, name + ": the entries are out of order in the log");
      previous = proof.index();
      if (entry.event() instanceof StudyEvent.Witnessed witnessed) {
        requireBeginning(files, entry, witnessed, proof.index());
      }
    }
  }

  /** What a report says of the proofs, once they hold. */
  Receipt receipt(StudyFiles files, List<LogEntry> entries, List<NodeId> cosigners)
      throws EvidenceFault {
    List<Long> places = new ArrayList<>();
    for (LogEntry entry : entries) {
      places.add(inclusion(files, StudyFolder.proofName(entry.sequence())).index());
    }
    Digest issue = entries.get(entries.size() - 1).digest();
    return new Receipt(checkpoint, key.key().fingerprint(), places, issue, cosigners);
  }

  private static InclusionProof inclusion(StudyFiles files, String name) throws EvidenceFault {
    try {
      return InclusionProof.parse(files.text(name));
    } catch (MalformedEncoding e) {
      throw new EvidenceFault(name + " is no inclusion proof: " + e.getMessage());
    }
  }

  private void requireBeginning(
      StudyFiles files, LogEntry entry, StudyEvent.Witnessed witnessed, long index)
      throws EvidenceFault {
    String name = StudyFolder.consistencyName(entry.sequence());
    try {
      SignedNote earlier = SignedNote.parse(witnessed.note().getBytes(StandardCharsets.UTF_8));
      Checkpoint begun = Checkpoint.parse(earlier.text());
      ConsistencyProof proof = ConsistencyProof.parse(files.text(name));
      require(
          begun.origin().equals(checkpoint.origin())
              && begun.size() <= index
              && earlier.signedBy(key),
          "entry " + entry.sequence() + " holds a checkpoint that is not this log's");
      require(
          proof.from() == begun.size()
              && proof.to() == checkpoint.size()
              && proof.proves(begun.root(), checkpoint.root()),
          name + " does not show that the log only grew");
    } catch (MalformedEncoding e) {
      throw new EvidenceFault(name + " or its entry is malformed: " + e.getMessage());
    }
  }

  /** The members that cosigned the final checkpoint, at least a quorum, no line being false. */
  List<NodeId> cosigners(Roster roster, List<LogEntry> entries) throws EvidenceFault {
    for (LogEntry entry : entries) {
      if (entry.event() instanceof StudyEvent.Witnessed witnessed) {
        signers(parsed(witnessed), roster, "the checkpoint in entry " + entry.sequence());
      }
    }
    List<NodeId> cosigners = signers(note, roster, "the final checkpoint");
    int needed = Witness.quorum(roster);
    require(
        cosigners.size() >= needed,
        "the final checkpoint has %d cosignatures, %d are needed"
            .formatted(cosigners.size(), needed));
    return cosigners;
  }

  private static SignedNote parsed(StudyEvent.Witnessed witnessed) throws EvidenceFault {
    try {
      return SignedNote.parse(witnessed.note().getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEncoding e) {
      throw new EvidenceFault("a cosigned checkpoint is malformed: " + e.getMessage());
    }
  }

  private List<NodeId> signers(SignedNote signed, Roster roster, String what) throws EvidenceFault {
    List<NodeId> signers = new ArrayList<>();
    Set<NoteSignature> known = new HashSet<>();
    for (Roster.Member member : roster.members()) {
      NoteKey cosigner = new NoteKey(member.id().value(), NoteKey.Type.COSIGNATURE, member.key());
      List<NoteSignature> claims =
          signed.signatures().stream().filter(line -> line.claims(cosigner)).toList();
      require(
          claims.isEmpty() || (claims.size() == 1 && signed.signedBy(cosigner)),
          "the cosignature of %s on %s is not true".formatted(member.id(), what));
      if (!claims.isEmpty()) {
        signers.add(member.id());
        known.add(claims.get(0));
      }
    }
    for (NoteSignature line : signed.signatures()) {
      require(
          known.contains(line) || line.claims(key),
          "%s carries a line of %s, who is not in the roster".formatted(what, line.name()));
    }
    return signers;
  }
}
