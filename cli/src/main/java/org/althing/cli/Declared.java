package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.althing.audit.InclusionProof;
import org.althing.audit.MerkleTree;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.report.StudyFolder;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.LogEntry;
import org.althing.study.Signed;

/**
 * What the study's members declared of themselves before the final checkpoint, as the folder shows
 * it. That none is left out, only a copy of the whole log can tell.
 */
final class Declared {
  private Declared() {}

  /** The entries, each signed by the member it is of and in the log, in the order of the log. */
  static List<LogEntry> in(StudyFiles files, LogEvidence log, Roster roster) throws EvidenceFault {
    List<LogEntry> entries = new ArrayList<>();
    Map<NodeId, Long> numbers = new HashMap<>();
    long previous = -1;
    for (int sequence : files.declared()) {
      String name = StudyFolder.declaredName(sequence);
      try {
        byte[] bytes = files.bytes(name).toArray();
        LogEntry entry = LogEntry.ofBytes(bytes);
        require(
            DeclarationRecord.holds(entry) && entry.sequence() == sequence,
            name + " is another entry than its name says");
        String proofName = StudyFolder.declaredProofName(sequence);
        InclusionProof proof = InclusionProof.parse(files.text(proofName));
        require(
            proof.size() == log.checkpoint().size()
                && proof.index() > previous
                && proof.proves(MerkleTree.leafHash(bytes), log.checkpoint().root()),
            proofName + " does not show its entry in the log, in its order");
        previous = proof.index();
        Signed<Declaration> declared = DeclarationRecord.of(entry);
        require(declared.verifies(roster), name + " is not signed by a member");
        Declaration said = declared.statement();
        Long before = numbers.put(said.node(), said.number());
        require(before == null || before < said.number(), name + ": numbers of a member ascend");
        entries.add(entry);
      } catch (MalformedEncoding e) {
        throw new EvidenceFault(name + " is no declaration: " + e.getMessage());
      }
    }
    return entries;
  }
}
