package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.approval.PolicyConsent;
import org.althing.document.DocumentError;
import org.althing.node.policies.PolicyFolder;
import org.althing.policy.Policy;
import org.althing.policy.PolicyChange;
import org.althing.policy.Succession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy history}: what was ever in force, what each version changed, and who agreed. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Show every policy that was in force here, what it changed, and who agreed.")
final class PolicyHistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

  @Override
  public Integer call() {
    return StewardVerb.run(spec, this::show);
  }

  private int show(PrintWriter out) throws IOException, DocumentError {
    PolicyFolder folder = new PolicyFolder(NodeSettings.read(node.config()).state());
    List<PolicyConsent> consents = folder.consents();
    Optional<Policy> before = Optional.empty();
    for (PolicyFolder.Version version : folder.versions()) {
      out.printf("version %d, digest %s%n", version.number(), version.policy().digest());
      if (before.isPresent()) {
        out.print(PolicyCommand.table(PolicyChange.between(before.get(), version.policy())));
        Succession.of(before.get(), version.policy(), consents)
            .agreed()
            .values()
            .forEach(
                consent ->
                    out.printf(
                        "  %s agreed on %s: %s%n",
                        consent.person(),
                        Instant.ofEpochMilli(consent.givenMillis()),
                        consent.reason()));
      }
      before = Optional.of(version.policy());
    }
    if (before.isEmpty()) {
      out.println("no policy was ever in force: the node was never started with one");
    }
    return StewardVerb.OK;
  }
}
