package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.Document;
import org.althing.document.DocumentError;
import org.althing.document.Federation;
import org.althing.document.FederationDocument;
import org.althing.document.PolicyDocument;
import org.althing.document.RosterDocument;
import org.althing.document.StudyDocument;
import org.althing.federation.Roster;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.policy.Policy;
import org.althing.policy.PolicyChange;
import org.althing.sheet.Language;
import org.althing.sheet.PolicyText;
import org.althing.sheet.PolicyTrial;
import org.althing.sheet.TextTable;
import org.althing.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An owner's policy files, looked at and agreed to; nothing here puts one in force. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Check, read aloud, try, compare or agree to this organisation's policies.",
    subcommands = {
      PolicyCommand.Check.class,
      PolicyCommand.Show.class,
      PolicyCommand.Explain.class,
      PolicyCommand.Diff.class,
      PolicyAgreeCommand.class,
      PolicyHistoryCommand.class
    })
public final class PolicyCommand {

  /** What changes, a clause a line. */
  static TextTable table(List<PolicyChange> changes) {
    TextTable table = new TextTable("", List.of());
    for (PolicyChange change : changes) {
      table.row(change.direction().name(), change.clause(), change.before(), "->", change.after());
    }
    return table;
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  /** Reads one kind of document from its bytes. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(String fileName, byte[] utf8) throws DocumentError;
  }

  private static <T> T read(Path file, Reader<T> reader) throws IOException, DocumentError {
    return reader.read(file.getFileName().toString(), Files.readAllBytes(file));
  }

  private static Policy policy(Path file) throws IOException, DocumentError {
    return read(file, PolicyDocument::read);
  }

  /** {@code policy check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Say whether a policy file can be read, and what in it deserves a second look.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The policy (althing: policy/v1).")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      return StewardVerb.run(
          spec,
          out -> {
            Policy policy = policy(file);
            out.println(
                "%s is a policy of %s, digest %s".formatted(file, policy.org(), policy.digest()));
            warnings(policy).forEach(warning -> out.println("WARNING " + warning));
            return StewardVerb.OK;
          });
    }

    private static List<String> warnings(Policy policy) {
      List<String> warnings = new ArrayList<>();
      if (today().isAfter(policy.validity().until())) {
        warnings.add("valid: it ended on " + policy.validity().until());
      }
      if (policy.leads().everything()) {
        warnings.add("leads: anybody may ask");
      }
      if (policy.purposes().everything()) {
        warnings.add("purposes: any purpose will do");
      }
      if (policy.budgets().isEmpty()) {
        warnings.add("budgets: no population has one, so everything is refused");
      }
      if (!policy.approvals().asksAnybody()) {
        warnings.add("approvals: nobody is asked before a study is admitted");
      }
      return warnings;
    }
  }

  /** {@code policy show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Say in plain sentences what a policy does, in English or Chinese.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The policy (althing: policy/v1).")
    private Path file = Path.of("");

    @Option(names = "--lang", paramLabel = "en|zh", description = "The language (default: en).")
    private Language language = Language.EN;

    @Override
    public Integer call() {
      return StewardVerb.run(
          spec,
          out -> {
            out.print(PolicyText.of(policy(file), language));
            return StewardVerb.OK;
          });
    }
  }

  /** {@code policy explain}. */
  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = {
        "Say what a policy would answer to a study, clause by clause. Reads no data and takes budgets as unspent;",
        "whether people are asked does not matter here."
      })
  static final class Explain implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "STUDY", description = "The study.")
    private Path study = Path.of("");

    @Parameters(index = "2", paramLabel = "CONTRACT", description = "The contract it speaks of.")
    private Path contract = Path.of("");

    @Parameters(
        index = "3",
        paramLabel = "ROSTER",
        description = "The roster, or a federation file.")
    private Path roster = Path.of("");

    @Option(
        names = "--population",
        paramLabel = "NAME",
        description = "Whose budget it would use; needed where the policy has several.")
    private String population = "";

    @Override
    public Integer call() {
      return StewardVerb.run(spec, this::explain);
    }

    private int explain(PrintWriter out) throws CommandProblem, IOException, DocumentError {
      Policy policy = policy(file);
      Study asked = read(study, StudyDocument::read);
      Contract agreed = read(contract, ContractDocument::parse);
      PolicyTrial trial =
          PolicyTrial.of(
              policy,
              new PolicyTrial.Question(asked, agreed, read(roster, Explain::members)),
              populationOf(policy),
              today());
      out.println(
          "%s %s study %s of %s"
              .formatted(
                  policy.org(),
                  trial.allows() ? "would allow" : "would refuse",
                  asked.id(),
                  asked.lead()));
      out.print(trial);
      return trial.allows() ? StewardVerb.OK : StewardVerb.REFUSED;
    }

    private static Roster members(String fileName, byte[] utf8) throws DocumentError {
      boolean whole =
          Document.parse(fileName, utf8).optionalText("althing").orElse("").equals("federation/v1");
      if (!whole) {
        return RosterDocument.read(fileName, utf8);
      }
      Federation federation = FederationDocument.read(fileName, utf8);
      return federation.rosterForPlanning();
    }

    private String populationOf(Policy policy) throws CommandProblem {
      if (population.isEmpty() && policy.budgets().size() == 1) {
        return policy.budgets().keySet().iterator().next();
      }
      if (population.isEmpty()) {
        throw new CommandProblem(
            StewardVerb.BAD_INPUT,
            "say whose budget with --population; the policy has: "
                + String.join(", ", policy.budgets().keySet()));
      }
      return population;
    }
  }

  /** {@code policy diff}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Say for each clause whether a new policy is weaker, stricter or different.")
  static final class Diff implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "The policy in force.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy that would follow.")
    private Path after = Path.of("");

    @Override
    public Integer call() {
      return StewardVerb.run(
          spec,
          out -> {
            Policy from = policy(before);
            Policy to = policy(after);
            List<PolicyChange> changes = PolicyChange.between(from, to);
            out.print(table(changes));
            long weaker =
                changes.stream()
                    .filter(c -> c.direction() == PolicyChange.Direction.WEAKER)
                    .count();
            out.println(
                "%d clauses differ, %d of them weaker.%s"
                    .formatted(
                        changes.size(),
                        weaker,
                        from.digest().equals(to.digest())
                            ? ""
                            : " Approvals given under the old policy do not count under the new."));
            return StewardVerb.OK;
          });
    }
  }
}
