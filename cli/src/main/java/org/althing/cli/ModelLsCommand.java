package org.althing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.althing.contract.Excerpt;
import org.althing.sheet.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model ls DIR}: the models of the study folders below a folder. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    description = {
      "List the models among the output folders in DIR, and whether each folder verifies.",
      "People are those the study declared; epsilon is what the whole study cost."
    })
public final class ModelLsCommand implements Callable<Integer> {
  private static final int DEEP = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Where the output folders of studies are.")
  private Path directory = Path.of("");

  @Override
  public Integer call() {
    List<Path> folders = folders();
    PrintWriter out = spec.commandLine().getOut();
    TextTable table = new TextTable("", List.of(4, 5));
    table.row(
        "folder", "kind", "model", "label", "people", "epsilon", "accuracy", "AUC", "verifies");
    boolean hold = true;
    for (Path folder : folders) {
      Path below = directory.relativize(folder);
      hold &= row(table, folder, below.toString().isEmpty() ? "." : below.toString());
    }
    out.print(table);
    out.println(
        folders.isEmpty()
            ? "No output folder with a model is in " + directory + "."
            : "Next: althing model show FOLDER, althing model export FOLDER --format onnx -o FILE");
    out.flush();
    return (hold ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).code();
  }

  /** Whether the folder verifies. */
  private static boolean row(TextTable table, Path folder, String name) {
    try {
      ModelCard card = ModelCard.read(folder);
      Evidence evidence = FolderVerifier.verify(VerifyCommand.load(folder), Optional.empty());
      table.row(
          Excerpt.printable(name),
          Excerpt.printable(card.model().method()),
          card.digest().brief(),
          ModelCard.labelOf(card.model()),
          card.people().isEmpty() ? "\u2013" : card.people(),
          card.epsilon(),
          card.accuracy().map(ModelCard.Rate::text).orElse("\u2013"),
          card.auc().map(ModelCard.Rate::text).orElse("\u2013"),
          evidence.fault().map(fault -> "NO: " + fault.name()).orElse("yes"));
      return evidence.isValid();
    } catch (CommandFailure e) {
      table.row(
          Excerpt.printable(name), "?", "?", "?", "?", "?", "?", "?", "NO: it cannot be read");
      return false;
    }
  }

  private List<Path> folders() {
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "there is no folder " + directory);
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(directory, DEEP)) {
      walk.filter(Files::isDirectory).filter(ModelCard::isIn).sorted().forEach(found::add);
      return found;
    } catch (IOException e) {
      throw CommandFailure.unreadable(directory, e);
    }
  }
}
