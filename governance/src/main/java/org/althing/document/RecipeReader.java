package org.althing.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.cleaning.Recipe;
import org.althing.cleaning.Step;

/** The steps under {@code cleaning} in a study. */
final class RecipeReader {
  private static final String KEY = "cleaning";
  private static final List<String> WORDS =
      List.of("clip", "bins", "values", "impute", "keep", "distinct", "sample", "strata");

  /** What people ask for whose outcome for one row depends on all others. */
  private static final Map<String, String> UNBOUNDED =
      Map.of(
          "mean", "mean",
          "median", "median",
          "mode", "commonest value");

  private RecipeReader() {}

  static Recipe read(Mapping root) throws DocumentError {
    List<Step> steps = new ArrayList<>();
    for (Mapping given : root.optionalMappings(KEY)) {
      steps.add(step(given));
    }
    return Checked.of(root, KEY, () -> new Recipe(steps));
  }

  private static Step step(Mapping given) throws DocumentError {
    List<String> named = WORDS.stream().filter(given::has).toList();
    if (named.size() != 1) {
      given.end();
      throw given.error(
          named.isEmpty() ? "" : named.get(1),
          "expected one step of " + String.join(" | ", WORDS),
          "write each step as a list item of its own");
    }
    String word = named.get(0);
    Step step =
        switch (word) {
          case "keep" -> new Step.Keep(given.text(word));
          case "values" -> {
            List<String> numbers = given.texts(word);
            yield Checked.of(given, word, () -> new Step.Values(numbers));
          }
          case "distinct" -> {
            List<String> equal = given.texts(word);
            yield Checked.of(given, word, () -> new Step.Distinct(equal));
          }
          default -> ofTerms(given, word);
        };
    given.end();
    return step;
  }

  private static Step ofTerms(Mapping given, String word) throws DocumentError {
    Mapping terms = given.mapping(word);
    if (word.equals("sample")) {
      return new Step.Sample((int) terms.whole("percent", 1, 99));
    }
    String column = terms.text("column");
    return switch (word) {
      case "clip" -> new Step.Clip(column, range(terms));
      case "bins" ->
          new Step.Bins(column, terms.numbers("edges", -Double.MAX_VALUE, Double.MAX_VALUE));
      case "strata" -> new Step.Strata(column, (int) terms.whole("most", 1, Step.Strata.MOST_ROWS));
      default -> impute(terms, column);
    };
  }

  private static Optional<Step.Range> range(Mapping terms) throws DocumentError {
    if (!terms.has("to")) {
      return Optional.empty();
    }
    List<Double> ends = terms.numbers("to", -Double.MAX_VALUE, Double.MAX_VALUE);
    if (ends.size() != 2 || ends.get(0) >= ends.get(1)) {
      throw terms.error(
          "to", "expected the least and the most, ascending", "write for example [100, 400]");
    }
    return Optional.of(new Step.Range(ends.get(0), ends.get(1)));
  }

  private static Step impute(Mapping terms, String column) throws DocumentError {
    String value = terms.text("with");
    String statistic = UNBOUNDED.get(value);
    if (statistic != null) {
      throw terms.error(
          "with",
          "the %s of an organisation's own rows moves with every row, so no bound holds for what one person changes"
              .formatted(statistic),
          "give a value, or take a released one: althing study normalise");
    }
    return new Step.Impute(column, value, terms.has("faulty") && terms.flag("faulty"));
  }
}
