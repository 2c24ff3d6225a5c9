package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import org.althing.release.Measure;
import org.althing.statistics.PrincipalComponents;
import org.althing.statistics.PrincipalComponents.Component;

/** The principal components of the released correlations, and which of them chance explains. */
record ComponentsSection(PrincipalComponents found) {
  private static final String TITLE = "Principal components";

  Markup body() {
    Markup out = new Markup().leaf("h3", TITLE);
    out.leaf(
        "p",
        "Computed from the released correlations of %s, at no further cost. Each component is a weighted sum of these numbers; it holds the share of their joint variance that no sum before it explains. \"By chance at most\" is what 95 %% of releases of unrelated numbers under the same noise would stay below; a component stands above chance where its share and that of each before it are larger. Errors are to first order and too small for components whose shares lie within their errors of each other."
            .formatted(String.join(", ", found.columns())));
    out.add(new Figure("components", TITLE, finding(), shares(), table()).toMarkup());
    if (found.above() > 0) {
      out.add(loadings().toMarkup());
    }
    return out;
  }

  private String finding() {
    double share =
        found.components().stream().limit(found.above()).mapToDouble(c -> c.share().value()).sum();
    String percent = Decimal.percent(share, 1);
    return switch (found.above()) {
      case 0 ->
          "No component stands above what noise and sampling alone would show in numbers that have nothing to do with each other.";
      case 1 ->
          "One of %d components stands above what noise and sampling alone would show; it holds %s %% of the variance."
              .formatted(found.components().size(), percent);
      default ->
          "%d of %d components stand above what noise and sampling alone would show; together they hold %s %% of the variance."
              .formatted(found.above(), found.components().size(), percent);
    };
  }

  private Drawing shares() {
    List<Charts.Bar> bars = new ArrayList<>();
    for (int k = 0; k < found.components().size(); k++) {
      Measure share = found.components().get(k).share();
      bars.add(
          new Charts.Bar(
              name(k),
              100 * share.value(),
              100 * share.totalDeviation(),
              Decimal.percent(share.value(), 1)));
    }
    return Charts.bars(bars, "%");
  }

  private static String name(int k) {
    return "Component " + (k + 1);
  }

  private Table table() {
    Table table =
        new Table(
            "Principal components with 95 % intervals",
            "Component",
            "Eigenvalue>",
            "% of the variance>",
            "\u00b1 noise>",
            "\u00b1 sampling>",
            "95 % interval>",
            "By chance at most>",
            "Above chance");
    for (int k = 0; k < found.components().size(); k++) {
      Component component = found.components().get(k);
      table.row(
          Integer.toString(k + 1),
          Decimal.fixed(component.eigenvalue().value(), 3),
          Decimal.percent(component.share().value(), 1),
          Wording.error(component.share().noiseDeviation()),
          Wording.error(component.share().samplingDeviation()),
          Decimal.percent(component.total().low(), 1)
              + " to "
              + Decimal.percent(component.total().high(), 1),
          Decimal.percent(component.byChance(), 1),
          k < found.above() ? "yes" : "no");
    }
    return table;
  }

  private Table loadings() {
    String[] headings = new String[found.above() + 1];
    headings[0] = "Column";
    for (int k = 0; k < found.above(); k++) {
      headings[k + 1] = name(k) + ">";
    }
    Table table =
        new Table(
            "Loadings: the correlation of each column with the components above chance, \u00b1 noise and sampling together",
            headings);
    for (int i = 0; i < found.columns().size(); i++) {
      String[] cells = new String[headings.length];
      cells[0] = found.columns().get(i);
      for (int k = 0; k < found.above(); k++) {
        Measure loading = found.components().get(k).loadings().get(i);
        cells[k + 1] =
            Decimal.fixed(loading.value(), 2)
                + " \u00b1 "
                + Decimal.fixed(loading.totalDeviation(), 2);
      }
      table.row(cells);
    }
    return table;
  }
}
