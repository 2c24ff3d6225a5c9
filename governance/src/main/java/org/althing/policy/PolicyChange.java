package org.althing.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Person;
import org.althing.privacy.Rho;

/**
 * One clause that two policies have differently.
 *
 * @param clause its path, as refusals name it
 * @param before what the older one says
 * @param after what the newer one says
 */
public record PolicyChange(String clause, Direction direction, String before, String after) {
  /** The text of a clause that a policy does not have. */
  public static final String ABSENT = "-";

  /** What becomes of what was refused and of what was allowed. */
  public enum Direction {
    /** Something that was refused may be allowed, and nothing the other way. */
    WEAKER,
    /** Something that was allowed may be refused, and nothing the other way. */
    STRICTER,
    /** Both, or neither can be said. */
    DIFFERENT
  }

  /** Every clause that differs, in the order of the file; none where both decide alike. */
  public static List<PolicyChange> between(Policy before, Policy after) {
    Comparison c = new Comparison();
    c.other("org", before.org().value(), after.org().value());
    c.validity(before.validity(), after.validity());
    c.allowed("leads", before.leads(), after.leads());
    c.allowed("purposes", before.purposes(), after.purposes());
    c.allowed("analyses", before.analyses(), after.analyses());
    c.allowed("columns.allow", before.columns(), after.columns());
    c.never(before.never(), after.never());
    c.limits(before.limits(), after.limits());
    for (String population : union(before.budgets().keySet(), after.budgets().keySet())) {
      c.budget(population, before.budgetOf(population), after.budgetOf(population));
    }
    c.approvals(before.approvals(), after.approvals());
    c.retention(before.retention(), after.retention());
    return List.copyOf(c.changes);
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    Set<String> all = new TreeSet<>(first);
    all.addAll(second);
    return all;
  }

  private static final class Comparison {
    private final List<PolicyChange> changes = new ArrayList<>();

    /** The more of it, the more is allowed. */
    private <T extends Comparable<T>> void grants(String clause, T before, T after) {
      int change = before.compareTo(after);
      if (change != 0) {
        add(clause, change < 0 ? Direction.WEAKER : Direction.STRICTER, before, after);
      }
    }

    /** The more of it, the less is allowed. */
    private <T extends Comparable<T>> void demands(String clause, T before, T after) {
      int change = before.compareTo(after);
      if (change != 0) {
        add(clause, change < 0 ? Direction.STRICTER : Direction.WEAKER, before, after);
      }
    }

    private void other(String clause, String before, String after) {
      if (!before.equals(after)) {
        add(clause, Direction.DIFFERENT, before, after);
      }
    }

    private void nested(String clause, boolean grows, boolean shrinks, String[] texts) {
      if (grows && shrinks) {
        return;
      }
      Direction direction =
          grows ? Direction.WEAKER : shrinks ? Direction.STRICTER : Direction.DIFFERENT;
      add(clause, direction, texts[0], texts[1]);
    }

    private void add(String clause, Direction direction, Object before, Object after) {
      changes.add(new PolicyChange(clause, direction, before.toString(), after.toString()));
    }

    private void validity(Validity before, Validity after) {
      nested(
          "valid",
          !after.from().isAfter(before.from()) && !after.until().isBefore(before.until()),
          !before.from().isAfter(after.from()) && !before.until().isBefore(after.until()),
          new String[] {
            before.from() + " to " + before.until(), after.from() + " to " + after.until()
          });
    }

    private void allowed(String clause, Allowed before, Allowed after) {
      nested(
          clause,
          covers(after, before),
          covers(before, after),
          new String[] {before.toString(), after.toString()});
    }

    private static boolean covers(Allowed wider, Allowed narrower) {
      return wider.everything()
          || (!narrower.everything() && wider.names().containsAll(narrower.names()));
    }

    private void never(Set<String> before, Set<String> after) {
      nested(
          "columns.never",
          before.containsAll(after),
          after.containsAll(before),
          new String[] {listed(before), listed(after)});
    }

    private static String listed(Set<String> names) {
      return names.isEmpty() ? ABSENT : String.join(", ", names);
    }

    private void limits(Limits before, Limits after) {
      demands("limits.nodes", before.leastNodes(), after.leastNodes());
      demands("limits.people", before.leastPeople(), after.leastPeople());
      grants("limits.releases", before.mostReleases(), after.mostReleases());
      demands("limits.colluders", before.leastColluders(), after.leastColluders());
      demands("limits.survivors", before.leastSurvivors(), after.leastSurvivors());
    }

    private void budget(String population, Optional<Budget> before, Optional<Budget> after) {
      String clause = "budgets." + population;
      if (before.isEmpty() || after.isEmpty()) {
        add(
            clause,
            before.isEmpty() ? Direction.WEAKER : Direction.STRICTER,
            before.map(b -> "rho " + b.total()).orElse(ABSENT),
            after.map(b -> "rho " + b.total()).orElse(ABSENT));
        return;
      }
      grants(clause, before.get().total(), after.get().total());
      grants(clause + ".per_study", before.get().perStudy(), after.get().perStudy());
      cap(clause + ".per_lead", before.get().perLead(), after.get().perLead());
      perPeriod(clause + ".per_period", before.get().perPeriod(), after.get().perPeriod());
      // Delta only says at which delta the rho is shown as an epsilon.
      other(
          clause + ".delta",
          Double.toString(before.get().delta()),
          Double.toString(after.get().delta()));
    }

    /** Without a cap everything is allowed. */
    private void cap(String clause, Optional<Rho> before, Optional<Rho> after) {
      if (before.isPresent() && after.isPresent()) {
        grants(clause, before.get(), after.get());
      } else if (!before.equals(after)) {
        add(
            clause,
            before.isPresent() ? Direction.WEAKER : Direction.STRICTER,
            before.map(rho -> "rho " + rho).orElse(ABSENT),
            after.map(rho -> "rho " + rho).orElse(ABSENT));
      }
    }

    private void perPeriod(
        String clause, Optional<Budget.PerPeriod> before, Optional<Budget.PerPeriod> after) {
      boolean sameLength =
          before.map(Budget.PerPeriod::length).equals(after.map(Budget.PerPeriod::length));
      if (sameLength || before.isEmpty() || after.isEmpty()) {
        cap(clause, before.map(Budget.PerPeriod::most), after.map(Budget.PerPeriod::most));
      } else {
        // Months and days have no order of their own.
        other(clause, before.get().toString(), after.get().toString());
      }
    }

    private void approvals(ApprovalRule before, ApprovalRule after) {
      for (String role : union(before.from().keySet(), after.from().keySet())) {
        demands(
            "approvals.from." + role,
            before.from().getOrDefault(role, 0),
            after.from().getOrDefault(role, 0));
      }
      if (before.asksAnybody() && after.asksAnybody()) {
        grants("approvals.valid_days", before.validDays(), after.validDays());
      }
      Map<String, Person> then = byId(before);
      Map<String, Person> now = byId(after);
      for (String id : union(then.keySet(), now.keySet())) {
        // One more person can say yes, and can say no.
        other("people." + id, text(then, id), text(now, id));
      }
    }

    /** Longer is less private, and more evidence: neither can be called weaker. */
    private void retention(Retention before, Retention after) {
      for (Retention.Kind kind : Retention.Kind.values()) {
        other(
            "retention." + kind.word(),
            Objects.toString(before.periods().get(kind), ABSENT),
            Objects.toString(after.periods().get(kind), ABSENT));
      }
    }

    private static Map<String, Person> byId(ApprovalRule rule) {
      return rule.people().stream().collect(Collectors.toMap(Person::id, Function.identity()));
    }

    private static String text(Map<String, Person> people, String id) {
      return Optional.ofNullable(people.get(id))
          .map(
              p ->
                  "%s, key %s%s"
                      .formatted(
                          String.join("+", p.roles()),
                          p.key().fingerprint(),
                          p.asksAs().isEmpty() ? "" : ", asks as " + String.join(", ", p.asksAs())))
          .orElse(ABSENT);
    }
  }
}
