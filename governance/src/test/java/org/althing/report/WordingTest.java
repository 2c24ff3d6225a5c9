package org.althing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.althing.contract.QualityRule;
import org.althing.contract.QualityRule.Operator;
import org.althing.contract.QualityRule.Unit;
import org.althing.contract.RowPredicate;
import org.althing.contract.RowPredicate.Compared;
import org.althing.contract.RowPredicate.Comparison;
import org.althing.contract.RowPredicate.IsNull;
import org.althing.contract.RuleMeasure;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final RowPredicate OLD = new Compared("age", Comparison.GREATER, 60);

  private static String demand(RuleMeasure measure) {
    return Wording.rule(
        new QualityRule(
            "r", measure, Operator.MUST_BE_LESS_THAN, 1, Unit.PERCENT, "consistency", "error"));
  }

  @Test
  void aBoundIsNotReadAsPartOfTheConditionBeforeIt() {
    assertThat(demand(new RuleMeasure.Matching(OLD, Optional.empty())))
        .isEqualTo("rows where (age > 60) < 1 %");
    assertThat(demand(new RuleMeasure.Matching(new IsNull("glucose"), Optional.of(OLD))))
        .isEqualTo("rows where (glucose IS NULL) among rows where (age > 60) < 1 %");
  }

  @Test
  void groupsOfRowsAreSaidAsWhatTheyAre() {
    assertThat(demand(new RuleMeasure.Groups(List.of("age", "sex"), Optional.of("ill"))))
        .isEqualTo("groups of rows with equal age, sex and different ill < 1 per 100 rows");
  }
}
