package org.althing.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.contract.Excerpt;
import org.althing.sheet.TextTable;

/** Rows by true class and by predicted class. */
final class Confusion {
  /** More classes side by side are wider than a terminal. */
  private static final int MOST_ACROSS = 8;

  private static final String NONE = "\u2013";

  private final List<String> names;
  private final long[][] counts;

  /**
   * @param names of the classes
   */
  Confusion(List<String> names) {
    this.names = names.stream().map(Excerpt::printable).toList();
    this.counts = new long[names.size()][names.size()];
  }

  void add(int truth, int predicted) {
    counts[truth][predicted]++;
  }

  /** The share of rows on the diagonal. */
  double accuracy() {
    long right = 0;
    long all = 0;
    for (int k = 0; k < counts.length; k++) {
      right += counts[k][k];
      all += ofClass(k);
    }
    return (double) right / all;
  }

  long ofClass(int k) {
    return IntStream.range(0, counts.length).mapToLong(j -> counts[k][j]).sum();
  }

  private long predicted(int k) {
    return IntStream.range(0, counts.length).mapToLong(j -> counts[j][k]).sum();
  }

  /** Of the rows predicted as class k those that are of it; nothing where none is. */
  Optional<Double> precision(int k) {
    return share(counts[k][k], predicted(k));
  }

  /** Of the rows of class k those predicted so; nothing where there is none. */
  Optional<Double> recall(int k) {
    return share(counts[k][k], ofClass(k));
  }

  /** The harmonic mean of both. */
  Optional<Double> f1(int k) {
    return share(2 * counts[k][k], predicted(k) + ofClass(k));
  }

  /** The plain mean over the classes of F1, each class against the rest. */
  Optional<Double> meanF1() {
    return mean(IntStream.range(0, counts.length).mapToObj(this::f1).toList());
  }

  /** The plain mean; nothing where a class has no figure. */
  static Optional<Double> mean(List<Optional<Double>> figures) {
    return figures.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(figures.stream().mapToDouble(Optional::orElseThrow).average().orElseThrow());
  }

  private static Optional<Double> share(long part, long whole) {
    return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
  }

  /**
   * Every class with its figures, and the counts where there is room for them side by side.
   *
   * @param areas of each class against the rest
   */
  String inWords(List<Optional<Double>> areas) {
    TextTable figures =
        new TextTable("  ", List.of(1, 2, 3, 4, 5))
            .row("class", "rows", "precision", "recall", "F1", "AUC");
    for (int k = 0; k < counts.length; k++) {
      figures.row(
          names.get(k),
          Long.toString(ofClass(k)),
          text(precision(k)),
          text(recall(k)),
          text(f1(k)),
          text(areas.get(k)));
    }
    return "%s%n%s".formatted(figures, counts.length > MOST_ACROSS ? mistakes() : matrix());
  }

  private TextTable matrix() {
    TextTable table = new TextTable("  ", IntStream.rangeClosed(1, counts.length).boxed().toList());
    List<String> headings = new ArrayList<>(List.of("rows that are \u2193 predicted as \u2192"));
    headings.addAll(names);
    table.row(headings.toArray(String[]::new));
    for (int k = 0; k < counts.length; k++) {
      List<String> row = new ArrayList<>(List.of(names.get(k)));
      for (long count : counts[k]) {
        row.add(Long.toString(count));
      }
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  /** The commonest wrong predictions. */
  private TextTable mistakes() {
    TextTable table =
        new TextTable("  ", List.of(2)).row("commonest mistakes: are", "predicted as", "rows");
    IntStream.range(0, counts.length * counts.length)
        .boxed()
        .filter(c -> c % (counts.length + 1) != 0 && count(c) > 0)
        .sorted((a, b) -> Long.compare(count(b), count(a)))
        .limit(2L * MOST_ACROSS)
        .forEach(
            c ->
                table.row(
                    names.get(c / counts.length),
                    names.get(c % counts.length),
                    Long.toString(count(c))));
    return table;
  }

  private long count(int cell) {
    return counts[cell / counts.length][cell % counts.length];
  }

  private static String text(Optional<Double> figure) {
    return figure.map(found -> ModelCard.fixed(found, 4)).orElse(NONE);
  }
}
