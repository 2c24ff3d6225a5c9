package org.althing.node;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.althing.approval.Person;
import org.althing.federation.SigningKey;
import org.althing.node.StewardVerb.CommandProblem;
import org.althing.node.keys.IdentityFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The people of an organisation. */
@Command(
    name = "person",
    mixinStandardHelpOptions = true,
    description = "Make the keys with which this organisation's people speak on studies.",
    subcommands = PersonCommand.Create.class)
public final class PersonCommand {

  /** {@code person create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description =
          "Make a person's own key, and print the line that names the person in the policy.")
  static final class Create implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--id",
        required = true,
        paramLabel = "ID",
        description = "How statements name the person, such as li.wei.")
    private String id = "";

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        defaultValue = "steward",
        description = "What the person may speak as; may be given again (default: steward).")
    private List<String> roles = List.of();

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "The private key, for its person alone; must not be there.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      return StewardVerb.run(
          spec,
          out -> {
            byte[] seed = new byte[SigningKey.SEED_BYTES];
            new SecureRandom().nextBytes(seed);
            try {
              // Refuses a name or role before anything is written.
              Person person =
                  new Person(
                      id, Set.copyOf(roles), SigningKey.ofSeed(seed).verifyingKey(), Set.of());
              SigningKey key = IdentityFile.create(file, seed);
              out.println(
                  "  - { id: \"%s\", roles: [%s], key: \"%s\" }"
                      .formatted(
                          person.id(),
                          String.join(", ", person.roles()),
                          key.verifyingKey().hex()));
              return StewardVerb.OK;
            } catch (FileAlreadyExistsException e) {
              throw new CommandProblem(
                  StewardVerb.CONFLICT, file + " is there already: a key is never replaced");
            } catch (IllegalArgumentException e) {
              throw new CommandProblem(StewardVerb.BAD_INPUT, String.valueOf(e.getMessage()));
            } finally {
              Arrays.fill(seed, (byte) 0);
            }
          });
    }
  }
}
