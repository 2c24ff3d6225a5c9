package org.althing.deploy;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import org.althing.cli.CommandFailure;
import org.althing.cli.ContractCommand;
import org.althing.cli.ContractInitCommand;
import org.althing.cli.ExitCode;
import org.althing.cli.ModelCommand;
import org.althing.cli.PredictCommand;
import org.althing.cli.ReportCommand;
import org.althing.cli.StudyCommand;
import org.althing.cli.TableReader;
import org.althing.cli.VerifyCommand;
import org.althing.deploy.demo.DemoCommand;
import org.althing.deploy.lab.LabCommand;
import org.althing.deploy.lab.LabInit;
import org.althing.node.NodeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command line: one launcher, every persona's verbs. */
@Command(
    name = "althing",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Joint quality audits and models over records that may not be shared.",
      "",
      "The only thing anyone learns from a node's data is a release: the noisy sum of bounded integer vectors over many nodes, paid"
          + " for from each owner's privacy budget, and written in a log that the owners themselves witness."
    },
    subcommands = {
      DemoCommand.class,
      ContractCommand.class,
      StudyCommand.class,
      LabCommand.class,
      ModelCommand.class,
      PredictCommand.class,
      NodeCommand.class,
      VerifyCommand.class,
      ReportCommand.class,
      CoordinatorCommand.class
    })
public final class Althing implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(execute(commandLine(), arguments));
  }

  /** The whole command tree, ready to parse. */
  static CommandLine commandLine() {
    CommandLine line = commandLine(new Althing());
    VerbGroups.arrange(line);
    return line;
  }

  /**
   * A root of verbs that explains misuse and failure as all of ours do, with the same exit codes.
   */
  public static CommandLine commandLine(Object root) {
    CommandLine line = new CommandLine(root, new Parts());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setExitCodeExceptionMapper(Althing::exitCodeOf);
    line.setParameterExceptionHandler(Althing::explainMisuse);
    line.setExecutionExceptionHandler(Althing::explainFailure);
    VerbGroups.headWithFirstSentences(line);
    return line;
  }

  /** Makes the commands, and gives them what other modules have. */
  private static final class Parts implements CommandLine.IFactory {
    private final CommandLine.IFactory plain = CommandLine.defaultFactory();

    @Override
    public <K> K create(Class<K> kind) throws Exception {
      Optional<TableReader> files = Optional.of(new SourceFiles());
      if (kind == PredictCommand.class) {
        return kind.cast(new PredictCommand(files));
      }
      if (kind == ContractInitCommand.class) {
        return kind.cast(new ContractInitCommand(files));
      }
      return kind == LabInit.class ? kind.cast(new LabInit(files)) : plain.create(kind);
    }
  }

  /** Runs without ending the process; returns the exit code. */
  static int execute(CommandLine line, String... arguments) {
    return line.execute(Arrays.copyOf(arguments, arguments.length));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: a verb is missing");
  }

  private static int exitCodeOf(Throwable thrown) {
    if (thrown instanceof CommandFailure failure) {
      return failure.exitCode().code();
    }
    return thrown instanceof ParameterException
        ? ExitCode.BAD_INPUT.code()
        : ExitCode.DEFECT.code();
  }

  private static int explainMisuse(ParameterException misuse, String[] arguments) {
    CommandLine line = misuse.getCommandLine();
    PrintWriter talk = line.getErr();
    talk.println("althing: " + misuse.getMessage());
    UnmatchedArgumentException.printSuggestions(misuse, talk);
    talk.println("Next: " + line.getCommandSpec().qualifiedName() + " --help");
    talk.flush();
    return ExitCode.BAD_INPUT.code();
  }

  private static int explainFailure(
      Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter talk = line.getErr();
    if (thrown instanceof CommandFailure) {
      talk.println("althing: " + thrown.getMessage());
    } else {
      talk.println(
          "althing: this is a defect in Althing, not in your input; please report it with the lines below.");
      thrown.printStackTrace(talk);
    }
    talk.flush();
    return exitCodeOf(thrown);
  }
}
