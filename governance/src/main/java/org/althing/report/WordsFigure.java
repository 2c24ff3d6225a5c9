package org.althing.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.model.features.Classifier;
import org.althing.model.features.Field;
import org.althing.model.features.WordWeights;

/**
 * The declared words that speak loudest for each class, each with what the noise leaves open of it
 * and whether it is told from noise at all.
 *
 * @param words at least one
 */
record WordsFigure(Classifier model, WordWeights words) {
  /** For and against a yes-or-no label. */
  private static final int MOST_OF_TWO = 12;

  private static final int MOST_OF_MORE = 6;

  /** More classes have a table alone. */
  private static final int MOST_DRAWN = 8;

  /**
   * One side's words, the loudest first.
   *
   * @param name of the class
   */
  record Side(String name, List<Word> words) {}

  /** A word as its class sees it: a positive weight speaks for the class. */
  record Word(String name, WordWeights.Weight weight) {}

  Markup toMarkup() {
    List<Side> sides = sides();
    Table table =
        new Table(
            "The loudest words of each class",
            "Word",
            "Speaks for",
            "Weight>",
            "95 % interval>",
            "Told from noise");
    List<Charts.BarGroup> groups = new ArrayList<>();
    for (Side side : sides) {
      List<Charts.Bar> bars = new ArrayList<>();
      for (Word word : side.words()) {
        WordWeights.Weight weight = word.weight();
        String number = Decimal.fixed(weight.value(), 2);
        table.row(
            word.name(),
            side.name(),
            number,
            Decimal.fixed(weight.low(), 2) + " to " + Decimal.fixed(weight.high(), 2),
            weight.told() ? "yes" : "no");
        bars.add(
            new Charts.Bar(
                word.name(),
                weight.value(),
                weight.low(),
                weight.high(),
                weight.told() ? number : "(" + number + ")"));
      }
      groups.add(new Charts.BarGroup(side.name(), bars));
    }
    if (sides.size() > MOST_DRAWN) {
      return new Markup().leaf("h3", TITLE).leaf("p", finding(sides)).add(table.toMarkup());
    }
    return new Figure("words", TITLE, finding(sides), Charts.groupedBars(groups, "log-odds"), table)
        .toMarkup();
  }

  private static final String TITLE = "The words that the model goes by";

  /** Of each class in the label's order; of a yes-or-no label for and against. */
  List<Side> sides() {
    if (model.label().isBinary()) {
      List<WordWeights.Weight> weights = words.byScore().get(0);
      return List.of(
          new Side("for " + model.label().inWords(), loudest(weights, 1, MOST_OF_TWO)),
          new Side("against it", loudest(weights, -1, MOST_OF_TWO)));
    }
    List<String> classes = model.label().classNames();
    return IntStream.range(0, classes.size())
        .mapToObj(k -> new Side(classes.get(k), loudest(words.byScore().get(k), 1, MOST_OF_MORE)))
        .toList();
  }

  /**
   * @param sign 1 for positive weights, -1 for negative ones
   */
  private List<Word> loudest(List<WordWeights.Weight> weights, int sign, int most) {
    int name = commonPrefix();
    return IntStream.range(0, weights.size())
        .filter(i -> sign * weights.get(i).value() > 0)
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> !weights.get(i).told())
                .thenComparing(i -> -sign * weights.get(i).sure())
                .thenComparing(i -> -sign * weights.get(i).value())
                .thenComparing(Comparator.naturalOrder()))
        .limit(most)
        .map(i -> new Word(words.words().get(i).substring(name), weights.get(i)))
        .toList();
  }

  /** How long the name of the column is before each word, where there is only one such column. */
  private int commonPrefix() {
    String first = words.words().get(0);
    String prefix = first.substring(0, first.indexOf(Field.IS) + Field.IS.length());
    return words.words().stream().allMatch(word -> word.startsWith(prefix)) ? prefix.length() : 0;
  }

  private String finding(List<Side> sides) {
    long told =
        IntStream.range(0, words.words().size())
            .filter(i -> words.byScore().stream().anyMatch(sum -> sum.get(i).told()))
            .count();
    String loudest =
        told == 0
            ? "No word is told from noise: a larger budget, more records or fewer words would tell more."
            : "%d of %d declared words are told from noise; the loudest are %s."
                .formatted(
                    told,
                    words.words().size(),
                    String.join(
                        ", ", sides.stream().flatMap(side -> loudestOf(side).stream()).toList()));
    return loudest
        + " About 95 % of intervals hold what the same training would come to without noise over the same records; what other records would tell is not in them. A word is told from noise where the intervals of all words at once leave 0 out; numbers of words that are not stand in brackets.";
  }

  private static List<String> loudestOf(Side side) {
    return Stream.of(side)
        .flatMap(each -> each.words().stream())
        .filter(word -> word.weight().told())
        .limit(1)
        .map(word -> "'%s' (%s)".formatted(word.name(), side.name()))
        .toList();
  }
}
