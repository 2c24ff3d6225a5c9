package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.util.List;
import java.util.Optional;
import org.althing.cli.Evidence.Check;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Roster;
import org.althing.session.Contradiction;

/**
 * Checks a proof that a member's ledger was put back or runs twice: the file that a node keeps in
 * its state folder's {@code contradictions}, believed by nobody's word.
 */
final class LedgerAccusation {
  private static final String NAME = "contradiction";

  private LedgerAccusation() {}

  static Evidence verify(byte[] file, Roster roster) {
    try {
      Contradiction proof = Contradiction.ofBytes(file);
      require(
          proof.first().verifies(roster) && proof.second().verifies(roster),
          "the two charges are not signed by one member of the roster");
      String why = proof.why().orElseThrow(() -> new EvidenceFault("one ledger can hold both"));
      return new Evidence(
          List.of(
              new Check(
                  NAME,
                  "%s signed two charges that one ledger cannot hold: %s"
                      .formatted(proof.node(), why))),
          Optional.empty());
    } catch (MalformedEncoding e) {
      return fault("this is no proof of two ledgers: " + e.getMessage());
    } catch (EvidenceFault e) {
      return fault(String.valueOf(e.getMessage()));
    }
  }

  private static Evidence fault(String why) {
    return new Evidence(List.of(), Optional.of(new Check(NAME, why)));
  }
}
