package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.quality.ColumnFindings;
import org.althing.quality.QualityFindings;
import org.althing.quality.RuleOutcome;
import org.althing.quality.RuleVerdict;
import org.althing.release.Estimate;
import org.althing.study.AnalysisChoice;

/** The audit: rules, faults by column, the balance of classes, and every declared histogram. */
record QualitySection(Findings findings, QualityFindings quality) {
  private static final int MOST_BARS = 40;

  Markup body() {
    Markup out = new Markup();
    out.leaf(
        "p",
        "The federation holds %s rows. Each number is followed by the standard deviation that the privacy noise gives it."
            .formatted(Wording.count(quality.rowCount())));
    out.add(rules()).add(faults().toMarkup());
    label().map(this::balance).ifPresent(figure -> out.add(figure.toMarkup()));
    out.leaf("h3", "How the values are spread");
    for (int i = 0; i < quality.columns().size(); i++) {
      ColumnFindings column = quality.columns().get(i);
      if (column.values().size() > 1) {
        out.add(histogram("values-" + i, column.column(), column).toMarkup());
      }
    }
    return out;
  }

  private Markup rules() {
    if (quality.rules().isEmpty()) {
      return new Markup().leaf("p", "The contract declares no rules that federate.");
    }
    Table table =
        new Table(
            "Rules of the contract", "Rule", "Demands", "Found", "Verdict", "Severity", "Remark");
    for (RuleOutcome outcome : quality.rules()) {
      String id = outcome.rule().id();
      String demand = Wording.rule(outcome.rule());
      String severity = outcome.rule().severity();
      if (outcome instanceof RuleOutcome.Judged judged) {
        table.row(id, demand, found(judged), word(judged.verdict()), severity, remark(judged));
      } else if (outcome instanceof RuleOutcome.NotRun notRun) {
        table.row(id, demand, "\u2013", "\u25cb NOT RUN", severity, notRun.reason());
      }
    }
    return new Markup()
        .leaf("h3", "Rules")
        .leaf(
            "p",
            "%d of %d declared rules ran: %d pass, %d fail, %d stay inconclusive under the noise."
                .formatted(
                    quality.coverage().run(),
                    quality.coverage().declared(),
                    Headline.verdicts(quality, RuleVerdict.PASS),
                    Headline.verdicts(quality, RuleVerdict.FAIL),
                    Headline.verdicts(quality, RuleVerdict.INCONCLUSIVE)))
        .add(table.toMarkup());
  }

  private static String found(RuleOutcome.Judged judged) {
    return judged
        .metric()
        .map(
            m ->
                switch (judged.rule().unit()) {
                  case ROWS -> Wording.count(m);
                  case PERCENT -> both(m, 2) + " %";
                  case DISTANCE -> both(m, 3);
                  case WORDS -> both(m, 2);
                })
        .orElse("too few rows for the noise");
  }

  private static String both(Estimate metric, int digits) {
    return Decimal.fixed(metric.value(), digits)
        + " \u00b1 "
        + Decimal.fixed(metric.noiseDeviation(), digits);
  }

  private static String word(RuleVerdict verdict) {
    return switch (verdict) {
      case PASS -> "\u2714 PASS";
      case FAIL -> "\u2716 FAIL";
      case INCONCLUSIVE -> "? INCONCLUSIVE";
    };
  }

  private static String remark(RuleOutcome.Judged judged) {
    if (judged.verdict() != RuleVerdict.INCONCLUSIVE) {
      return "";
    }
    String floor =
        judged
            .noiseFloor()
            .map(f -> "noise alone would show as " + Decimal.fixed(f, 3) + "; ")
            .orElse("");
    return floor + price(judged);
  }

  /** Rounded up where it is small: once the price was not enough. */
  private static String times(double factor) {
    return factor < 10 ? Decimal.ceiling(factor, 1) : Decimal.significant(factor, 2);
  }

  private static String price(RuleOutcome.Judged judged) {
    return judged
        .costFactor()
        .map(f -> "a verdict would cost about " + times(f) + " times the \u03c1")
        .orElse("no budget would settle it");
  }

  private Figure faults() {
    List<String> heads = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<List<Charts.Cell>> rows = new ArrayList<>();
    String[] headings = new String[1 + 5];
    headings[0] = "Column";
    Table table = null;
    String worst = "";
    double most = 0;
    for (ColumnFindings column : quality.columns()) {
      if (table == null) {
        for (int f = 0; f < column.faults().size(); f++) {
          String head = Wording.verdict(column.faults().get(f).verdict());
          heads.add(head);
          headings[f + 1] = head + ", %>";
        }
        table = new Table("Share of rows with each fault, \u00b1 noise", headings);
      }
      List<Charts.Cell> cells = new ArrayList<>();
      String[] texts = new String[headings.length];
      texts[0] = column.column();
      for (int f = 0; f < column.faults().size(); f++) {
        Optional<Estimate> rate = column.faults().get(f).share().rate();
        cells.add(rate.map(QualitySection::cell).orElse(new Charts.Cell(0, "\u2013", "")));
        texts[f + 1] = rate.map(Wording::percent).orElse("\u2013");
        if (rate.isPresent() && rate.get().value() > most) {
          most = rate.get().value();
          worst =
              column.column() + " (" + heads.get(f) + ", " + Wording.percent(rate.get()) + " %)";
        }
      }
      names.add(column.column());
      rows.add(cells);
      table.row(texts);
    }
    String finding = worst.isEmpty() ? "No fault stands out." : "The largest share: " + worst + ".";
    return new Figure(
        "faults",
        "Faulty values by column, % of rows",
        finding,
        Charts.heat(heads, names, rows),
        table == null ? new Table("", "") : table);
  }

  private static Charts.Cell cell(Estimate rate) {
    // The shade saturates at one row in two: most faults are rare, and differences among them
    // matter.
    return new Charts.Cell(
        rate.value() * 2,
        Decimal.percent(rate.value(), 1),
        "\u00b1 " + Wording.error(rate.noiseDeviation()));
  }

  private Optional<ColumnFindings> label() {
    return findings.study().analysis() instanceof AnalysisChoice.Quality choice
        ? choice.label().map(quality::column)
        : Optional.empty();
  }

  private Figure balance(ColumnFindings label) {
    return histogram("balance", "Class balance: " + label.column(), label);
  }

  private static Figure histogram(String id, String title, ColumnFindings column) {
    Table table = new Table(title, "Value", "Rows>", "% of rows>");
    List<Charts.Bar> bars = new ArrayList<>();
    ColumnFindings.ValueShare largest = column.values().get(0);
    for (ColumnFindings.ValueShare value : column.values()) {
      Estimate count = value.share().count();
      table.row(
          value.cell(),
          Wording.count(count),
          value.share().rate().map(Wording::percent).orElse("\u2013"));
      if (bars.size() < MOST_BARS) {
        bars.add(
            new Charts.Bar(
                value.cell(), count.value(), count.noiseDeviation(), Wording.count(count)));
      }
      if (count.value() > largest.share().count().value()) {
        largest = value;
      }
    }
    String more =
        column.values().size() > MOST_BARS
            ? " The drawing shows the first %d of %d values."
                .formatted(MOST_BARS, column.values().size())
            : "";
    String finding =
        "Most rows have '%s': %s.%s"
            .formatted(largest.cell(), Wording.count(largest.share().count()), more);
    return new Figure(id, title, finding, Charts.bars(bars, "rows"), table);
  }
}
