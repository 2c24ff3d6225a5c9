package org.althing.deploy.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.althing.document.Federation.Organisation;
import org.althing.policy.Budget;
import org.althing.policy.Policy;
import org.althing.privacy.Accountant;
import org.althing.privacy.Balance;
import org.althing.sheet.Brief;
import org.althing.sheet.TextTable;

/**
 * The last page of a laboratory: results, where they are, what everybody has left, what to do next.
 */
final class Summary {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double SMALL = 0.001;

  /** The column of results. */
  private static final int RESULT = 3;

  private final StringBuilder text = new StringBuilder();

  private Summary() {}

  /** Everything in one text, each line ended. */
  static String of(
      LabInput input, Map<String, Policy> policies, List<StudyCourse.End> ends, Accounts accounts)
      throws IOException {
    Summary summary = new Summary();
    summary.results(ends);
    summary.budgets(input, policies, accounts);
    summary.next(ends);
    return summary.text.toString();
  }

  /** Results and what to do next, where the accounts stay with running nodes. */
  static String of(List<StudyCourse.End> ends) throws IOException {
    Summary summary = new Summary();
    summary.results(ends);
    summary.next(ends);
    return summary.text.toString();
  }

  private void results(List<StudyCourse.End> ends) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("study", "state", "cost", "result", "report"));
    for (StudyCourse.End end : ends) {
      JsonNode result = result(end.folder());
      rows.add(
          List.of(
              end.study().study().id(),
              end.state(),
              end.completed() ? cost(result) : "-",
              end.completed() ? headline(result) : "see below",
              Files.isDirectory(end.folder()) ? shown(end.folder().resolve("report.html")) : "-"));
    }
    line("");
    table(rows);
    if (rows.stream().anyMatch(row -> row.get(RESULT).contains("±"))) {
      line("  ± one standard deviation, of noise and sampling together");
    }
    // A reason is as long as it takes, and what a stopped study was charged is in the accounts.
    for (StudyCourse.End end : ends) {
      if (!end.completed()) {
        line("");
        line("  %s %s".formatted(end.study().study().id(), end.text()));
      }
    }
  }

  private static String cost(JsonNode result) {
    // Rounded up, as the plan and the report say it.
    return "ε " + Brief.cost(result.path("plan").path("cost").path("epsilon").asDouble());
  }

  private static JsonNode result(Path folder) throws IOException {
    Path file = folder.resolve("result.json");
    return Files.isRegularFile(file)
        ? JSON.readTree(Files.readAllBytes(file))
        : JSON.createObjectNode();
  }

  private static String headline(JsonNode result) {
    if (result.has("quality")) {
      Map<String, Integer> verdicts = new TreeMap<>();
      result
          .path("quality")
          .path("rules")
          .forEach(rule -> verdicts.merge(rule.path("verdict").asText(), 1, Integer::sum));
      return "%.0f rows; rules: %d pass, %d fail, %d inconclusive, %d not run"
          .formatted(
              result.path("quality").path("rows").path("value").asDouble(),
              verdicts.getOrDefault("PASS", 0),
              verdicts.getOrDefault("FAIL", 0),
              verdicts.getOrDefault("INCONCLUSIVE", 0),
              verdicts.getOrDefault("NOT_RUN", 0));
    }
    if (result.has("statistics")) {
      JsonNode statistics = result.path("statistics");
      return "%.0f rows, %d columns described"
          .formatted(
              statistics.path("rows").path("value").asDouble(), statistics.path("columns").size());
    }
    if (result.has("clusters")) {
      JsonNode clusters = result.path("clusters");
      return "%d clusters of %.0f rows"
          .formatted(
              clusters.path("clusters").size(), clusters.path("records").path("value").asDouble());
    }
    JsonNode evaluation = result.path("evaluation");
    List<String> measures = new ArrayList<>();
    measure(evaluation, "auc", "AUC", measures);
    measure(evaluation, "macro_auc", "mean AUC", measures);
    measure(evaluation, "accuracy", "accuracy", measures);
    if (measures.isEmpty()) {
      return result.has("evaluation")
          ? "a model, its evaluation lost in the noise"
          : "a model, not evaluated";
    }
    return String.join(", ", measures);
  }

  private static void measure(JsonNode evaluation, String key, String name, List<String> measures) {
    JsonNode measure = evaluation.path(key);
    if (measure.has("value")) {
      double deviation =
          Math.hypot(
              measure.path("noise_deviation").asDouble(),
              measure.path("sampling_deviation").asDouble());
      // Noise may carry a share of a small hold-out beyond what a share can be.
      double value = Math.max(0, Math.min(1, measure.path("value").asDouble()));
      measures.add("%s %.3f ± %.3f".formatted(name, value, deviation));
    }
  }

  private void budgets(LabInput input, Map<String, Policy> policies, Accounts accounts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("organisation", "population", "spent", "left", "of the budget"));
    for (Organisation organisation : input.federation().organisations()) {
      Balance balance = accounts.balances().get(organisation.id());
      Policy policy = policies.get(organisation.id().value());
      if (balance == null
          || policy == null
          || policy.budgetOf(organisation.population()).isEmpty()) {
        rows.add(
            List.of(
                organisation.id().value(),
                organisation.population(),
                "-",
                "-",
                "no ledger, nothing spent"));
        continue;
      }
      Budget budget = policy.budgetOf(organisation.population()).get();
      double whole = balance.budget().toDouble();
      double spent = whole == 0 ? 0 : 100 * balance.spent().toDouble() / whole;
      double left = whole == 0 ? 0 : 100 * balance.left().toDouble() / whole;
      rows.add(
          List.of(
              organisation.id().value(),
              organisation.population(),
              String.format(Locale.ROOT, "%.1f %%", spent),
              String.format(Locale.ROOT, "%.1f %%", left),
              "ε %s at δ %s (ρ %s)"
                  .formatted(
                      number(Accountant.epsilonFor(balance.budget(), budget.delta())),
                      budget.delta(),
                      number(whole))));
    }
    line("");
    table(rows);
  }

  private void next(List<StudyCourse.End> ends) {
    List<String> next = new ArrayList<>();
    // A study that stopped proves that, too: who refused it, and what was charged by then.
    for (StudyCourse.End end : ends) {
      if (Files.isRegularFile(end.folder().resolve("result.json"))) {
        next.add("verify " + shown(end.folder()));
      }
    }
    ends.stream()
        .map(end -> end.folder().resolve("model.json"))
        .filter(Files::isRegularFile)
        .findFirst()
        .ifPresent(model -> next.add("predict " + shown(model) + " ROWS.csv"));
    if (!next.isEmpty()) {
      line("");
      line("Next:");
      next.forEach(verb -> line("  althing " + verb));
    }
  }

  private void table(List<List<String>> rows) {
    TextTable table = new TextTable("  ", List.of());
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    text.append(table);
  }

  private static String number(double value) {
    return value != 0 && Math.abs(value) < SMALL
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  /** As a person in the present folder would write it. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path there = path.toAbsolutePath().normalize();
    return there.startsWith(here) ? here.relativize(there).toString() : there.toString();
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }
}
