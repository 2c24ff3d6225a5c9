package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.approval.Person;
import org.althing.approval.PolicyConsent;
import org.althing.document.DocumentError;
import org.althing.federation.SigningKey;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.node.keys.IdentityFile;
import org.althing.node.policies.PolicyFolder;
import org.althing.policy.Policy;
import org.althing.policy.Succession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code policy agree}: lets a policy that is not only stricter follow the one in force. */
@Command(
    name = "agree",
    mixinStandardHelpOptions = true,
    description = {
      "Show what the node's policy file changes of the policy in force, and agree to it with your own key.",
      "What is not only stricter, a larger budget too, needs two people whom the policy in force names.",
      "Without --person it only shows. The node takes the new policy when it starts again."
    })
final class PolicyAgreeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

  @Option(
      names = "--person",
      paramLabel = "KEYFILE",
      description = "The key file of the person who agrees.")
  private Optional<Path> keyFile = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why it should change: goes into the federation's log, for everybody to read.")
  private String reason = "";

  @Override
  public Integer call() {
    return StewardVerb.run(spec, this::agree);
  }

  private int agree(PrintWriter out) throws CommandProblem, IOException, DocumentError {
    NodeSettings settings = NodeSettings.read(node.config());
    PolicyFolder folder = new PolicyFolder(settings.state());
    Optional<PolicyFolder.Version> inForce = folder.inForce();
    Optional<Policy> file = settings.readPolicy();
    if (inForce.isEmpty() || file.isEmpty()) {
      throw new CommandProblem(
          StewardVerb.BAD_INPUT,
          "the node has no policy in force, or its configuration names none: there is nothing to agree to");
    }
    Policy before = inForce.get().policy();
    Policy after = file.get();
    Succession succession = Succession.of(before, after, folder.consents());
    out.print(PolicyCommand.table(succession.open()));
    if (succession.asked() && keyFile.isPresent()) {
      PolicyConsent consent = sign(before, after, keyFile.get());
      folder.add(consent);
      out.printf(
          "%s agrees; the reason will be in the federation's log, the name only as a commitment%n",
          consent.person());
      succession = Succession.of(before, after, folder.consents());
    }
    out.println(standing(inForce.get(), after, succession));
    return StewardVerb.OK;
  }

  private PolicyConsent sign(Policy before, Policy after, Path file)
      throws CommandProblem, IOException {
    SigningKey key = IdentityFile.read(file);
    Person person = PersonalKey.holder(before.approvals(), key);
    try {
      return Succession.change(before, after)
          .signedBy(person.id(), key, reason.strip(), Instant.now().toEpochMilli());
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(StewardVerb.BAD_INPUT, String.valueOf(e.getMessage()));
    }
  }

  private static String standing(
      PolicyFolder.Version inForce, Policy after, Succession succession) {
    if (inForce.policy().digest().equals(after.digest())) {
      return "the policy file is the policy in force, version " + inForce.number();
    }
    if (succession.open().isEmpty()) {
      return "it only makes the policy stricter: nobody need agree";
    }
    if (!succession.asked()) {
      return "the policy in force names fewer than %d people: nobody can be asked"
          .formatted(Succession.PEOPLE);
    }
    return "%d of %d people agree%s"
        .formatted(
            succession.agreed().size(),
            Succession.PEOPLE,
            succession.stands() ? ": the node takes it when it starts again" : "");
  }
}
