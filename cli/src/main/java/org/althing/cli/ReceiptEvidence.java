package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.audit.Checkpoint;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.NoteKey;
import org.althing.cli.Evidence.Check;
import org.althing.encoding.MalformedEncoding;
import org.althing.study.LogEntry;

/**
 * Checks a node's receipt: that the log whose key the reader knows signed a checkpoint of a tree
 * that has the entry in this place. A log that shows others another tree of this size has lied to
 * one of them, and both texts together prove it.
 */
final class ReceiptEvidence {
  private ReceiptEvidence() {}

  static boolean isOne(byte[] file) {
    return DocumentFile.beginsWith(file, InclusionReceipt.FIRST_LINE);
  }

  /**
   * @param key of the log, a C2SP vkey on one line
   */
  static Evidence verify(byte[] file, byte[] key) {
    List<Check> held = new ArrayList<>();
    try {
      InclusionReceipt receipt = InclusionReceipt.parse(file);
      NoteKey log = NoteKey.parse(new String(key, StandardCharsets.UTF_8).strip());
      require(
          receipt.holds(log),
          "the log with key %s did not sign a tree with this entry in place %d"
              .formatted(log.key().fingerprint(), receipt.proof().index()));
      Checkpoint checkpoint = Checkpoint.parse(receipt.checkpoint().text());
      held.add(
          new Check(
              "receipt",
              "entry in place %d of the %d of %s, signed by log key %s"
                  .formatted(
                      receipt.proof().index(),
                      checkpoint.size(),
                      checkpoint.origin(),
                      log.key().fingerprint())));
      LogEntry entry = LogEntry.ofBytes(receipt.entry().toArray());
      held.add(
          new Check(
              "entry",
              "%s, number %d of %s"
                  .formatted(
                      entry.event().getClass().getSimpleName(),
                      entry.sequence(),
                      entry.study().brief())));
      return new Evidence(held, Optional.empty());
    } catch (MalformedEncoding | IllegalArgumentException e) {
      return fault(held, "this is no receipt: " + e.getMessage());
    } catch (EvidenceFault e) {
      return fault(held, String.valueOf(e.getMessage()));
    }
  }

  private static Evidence fault(List<Check> held, String why) {
    return new Evidence(held, Optional.of(new Check(held.isEmpty() ? "receipt" : "entry", why)));
  }
}
