package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.audit.Checkpoint;
import org.althing.audit.ForkEvidence;
import org.althing.audit.NoteKey;
import org.althing.cli.Evidence.Check;
import org.althing.encoding.MalformedEncoding;

/**
 * Checks what a node kept of a log that it refused: that the log whose key the reader knows signed
 * both checkpoints, and that no one history has both.
 */
final class LogAccusation {
  private LogAccusation() {}

  static boolean isOne(byte[] file) {
    return DocumentFile.beginsWith(file, ForkEvidence.FIRST_LINE);
  }

  /**
   * @param key of the log, a C2SP vkey on one line
   */
  static Evidence verify(byte[] file, byte[] key) {
    List<Check> held = new ArrayList<>();
    try {
      ForkEvidence fork = ForkEvidence.parse(file);
      NoteKey log = NoteKey.parse(new String(key, StandardCharsets.UTF_8).strip());
      require(
          fork.isSigned(log),
          "the log with key %s did not sign both checkpoints".formatted(log.key().fingerprint()));
      Checkpoint seen = Checkpoint.parse(fork.seen().text());
      Checkpoint refused = Checkpoint.parse(fork.refused().text());
      held.add(
          new Check(
              "signatures",
              "%s signed checkpoints of %d and of %d entries with log key %s"
                  .formatted(log.name(), seen.size(), refused.size(), log.key().fingerprint())));
      String why =
          fork.why()
              .orElseThrow(
                  () ->
                      new EvidenceFault(
                          "nothing here says that the one does not continue the other; a copy of the log decides, by whether it has both: verify COPY --receipts FILE"));
      held.add(new Check("fork", "the log told two histories: it signed " + why));
      return new Evidence(held, Optional.empty());
    } catch (MalformedEncoding | IllegalArgumentException e) {
      return fault(held, "this is no evidence of a fork: " + e.getMessage());
    } catch (EvidenceFault e) {
      return fault(held, String.valueOf(e.getMessage()));
    }
  }

  private static Evidence fault(List<Check> held, String why) {
    return new Evidence(held, Optional.of(new Check(held.isEmpty() ? "signatures" : "fork", why)));
  }
}
