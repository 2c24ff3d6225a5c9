package org.althing.node.ledger;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.althing.encoding.Digest;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LocalSums;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;

/**
 * A process of its own that charges without end and prints each acknowledged charge, until somebody
 * ends it. Arguments: the ledger's file, and a number that tells this run's studies from others'.
 */
final class ChargeUntilKilled {
  static final String POPULATION = "visits";
  private static final int RELEASES = 500;

  private ChargeUntilKilled() {}

  public static void main(String[] arguments) throws Exception {
    try (SqliteLedger store = SqliteLedger.open(Path.of(arguments[0]))) {
      BudgetLedger ledger = BudgetLedger.open(store);
      ledger.setBudget(POPULATION, Rho.roundedDown(1000));
      for (int study = 0; ; study++) {
        chargeAll(ledger, Digest.of((arguments[1] + "/" + study).getBytes("UTF-8")));
      }
    }
  }

  private static void chargeAll(BudgetLedger ledger, Digest study) {
    NoisePlan noise = LocalSums.plan(1000, 2);
    List<PlannedRelease> releases =
        Collections.nCopies(RELEASES, new PlannedRelease(Partition.ALL, noise.rho()));
    ledger.reserve(study, POPULATION, releases, 0);
    for (int release = 0; release < RELEASES; release++) {
      ChargeReceipt receipt =
          ledger.charge(new ReleaseId(study, release, 1), LocalSums.of(noise)).receipt();
      System.out.println(receipt.sequence() + " " + receipt.head() + " " + study + " " + release);
      System.out.flush();
    }
  }
}
