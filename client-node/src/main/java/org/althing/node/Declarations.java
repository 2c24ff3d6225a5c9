package org.althing.node;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.althing.approval.PolicyConsent;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.node.declarations.DeclarationFolder;
import org.althing.node.keys.IdentityFile;
import org.althing.node.policies.PolicyFolder;
import org.althing.policy.Budget;
import org.althing.policy.Policy;
import org.althing.policy.Succession;
import org.althing.privacy.PopulationSpend;
import org.althing.privacy.Rho;
import org.althing.study.Declaration;
import org.althing.study.Opening;
import org.althing.study.Signed;

/**
 * What a node declares of itself: written down by whoever causes it, sent by the node's process.
 */
final class Declarations {
  private final NodeSettings settings;
  private final DeclarationFolder folder;

  Declarations(NodeSettings settings) {
    this.settings = settings;
    this.folder = new DeclarationFolder(settings.state());
  }

  DeclarationFolder folder() {
    return folder;
  }

  /** Signs and writes down; the node sends it when it runs. */
  Signed<Declaration> add(Declaration.Matter matter, List<Opening> opened) throws IOException {
    return folder.add(
        settings.id(),
        IdentityFile.read(settings.identity()),
        matter,
        opened,
        Receipts.of(settings, fault -> {}).lastDeclaration(),
        Instant.now().toEpochMilli());
  }

  /**
   * As {@link #add}, unless the very same is declared already: what was stopped before it could
   * note that it had declared may ask again.
   */
  Signed<Declaration> addOnce(Declaration.Matter matter) throws IOException {
    for (Signed<Declaration> each : folder.all()) {
      if (each.statement().matter().equals(matter)) {
        return each;
      }
    }
    return add(matter, List.of());
  }

  /** A commitment to something about a person. */
  static Opening commit(byte[] payload) {
    byte[] salt = new byte[Opening.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return Opening.of(salt, payload);
  }

  /** What the log is not shown to have yet. */
  List<Signed<Declaration>> undelivered(Consumer<String> faults) throws IOException {
    Receipts receipts = Receipts.of(settings, faults);
    return folder.all().stream().filter(each -> !receipts.have(Bytes.of(each.toBytes()))).toList();
  }

  /**
   * Declares every policy that took the place of another and was not only stricter, once: a node
   * that was stopped in between declares it when it starts.
   */
  void ofPolicies() throws IOException {
    Set<List<Digest>> declared = new HashSet<>();
    for (Signed<Declaration> each : folder.all()) {
      if (each.statement().matter() instanceof Declaration.PolicyChanged changed) {
        declared.add(List.of(changed.before(), changed.after()));
      }
    }
    PolicyFolder policies = new PolicyFolder(settings.state());
    List<PolicyConsent> consents = policies.consents();
    Optional<Policy> before = Optional.empty();
    for (PolicyFolder.Version version : policies.versions()) {
      Policy after = version.policy();
      if (before.isPresent() && declared.add(List.of(before.get().digest(), after.digest()))) {
        Succession succession = Succession.of(before.get(), after, consents);
        if (!succession.open().isEmpty()) {
          changed(before.get(), after, List.copyOf(succession.agreed().values()));
        }
      }
      before = Optional.of(after);
    }
  }

  private void changed(Policy before, Policy after, List<PolicyConsent> agreed) throws IOException {
    List<Opening> opened = agreed.stream().map(each -> commit(each.toBytes())).toList();
    add(
        new Declaration.PolicyChanged(
            before.digest(),
            after.digest(),
            agreed.size(),
            renewals(before, after),
            agreed.stream().map(each -> each.reason().strip()).distinct().toList(),
            opened.stream().map(Opening::commitment).toList()),
        opened);
  }

  private static List<Declaration.Renewal> renewals(Policy before, Policy after) {
    List<Declaration.Renewal> renewals = new ArrayList<>();
    for (Map.Entry<String, Budget> each : after.budgets().entrySet()) {
      Rho had = before.budgetOf(each.getKey()).map(Budget::total).orElse(Rho.ZERO);
      if (each.getValue().total().compareTo(had) > 0) {
        renewals.add(
            new Declaration.Renewal(
                PopulationSpend.digestOf(each.getKey()), had, each.getValue().total()));
      }
    }
    return renewals;
  }
}
