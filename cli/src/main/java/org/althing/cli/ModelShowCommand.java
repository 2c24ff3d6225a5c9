package org.althing.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.contract.Excerpt;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
import org.althing.report.ModelFile;
import org.althing.sheet.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model show FOLDER}: one model in words. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Say where a model comes from, what it reads, what it goes by and how well it did.")
public final class ModelShowCommand implements Callable<Integer> {
  private static final int MOST_WEIGHTS = 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "A study's output folder.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    if (!ModelCard.isIn(folder)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          folder
              + " is no output folder of a study that fitted a model: expected model.json and result.json in it");
    }
    ModelCard card = ModelCard.read(folder);
    Evidence evidence = FolderVerifier.verify(VerifyCommand.load(folder), Optional.empty());
    PrintWriter out = spec.commandLine().getOut();
    out.println(Excerpt.printable("%s   %s".formatted(card.model().study(), card.model().title())));
    out.print(facts(card, evidence));
    out.println();
    card.groups().ifPresent(groups -> out.println(groups(groups)));
    out.print(weights(card));
    out.flush();
    return (evidence.isValid() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).code();
  }

  private static TextTable facts(ModelCard card, Evidence evidence) {
    ModelFile model = card.model();
    FeatureSpace features = model.model().features();
    TextTable table =
        new TextTable("  ", List.of())
            .row("kind", Excerpt.printable(model.method()))
            .row("foretells", ModelCard.labelOf(model))
            .row("reads", Excerpt.printable(String.join(", ", features.columnsRead())));
    if (!features.interactions().isEmpty()) {
      table.row("together", Excerpt.printable(Interaction.inWords(features.interactions())));
    }
    for (int i = 0; i < card.tried().size(); i++) {
      table.row(
          i == 0 ? "chosen" : i == 1 ? "tried too" : "", Excerpt.printable(card.tried().get(i)));
    }
    return table
        .row("people", card.people().isEmpty() ? "not declared" : card.people())
        .row("epsilon", card.epsilon())
        .row("evaluated on", card.evaluatedOn())
        .row(
            "accuracy",
            card.accuracy().map(ModelCard.Rate::text).orElse("nothing known: see the report"))
        .row(
            model.model().label().isBinary() ? "AUC" : "mean AUC",
            card.auc().map(ModelCard.Rate::text).orElse("nothing known: see the report"))
        .row("model.json", card.digest().hex())
        .row("plan", model.plan().hex())
        .row("contract", model.contract().hex())
        .row(
            "verifies",
            evidence
                .fault()
                .map(fault -> "NO: %s: %s".formatted(fault.name(), fault.finding()))
                .orElse("yes, bit for bit"));
  }

  private static String groups(ModelCard.ByGroup found) {
    TextTable table = new TextTable("  ", List.of(1));
    table.row(
        Stream.concat(Stream.of("group", "records"), found.rates().stream())
            .map(Excerpt::printable)
            .toArray(String[]::new));
    for (ModelCard.ByGroup.Group group : found.groups()) {
      List<String> cells =
          new ArrayList<>(List.of(Excerpt.printable(group.name()), group.records()));
      group.rates().forEach(r -> cells.add(r.map(ModelCard.Rate::text).orElse("\u2013")));
      table.row(cells.toArray(String[]::new));
    }
    StringBuilder text =
        new StringBuilder(
            "In each group of %s, \u00b1 one deviation of noise and sampling:%n%s"
                .formatted(Excerpt.printable(found.column()), table));
    found.gaps().forEach(gap -> text.append("  ").append(Excerpt.printable(gap)).append('\n'));
    return text.toString();
  }

  private static String weights(ModelCard card) {
    List<double[]> weights = card.model().model().weightsByScore();
    List<String> names = card.model().model().features().coordinateNames();
    List<Integer> order =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -furthest(weights, i))
                    .thenComparing(i -> i))
            .limit(MOST_WEIGHTS)
            .toList();
    return card.model().model().label().isBinary()
        ? binary(card, weights.get(0), names, order)
        : byClass(card, weights, names, order);
  }

  private static double furthest(List<double[]> weights, int coordinate) {
    return weights.stream().mapToDouble(each -> Math.abs(each[coordinate])).max().orElseThrow();
  }

  private static String binary(
      ModelCard card, double[] weights, List<String> names, List<Integer> order) {
    boolean known = card.errors().size() == weights.length;
    TextTable table = new TextTable("  ", known ? List.of(1, 2) : List.of(1));
    for (int i : order) {
      String name = Excerpt.printable(names.get(i));
      String weight = ModelCard.fixed(weights[i], 3);
      if (known) {
        table.row(name, weight, "\u00b1 " + ModelCard.fixed(card.errors().get(i), 3));
      } else {
        table.row(name, weight);
      }
    }
    return "The largest of %d weights, on the scale of log-odds%s:%n%s"
        .formatted(
            weights.length, known ? ", \u00b1 one deviation of noise and sampling" : "", table);
  }

  private static String byClass(
      ModelCard card, List<double[]> weights, List<String> names, List<Integer> order) {
    List<Integer> numbers = IntStream.rangeClosed(1, weights.size()).boxed().toList();
    TextTable table = new TextTable("  ", numbers);
    table.row(
        Stream.concat(Stream.of(""), card.model().model().label().classNames().stream())
            .map(Excerpt::printable)
            .toArray(String[]::new));
    for (int i : order) {
      table.row(
          Stream.concat(
                  Stream.of(Excerpt.printable(names.get(i))),
                  weights.stream().map(each -> ModelCard.fixed(each[i], 3)))
              .toArray(String[]::new));
    }
    return "Of %d coordinates those that set classes furthest apart, with their weight for each class:%n%s"
        .formatted(names.size(), table);
  }
}
