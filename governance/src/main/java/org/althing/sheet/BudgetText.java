package org.althing.sheet;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.policy.Budget;
import org.althing.policy.Policy;
import org.althing.privacy.Accountant;
import org.althing.privacy.Balance;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerEntry;
import org.althing.privacy.Outlay;
import org.althing.privacy.Rho;
import org.althing.privacy.StudyAccount;

/** A node's ledger in words, for its owner. */
public final class BudgetText {
  private static final String UNKNOWN = "-";
  private static final int PACE_DAYS = 90;
  private static final int MOST_DAYS = 3653;
  private final BudgetLedger ledger;
  private final Optional<Policy> policy;

  /**
   * @param policy says at which δ each population's ρ is shown as ε; where it does not, ρ alone is
   */
  public BudgetText(BudgetLedger ledger, Optional<Policy> policy) {
    this.ledger = ledger;
    this.policy = policy;
  }

  /** What each population was granted, and where it went; and how far the rest would reach. */
  public String balances() {
    TextTable table = new TextTable("", List.of(2, 3, 4, 5, 6));
    table.row("population", "", "granted", "spent", "reserved", "left", "last study fits");
    for (Map.Entry<String, Balance> each : ledger.balances().entrySet()) {
      Balance balance = each.getValue();
      OptionalDouble delta = delta(each.getKey());
      table.row(
          each.getKey(),
          "ρ",
          Brief.cost(balance.budget()),
          Brief.cost(balance.spent()),
          Brief.cost(balance.reserved()),
          Brief.rest(balance.left()),
          fits(each.getKey(), balance.left()));
      if (delta.isPresent()) {
        table.row(
            "",
            "ε at δ = " + Brief.delta(delta.getAsDouble()),
            epsilon(balance.budget(), delta),
            epsilon(balance.spent(), delta),
            epsilon(balance.reserved(), delta),
            balance.left().pico() == 0
                ? "0"
                : Brief.rest(Accountant.epsilonFor(balance.left(), delta.getAsDouble())));
      }
    }
    return table + "ledger of %d entries, head %s%n".formatted(ledger.sequence(), ledger.head());
  }

  /** How often a study as dear as the population's last one could still be reserved. */
  private String fits(String population, Rho left) {
    List<LedgerEntry.StudyReserved> reserved = reserved(population);
    if (reserved.isEmpty()) {
      return UNKNOWN;
    }
    Rho cost = reserved.get(reserved.size() - 1).cost();
    return cost.pico() == 0 ? UNKNOWN : left.pico() / cost.pico() + " more times";
  }

  /**
   * How long what is left will last: by the pace of the last days, and what one lead and one period
   * may still hold where the policy limits them.
   */
  public String forecast(LocalDate today) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Balance> each : ledger.balances().entrySet()) {
      String population = each.getKey();
      Rho left = each.getValue().left();
      List<Outlay> outlays = ledger.outlays(population);
      text.append(
          "%s: ρ %s left, %s%n".formatted(population, Brief.rest(left), fit(population, left)));
      text.append("  %s%n".formatted(pace(left, outlays, today)));
      policy
          .flatMap(p -> p.budgetOf(population))
          .ifPresent(budget -> text.append(limits(budget, outlays, today)));
    }
    return text.toString();
  }

  private String fit(String population, Rho left) {
    String times = fits(population, left);
    return times.equals(UNKNOWN)
        ? "no study was admitted yet"
        : "a study as dear as the last one fits " + times;
  }

  private static String pace(Rho left, List<Outlay> outlays, LocalDate today) {
    LocalDate since = today.minusDays(PACE_DAYS);
    Rho recent = sum(outlays.stream().filter(each -> each.asked().day().isAfter(since)));
    if (recent.pico() == 0) {
      return "no study of the last %d days holds any of it".formatted(PACE_DAYS);
    }
    double days = PACE_DAYS * left.toDouble() / recent.toDouble();
    return "studies of the last %d days hold ρ %s: at this pace it lasts %s"
        .formatted(
            PACE_DAYS,
            Brief.cost(recent),
            days > MOST_DAYS
                ? "more than 10 years"
                : "%d days, until %s".formatted((long) days, today.plusDays((long) days)));
  }

  private static String limits(Budget budget, List<Outlay> outlays, LocalDate today) {
    StringBuilder text = new StringBuilder();
    budget
        .perLead()
        .ifPresent(
            most -> {
              Map<String, List<Outlay>> byLead =
                  outlays.stream()
                      .collect(
                          Collectors.groupingBy(
                              each -> each.asked().lead(), TreeMap::new, Collectors.toList()));
              byLead.forEach(
                  (lead, of) ->
                      text.append(
                          "  lead %s may still hold ρ %s%n"
                              .formatted(lead, Brief.rest(rest(most, sum(of.stream()))))));
            });
    budget
        .perPeriod()
        .ifPresent(
            limit -> {
              List<Outlay> counted =
                  outlays.stream()
                      .filter(each -> limit.counts(each.asked().day(), today))
                      .filter(each -> each.cost().pico() > 0)
                      .toList();
              text.append(
                  "  studies of any %s may still hold ρ %s%s%n"
                      .formatted(
                          limit.length(),
                          Brief.rest(rest(limit.most(), sum(counted.stream()))),
                          counted.stream()
                              .map(each -> each.asked().day().plus(limit.length()))
                              .min(Comparator.naturalOrder())
                              .map(day -> ", more from " + day)
                              .orElse("")));
            });
    return text.toString();
  }

  private static Rho sum(Stream<Outlay> outlays) {
    return outlays.map(Outlay::cost).reduce(Rho.ZERO, Rho::plus);
  }

  private static Rho rest(Rho most, Rho held) {
    return held.compareTo(most) >= 0 ? Rho.ZERO : most.minus(held);
  }

  /** Every study that ever reserved, oldest first, with what it was charged. */
  public String history() {
    TextTable table = new TextTable("", List.of(2, 3, 4, 5));
    table.row(
        "plan", "population", "releases paid", "spare used", "spent ρ", "spent ε", "", "asked by");
    for (LedgerEntry entry : ledger.history()) {
      if (entry instanceof LedgerEntry.StudyReserved reserved) {
        row(table, reserved.study(), ledger.study(reserved.study()).orElseThrow());
      }
    }
    return table + recoveries();
  }

  /** When the ledger took over what others remembered, and why. */
  private String recoveries() {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : ledger.history()) {
      if (entry instanceof LedgerEntry.SpendAdopted adopted) {
        lines.append(
            "recovered with the spend that others remembered at entry %d: %s%n"
                .formatted(adopted.remembered().position().sequence(), adopted.reason()));
      }
    }
    return lines.toString();
  }

  private void row(TextTable table, Digest study, StudyAccount account) {
    String population = account.terms().population();
    int paid = account.charges().size() - account.spareAttemptsUsed();
    table.row(
        study.brief(),
        population,
        paid + " of " + account.terms().releases().size(),
        account.spareAttemptsUsed() + " of " + account.terms().spareAttempts(),
        Brief.cost(account.spent()),
        epsilon(account.spent(), delta(population)),
        account.closed() ? "closed" : "open: ρ " + Brief.cost(account.reserved()) + " set aside",
        account.terms().asked().map(by -> by.lead() + ", " + by.day()).orElse(UNKNOWN));
  }

  private List<LedgerEntry.StudyReserved> reserved(String population) {
    return ledger.history().stream()
        .filter(LedgerEntry.StudyReserved.class::isInstance)
        .map(LedgerEntry.StudyReserved.class::cast)
        .filter(terms -> terms.population().equals(population))
        .toList();
  }

  private OptionalDouble delta(String population) {
    Optional<Budget> budget = policy.flatMap(p -> p.budgetOf(population));
    return budget.isPresent() ? OptionalDouble.of(budget.get().delta()) : OptionalDouble.empty();
  }

  private static String epsilon(Rho rho, OptionalDouble delta) {
    if (rho.pico() == 0) {
      return "0";
    }
    return delta.isEmpty() ? UNKNOWN : Brief.cost(Accountant.epsilonFor(rho, delta.getAsDouble()));
  }
}
