package org.althing.sheet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What whoever plans a study should think twice about; each opens with a code that stays. */
public final class PlanWarnings {
  private static final double HIGH_EPSILON = 3;
  private static final double WIDE_MARGIN = 0.1;
  private static final Duration TIME_FOR_PEOPLE = Duration.ofDays(1);

  private PlanWarnings() {}

  public static List<String> of(PlanSheet sheet) {
    List<String> warnings = new ArrayList<>();
    if (sheet.people() > 0) {
      ofPeople(sheet, warnings);
    }
    double epsilon = sheet.epsilonOf(sheet.plan().cost());
    if (epsilon > HIGH_EPSILON) {
      warnings.add(
          "W-EPSILON  ε %s is weak protection: above 3 it says little about a single person"
              .formatted(Brief.cost(epsilon)));
    }
    for (PlanSheet.Owner owner : sheet.owners()) {
      if (owner.approvals().asksAnybody()
          && sheet.study().deadline().compareTo(TIME_FOR_PEOPLE) < 0) {
        warnings.add(
            "W-PEOPLE  %s asks people, who have %s: give the study a deadline of days"
                .formatted(owner.id(), Brief.period(sheet.study().deadline())));
      }
      if (owner.admits() && sheet.roomAfter(owner) == 0) {
        warnings.add(
            "W-LAST  %s: no further study of this cost fits its budget".formatted(owner.id()));
      }
    }
    return warnings;
  }

  /** What follows from the number of people. */
  private static void ofPeople(PlanSheet sheet, List<String> warnings) {
    if (sheet.isHopeless()) {
      String people =
          sheet.study().analysis().expectedPositives().isPresent()
              ? "people of the rarer class"
              : "people";
      warnings.add(
          "W-FEASIBILITY  too few %s for this ε: ask more organisations, fewer columns, a higher ε, or, of many numbers, their values instead of their bins (cleaning: values), or, of texts, declared words alone (vocabulary)"
              .formatted(people));
    }
    Optional<Double> margin = sheet.marginOfShares().map(m -> m / sheet.rowsOfUnit());
    if (margin.isPresent() && margin.get() > WIDE_MARGIN) {
      warnings.add(
          "W-MARGIN  noise alone leaves ± %s percentage points: read the numbers as a hint"
              .formatted(Brief.points(margin.get())));
    }
    sheet
        .marginInGroup()
        .map(m -> m / sheet.rowsOfUnit())
        .filter(m -> m > WIDE_MARGIN)
        .ifPresent(
            m ->
                warnings.add(
                    "W-GROUPS  noise alone leaves ± %s percentage points in groups of one size: ask for fewer groups, or hold out more records"
                        .formatted(Brief.points(m))));
    double most = 0.1 / sheet.people();
    if (sheet.delta() > most) {
      warnings.add(
          "W-DELTA  δ %s is large for %d people: at most %s is usual, one in ten times their number"
              .formatted(Brief.delta(sheet.delta()), sheet.people(), Brief.delta(most)));
    }
  }
}
