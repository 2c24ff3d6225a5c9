package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import org.althing.federation.NodeId;
import org.althing.privacy.Accountant;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.Rho;
import org.althing.study.ChargeStatement;

/** What each owner paid, from its own ledger's signed words. */
record CostSection(Findings findings, Charges charges) {
  Markup body() {
    double delta = findings.study().privacy().delta();
    Rho cost = findings.plan().cost();
    Rho worst = findings.plan().costIfAllOthersCollude();
    Markup out = new Markup();
    out.leaf(
        "p",
        "The plan costs each unit \u03c1 = %s, which is \u03b5 = %s at \u03b4 = %s. Should everybody else work with the coordinator, a node's own noise still keeps the cost at \u03c1 = %s (\u03b5 = %s)."
            .formatted(
                StudyReport.rho(cost),
                epsilon(cost, delta),
                Decimal.significant(delta, 1),
                StudyReport.rho(worst),
                epsilon(worst, delta)));
    out.add(perOrganisation(delta).toMarkup());
    if (charges.all().isEmpty()) {
      return out.leaf("p", "No node was charged.");
    }
    Table table =
        new Table(
            "Every charge, as signed by the node that paid",
            "Node",
            "Release",
            "Attempt>",
            "Ledger entry>",
            "\u03c1 of the release>",
            "\u03c1 added>",
            "\u03c1 spent since>");
    for (ChargeStatement charge : charges.all()) {
      ChargeReceipt receipt = charge.receipt();
      table.row(
          charge.node().value(),
          releaseName(receipt.release().release()),
          Integer.toString(receipt.release().attempt()),
          Long.toString(receipt.sequence()),
          StudyReport.rho(receipt.gross()),
          StudyReport.rho(receipt.marginal()),
          StudyReport.rho(receipt.spent()));
    }
    return out.leaf("h3", "Charges").add(table.toMarkup());
  }

  private Figure perOrganisation(double delta) {
    Table table =
        new Table(
            "\u03c1 by organisation", "Node", "This study>", "\u03b5>", "All studies so far>");
    List<Charts.Bar> bars = new ArrayList<>();
    Rho most = Rho.ZERO;
    for (NodeId id : findings.plan().roster().ids()) {
      Rho paid = charges.paidBy(id);
      most = most.max(paid);
      String spent = charges.spentBy(id).map(StudyReport::rho).orElse("\u2013");
      bars.add(new Charts.Bar(id.value(), paid.toDouble(), 0, StudyReport.rho(paid)));
      table.row(id.value(), StudyReport.rho(paid), epsilon(paid, delta), spent);
    }
    return new Figure(
        "budget",
        "Paid for this study",
        "The dearest share is \u03c1 = %s of the %s that the plan allows without spare attempts."
            .formatted(StudyReport.rho(most), StudyReport.rho(findings.plan().cost())),
        Charts.bars(bars, "\u03c1"),
        table);
  }

  private String releaseName(int release) {
    return release < findings.plan().releases().size()
        ? release + 1 + " " + findings.plan().releases().get(release).name()
        : Integer.toString(release + 1);
  }

  private static String epsilon(Rho rho, double delta) {
    return Decimal.ceiling(Accountant.epsilonFor(rho, delta), 3);
  }
}
