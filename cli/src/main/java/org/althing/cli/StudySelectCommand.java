package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.althing.contract.Excerpt;
import org.althing.report.Findings;
import org.althing.sheet.TextTable;
import org.althing.statistics.Association;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study select FOLDER}: which columns tell something of a label, by released tables. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    description = {
      "Rank columns by what a finished study's tables tell of a label, beside what chance alone would show, and print",
      "the features line of a study. Reads released numbers only, after verifying the folder; costs nothing. Offline."
    })
public final class StudySelectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FOLDER",
      description =
          "The output folder of a study of statistics with tables of the label, or of naive Bayes; it must verify.")
  private Path folder = Path.of("");

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The label's column; of a naive Bayes study its own.")
  private Optional<String> label = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Take the first N of those told from chance (default: all of them).")
  private Optional<Integer> keep = Optional.empty();

  @Override
  public Integer call() {
    if (keep.orElse(1) < 1) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "--keep is 1 or more");
    }
    Findings found = FolderVerifier.findings(VerifyCommand.load(folder), folder.toString());
    LabelTables tables = LabelTables.of(found, folder, label);
    List<LabelTables.Ranked> ranked = tables.ranked();
    List<LabelTables.Ranked> kept =
        ranked.stream()
            .filter(each -> each.association().isTold())
            .limit(keep.orElse(ranked.size()))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "What study %s released of %s, %d table%s:%n",
        found.study().id(),
        Excerpt.printable(tables.label()),
        ranked.size(),
        ranked.size() == 1 ? "" : "s");
    out.print(table(ranked));
    out.println(
        "Bits are of mutual information, less what chance adds on average. Chance is noise and sampling: of as many columns");
    out.println(
        "that all tell nothing, it would take any beyond the figures beside it in 1 of 20 cases at most. Each column is judged");
    out.println("by itself: what two say together, or both say, single tables do not show.");
    out.println("That study paid for these numbers; ranking them costs nothing.");
    out.println();
    print(kept, out);
    out.flush();
    return ExitCode.OK.code();
  }

  private static TextTable table(List<LabelTables.Ranked> ranked) {
    TextTable table = new TextTable("  ", List.of(1, 2, 3, 4));
    table.row("column", "bits", "by chance", "chi-squared", "by chance");
    for (LabelTables.Ranked each : ranked) {
      Association found = each.association();
      String name = Excerpt.printable(String.join(" \u00d7 ", each.columns()));
      if (found.isDrowned()) {
        table.row(name, "-", "-", "-", "-", "drowns in the noise");
        continue;
      }
      table.row(
          name,
          ModelCard.fixed(found.information(), 4),
          ModelCard.fixed(found.informationByChance(), 4),
          ModelCard.fixed(found.chiSquared(), 1),
          ModelCard.fixed(found.chiSquaredByChance(), 1),
          found.isTold() ? "" : "not told from chance");
    }
    return table;
  }

  private static void print(List<LabelTables.Ranked> kept, PrintWriter out) {
    if (kept.isEmpty()) {
      out.println(
          "No column is told from chance: more records, or a larger epsilon, would show more.");
      return;
    }
    out.printf(
        "features: %s%n",
        listed(kept.stream().flatMap(each -> each.columns().stream()).distinct()));
    List<String> pairs =
        kept.stream()
            .filter(each -> each.columns().size() > 1)
            .map(each -> listed(each.columns().stream()))
            .toList();
    if (!pairs.isEmpty()) {
      out.printf("interactions: [%s]%n", String.join(", ", pairs));
    }
  }

  private static String listed(Stream<String> names) {
    return names.map(StudySelectCommand::yaml).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A column's name as a plain word where it is one, else in quotes. */
  private static String yaml(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_-]*")
        ? name
        : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
