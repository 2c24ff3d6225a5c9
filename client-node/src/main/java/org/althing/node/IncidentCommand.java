package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.approval.IncidentReport;
import org.althing.approval.Person;
import org.althing.document.DocumentError;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.node.keys.IdentityFile;
import org.althing.node.policies.PolicyFolder;
import org.althing.policy.Policy;
import org.althing.study.Declaration;
import org.althing.study.Opening;
import org.althing.study.Signed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code incident}: what went wrong here, in the federation's log. */
@Command(
    name = "incident",
    mixinStandardHelpOptions = true,
    description = "Put into the log that something went wrong here; its words stay with this node.",
    subcommands = {
      IncidentCommand.Raise.class,
      IncidentCommand.Ls.class,
      IncidentCommand.Show.class
    })
public final class IncidentCommand {

  private static Policy policy(NodeSettings settings) throws IOException, CommandProblem {
    return new PolicyFolder(settings.state())
        .inForce()
        .map(PolicyFolder.Version::policy)
        .orElseThrow(
            () ->
                new CommandProblem(
                    StewardVerb.BAD_INPUT,
                    "no policy is in force here: start the node with one first"));
  }

  /** {@code incident raise}. */
  @Command(
      name = "raise",
      mixinStandardHelpOptions = true,
      description = {
        "Declare an incident. The log shows everybody its category, its time and the study;",
        "the words and the name of who writes them are in it only as a salted commitment."
      })
  static final class Raise implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Parameters(paramLabel = "TEXT", description = "What happened, one line; stays here.")
    private String text = "";

    @Option(
        names = "--category",
        required = true,
        paramLabel = "CATEGORY",
        description = "confidentiality, integrity, availability or other.")
    private String category = "";

    @Option(
        names = "--at",
        required = true,
        paramLabel = "TIME",
        description = "When it happened, such as 2026-11-28T06:00:00Z.")
    private String at = "";

    @Option(
        names = "--plan",
        paramLabel = "DIGEST",
        description = "The plan of the study it concerns, all 64 digits.")
    private Optional<String> plan = Optional.empty();

    @Option(
        names = "--person",
        required = true,
        paramLabel = "KEYFILE",
        description = "The key file of the person who writes, whom the policy names.")
    private Path keyFile = Path.of("");

    @Override
    public Integer call() {
      return StewardVerb.run(spec, this::raise);
    }

    private int raise(PrintWriter out) throws CommandProblem, IOException, DocumentError {
      NodeSettings settings = NodeSettings.read(node.config());
      SigningKey key = IdentityFile.read(keyFile);
      Person person = PersonalKey.holder(policy(settings).approvals(), key);
      Opening opening = Declarations.commit(report(person, key).toBytes());
      Signed<Declaration> declared =
          new Declarations(settings)
              .add(
                  new Declaration.Incident(category(), time(), study(), opening.commitment()),
                  List.of(opening));
      out.println(DeclarationText.line(declared.statement()));
      out.println("the node sends it when it runs; see: althing node incident ls");
      return StewardVerb.OK;
    }

    private IncidentReport report(Person person, SigningKey key) throws CommandProblem {
      try {
        return IncidentReport.by(key, person.id(), text.strip());
      } catch (IllegalArgumentException e) {
        throw new CommandProblem(StewardVerb.BAD_INPUT, String.valueOf(e.getMessage()));
      }
    }

    private Declaration.Category category() throws CommandProblem {
      try {
        return Declaration.Category.valueOf(category.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new CommandProblem(
            StewardVerb.BAD_INPUT,
            "--category is confidentiality, integrity, availability or other, got " + category);
      }
    }

    private long time() throws CommandProblem {
      try {
        Instant when = Instant.parse(at);
        if (when.isAfter(Instant.now())) {
          throw new CommandProblem(StewardVerb.BAD_INPUT, "--at is in the future: " + at);
        }
        return when.toEpochMilli();
      } catch (DateTimeException e) {
        throw new CommandProblem(
            StewardVerb.BAD_INPUT, "--at is a time such as 2026-11-28T06:00:00Z, got " + at);
      }
    }

    private Optional<Digest> study() throws CommandProblem {
      try {
        return plan.map(Digest::ofHex);
      } catch (IllegalArgumentException e) {
        throw new CommandProblem(
            StewardVerb.BAD_INPUT, "--plan is the plan's 64 digits, got " + plan.orElse(""));
      }
    }
  }

  /** The incidents of a node by their numbers. */
  private static List<Signed<Declaration>> incidents(NodeSettings settings) throws IOException {
    return new Declarations(settings)
        .folder().all().stream()
            .filter(each -> each.statement().matter() instanceof Declaration.Incident)
            .toList();
  }

  /** {@code incident ls}. */
  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "List the incidents that were declared here, and whether the log has them.")
  static final class Ls implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Override
    public Integer call() {
      return StewardVerb.run(
          spec,
          out -> {
            NodeSettings settings = NodeSettings.read(node.config());
            Receipts receipts = Receipts.of(settings, fault -> out.println("! " + fault));
            List<Signed<Declaration>> all = incidents(settings);
            for (Signed<Declaration> each : all) {
              out.printf(
                  "%4d  %s  %s%n",
                  each.statement().number(),
                  DeclarationText.line(each.statement()),
                  receipts.have(Bytes.of(each.toBytes())) ? "in the log" : Receipts.NONE);
            }
            if (all.isEmpty()) {
              out.println("no incident was declared here");
            }
            return StewardVerb.OK;
          });
    }
  }

  /** {@code incident show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Show an incident's words, and what proves to others that they are the ones committed to.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RequestsCommand.OfNode node = new RequestsCommand.OfNode();

    @Parameters(paramLabel = "N", description = "The declaration's number, as ls shows it.")
    private long number;

    @Override
    public Integer call() {
      return StewardVerb.run(spec, this::show);
    }

    private int show(PrintWriter out) throws CommandProblem, IOException, DocumentError {
      NodeSettings settings = NodeSettings.read(node.config());
      Declaration declared =
          incidents(settings).stream()
              .map(Signed::statement)
              .filter(each -> each.number() == number)
              .findFirst()
              .orElseThrow(
                  () ->
                      new CommandProblem(
                          StewardVerb.BAD_INPUT, "no incident has the number " + number));
      Digest commitment = ((Declaration.Incident) declared.matter()).text();
      out.println(DeclarationText.line(declared));
      Optional<Opening> opening = new Declarations(settings).folder().opening(commitment);
      if (opening.isEmpty()) {
        out.println("its words were erased: nobody can tell any more what they were");
        return StewardVerb.OK;
      }
      try {
        IncidentReport report = IncidentReport.ofBytes(opening.get().payload().toArray());
        out.printf("%s wrote: %s%n", report.person(), report.text());
      } catch (MalformedEncoding e) {
        throw new IOException("what was committed to is no incident: " + e.getMessage(), e);
      }
      out.printf(
          "to show it to others, give them these bytes; their SHA-256 is the commitment %s:%n%s%n",
          commitment.hex(), HexFormat.of().formatHex(opening.get().toBytes()));
      return StewardVerb.OK;
    }
  }
}
