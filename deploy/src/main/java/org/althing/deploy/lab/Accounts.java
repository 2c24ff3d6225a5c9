package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.althing.document.Federation.Organisation;
import org.althing.federation.NodeId;
import org.althing.node.ledger.SqliteLedger;
import org.althing.privacy.Balance;
import org.althing.privacy.BudgetLedger;

/**
 * What each organisation has spent and has left, read from its own ledger once its node has ended.
 */
record Accounts(Map<NodeId, Balance> balances) {
  private static final String LEDGER = "ledger.sqlite";

  Accounts {
    balances = Map.copyOf(balances);
  }

  static Accounts read(LabFolders folders, LabInput input) throws IOException {
    Map<NodeId, Balance> balances = new TreeMap<>();
    for (Organisation organisation : input.federation().organisations()) {
      Path file = folders.nodeFolder(organisation.id()).resolve("state").resolve(LEDGER);
      if (Files.isRegularFile(file)) {
        try (SqliteLedger store = SqliteLedger.open(file)) {
          balances.put(
              organisation.id(), BudgetLedger.open(store).balance(organisation.population()));
        }
      }
    }
    return new Accounts(balances);
  }
}
