package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.althing.model.features.FeasibilityIndex;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.table.Domain;

/**
 * Cost against what might be expected: the feasibility index of the same study at other budgets, by
 * public numbers alone, and where this study stands.
 *
 * <p>No accuracy is foretold. What was measured stands beside this study's own row and nowhere
 * else.
 */
record BudgetsFigure(Findings findings, FeasibilityIndex index) {
  /** None where nothing was foretold, or several candidates shared the budget. */
  static Optional<BudgetsFigure> of(Findings findings) {
    return findings
        .feasibility()
        .filter(index -> index.value() > 0 && findings.outcome().choice().isEmpty())
        .map(index -> new BudgetsFigure(findings, index));
  }

  Figure figure() {
    double delta = findings.study().privacy().delta();
    double asked = findings.study().privacy().epsilon();
    Rho own = Accountant.rhoFor(asked, delta);
    TreeSet<Double> budgets = new TreeSet<>(FeasibilityIndex.BUDGETS);
    budgets.add(asked);
    Table table =
        new Table("What may be expected by budget", "\u03b5", "S>", "Expected", "Measured");
    List<Charts.Mark> marks = new ArrayList<>();
    for (double epsilon : budgets) {
      boolean isThis = epsilon == asked;
      FeasibilityIndex there = index.at(Accountant.rhoFor(epsilon, delta), own);
      String name = Domain.Numbers.plain(epsilon) + (isThis ? ", this study" : "");
      table.row(
          name,
          Decimal.significant(there.value(), 2),
          there.band().word(),
          isThis ? measured() : "not run");
      marks.add(
          new Charts.Mark(
              "\u03b5 " + name, there.value(), isThis, Decimal.significant(there.value(), 2)));
    }
    return new Figure(
        "budgets",
        "Cost against what may be expected",
        finding(),
        Charts.zones(zones(), marks, "S"),
        table);
  }

  private static List<Charts.Zone> zones() {
    List<Charts.Zone> zones = new ArrayList<>();
    for (FeasibilityIndex.Band band : FeasibilityIndex.Band.values()) {
      zones.add(new Charts.Zone(band.word(), band.from()));
    }
    return zones;
  }

  private String finding() {
    String declared =
        findings.study().analysis().expectedPositives().isPresent()
            ? ", the declared share of positive records"
            : "";
    return "By public numbers alone (people, budget, bounds, numbers released%s) %s: S = %s. Measured on held-out records: %s. The other rows say how far records would stand above the noise at another budget; no study was run there, and bands are what was seen on other data, not a promise for these."
        .formatted(
            declared, index.band().inWords(), Decimal.significant(index.value(), 2), measured());
  }

  private String measured() {
    Optional<Measure> accuracy =
        findings
            .outcome()
            .evaluation()
            .flatMap(performance -> performance.rates().accuracy())
            .or(() -> findings.outcome().classEvaluation().flatMap(each -> each.accuracy()));
    Optional<Measure> commonest =
        findings
            .outcome()
            .evaluation()
            .flatMap(performance -> performance.rates().commonerClass())
            .or(() -> findings.outcome().classEvaluation().flatMap(each -> each.commonestClass()));
    return accuracy
        .map(
            found ->
                "accuracy %s \u00b1 %s%s"
                    .formatted(
                        Decimal.fixed(Wording.cut(found), 3),
                        Decimal.fixed(found.totalDeviation(), 3),
                        commonest
                            .map(c -> ", guessing " + Decimal.fixed(Wording.cut(c), 3))
                            .orElse("")))
        .orElse("nothing");
  }
}
