package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.release.Release;
import org.althing.vector.Block;

/**
 * How much each round had to learn from: the length of its released gradient beside what noise
 * alone would give, σ√d over d coordinates.
 *
 * <p>A function of what was released, for every model that learns from gradients. Only what noise
 * hides is told by it: with a penalty a gradient stays even where nothing is left to learn.
 */
record RoundsFigure(List<Round> rounds) {
  private static final String GRADIENT = "gradient";

  /** Of a normal distribution. */
  private static final double UPPER_5_PERCENT = 1.645;

  RoundsFigure {
    rounds = List.copyOf(rounds);
  }

  /**
   * One gradient.
   *
   * @param multiple its length by that of noise alone
   * @param byChance what noise alone exceeds in 5 % of cases: √χ² of d degrees is near normal with
   *     variance ½ (Fisher 1925), which is close from some ten coordinates on
   */
  record Round(String name, double multiple, double byChance) {
    boolean isTold() {
      return multiple > byChance;
    }
  }

  /** Of the model that the outcome is of; none where it did not learn in two rounds or more. */
  static Optional<RoundsFigure> of(Findings findings) {
    String prefix =
        findings.outcome().choice().map(choice -> choice.chosen().name() + ": ").orElse("");
    List<Round> rounds = rounds(findings.releases(), prefix);
    return rounds.size() < 2 ? Optional.empty() : Optional.of(new RoundsFigure(rounds));
  }

  /**
   * The gradients among releases.
   *
   * @param prefix of the names of those to look at
   */
  static List<Round> rounds(List<Release> releases, String prefix) {
    List<Round> rounds = new ArrayList<>();
    for (Release release : releases) {
      String name = release.spec().name();
      List<Block> blocks = release.spec().noise().shape().blocks();
      for (int block = 0; block < blocks.size(); block++) {
        if (name.startsWith(prefix) && blocks.get(block).name().equals(GRADIENT)) {
          rounds.add(round(name.replaceFirst("^.*(round \\d+)$", "$1"), release, block));
        }
      }
    }
    return rounds;
  }

  private static Round round(String name, Release release, int block) {
    double squares = 0;
    double[] values = release.values(block);
    for (double value : values) {
      squares += value * value;
    }
    double ofNoise = release.noiseDeviation(block) * StrictMath.sqrt(values.length);
    return new Round(
        name,
        StrictMath.sqrt(squares) / ofNoise,
        1 + UPPER_5_PERCENT / StrictMath.sqrt(2.0 * values.length));
  }

  Figure figure() {
    return figure("rounds");
  }

  /**
   * @param id unique in its page
   */
  Figure figure(String id) {
    Table table =
        new Table(
            "Gradients by their length", "Round", "Times noise>", "Noise exceeds in 5 %>", "Told");
    List<Charts.Bar> bars = new ArrayList<>();
    for (Round round : rounds) {
      String text = Decimal.fixed(round.multiple(), 2);
      bars.add(new Charts.Bar(round.name(), round.multiple(), 0, text));
      table.row(
          round.name(), text, Decimal.fixed(round.byChance(), 2), round.isTold() ? "yes" : "no");
    }
    return new Figure(
        id, "What each round learnt from", finding(), Charts.bars(bars, "\u00d7 noise"), table);
  }

  private String finding() {
    Round first = rounds.get(0);
    Round last = rounds.get(rounds.size() - 1);
    return "The gradient is %s times as long as noise alone would make it in %s and %s times in %s; it stands above noise in %d of %d rounds. Once noise covers it, more rounds add little: a larger budget or more records would."
        .formatted(
            Decimal.fixed(first.multiple(), 1),
            first.name(),
            Decimal.fixed(last.multiple(), 1),
            last.name(),
            rounds.stream().filter(Round::isTold).count(),
            rounds.size());
  }
}
