package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.document.DocumentError;
import org.althing.node.declarations.RetentionSweep;
import org.althing.node.policies.PolicyFolder;
import org.althing.policy.Policy;
import org.althing.policy.Retention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code retention}: erases what the policy in force no longer has the node keep. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description = "Erase what the policy's retention no longer has this node keep, and declare it.",
    subcommands = RetentionCommand.Sweep.class)
public final class RetentionCommand {

  /** {@code retention sweep}. */
  @Command(
      name = "sweep",
      mixinStandardHelpOptions = true,
      description = {
        "Show what is older than the periods of the policy in force; with --erase, erase it and declare it in the log.",
        "The log has of each kind how many files, the digest of the list of their digests, and the commitments nobody can open any more.",
        "Ledger, policies, receipts and the newest month of the outbox always stay."
      })
  static final class Sweep implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Option(names = "--erase", description = "Erase; without it nothing is changed.")
    private boolean erase;

    @Override
    public Integer call() {
      return StewardVerb.run(spec, this::sweep);
    }

    private int sweep(PrintWriter out)
        throws StewardVerb.CommandProblem, IOException, DocumentError {
      NodeSettings settings = NodeSettings.read(node.config());
      Optional<PolicyFolder.Version> inForce = new PolicyFolder(settings.state()).inForce();
      if (inForce.isEmpty()) {
        throw new StewardVerb.CommandProblem(
            StewardVerb.BAD_INPUT, "no policy is in force here: start the node with one first");
      }
      Policy policy = inForce.get().policy();
      RetentionSweep sweep =
          new RetentionSweep(settings.state(), policy.retention(), Instant.now());
      Optional<RetentionSweep.Begun> cutShort = sweep.begun();
      List<RetentionSweep.Due> due = cutShort.isPresent() ? List.of() : sweep.due();
      if (cutShort.isPresent()) {
        out.printf("an earlier sweep of %d files was cut short%n", cutShort.get().files().size());
      } else {
        show(out, policy.retention(), due);
      }
      if (!erase) {
        out.println("nothing was changed; give --erase to erase and declare it");
        return StewardVerb.OK;
      }
      if (cutShort.isEmpty() && due.isEmpty()) {
        return StewardVerb.OK;
      }
      RetentionSweep.Begun begun =
          cutShort.isPresent() ? cutShort.get() : sweep.begin(policy.digest(), due);
      RetentionSweep.erase(begun);
      var declared = new Declarations(settings).addOnce(begun.matter());
      sweep.done();
      out.println(DeclarationText.line(declared.statement()));
      out.println("the node sends it when it runs; see: althing node declarations");
      return StewardVerb.OK;
    }

    private static void show(PrintWriter out, Retention retention, List<RetentionSweep.Due> due) {
      if (retention.periods().isEmpty()) {
        out.println("the policy in force has no retention: nothing is erased");
      }
      retention
          .periods()
          .forEach(
              (kind, period) ->
                  out.printf(
                      "%-10s kept %-6s %s%n",
                      kind.word(),
                      period,
                      due.stream()
                          .filter(each -> each.kind() == kind)
                          .findFirst()
                          .map(
                              each ->
                                  "%d files are older than %s"
                                      .formatted(
                                          each.files().size(),
                                          LocalDate.ofInstant(each.before(), ZoneOffset.UTC)))
                          .orElse("nothing is older")));
    }
  }
}
