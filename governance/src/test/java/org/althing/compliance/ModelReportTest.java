package org.althing.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;

final class ModelReportTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("review", new Domain.Words(Language.ENGLISH, List.of("a", "b", "c"))),
              new Column("stars", new Domain.Categories(List.of("good", "bad", "none")))));
  private static final FeatureSpace FEATURES = new FeatureSpace(SCHEMA, List.of("review"));

  @Test
  void whatAModelSaysIsSaidInTheLanguageOfThePage() {
    Phrase one =
        ModelReport.outcome(
            new LinearModel(FEATURES, new Label(SCHEMA, "stars", Set.of("good")), new double[5]));
    assertThat(one).isEqualTo(Phrase.same("stars = good"));
    Phrase classes =
        ModelReport.outcome(
            new SoftmaxModel(FEATURES, new Label(SCHEMA, "stars", Set.of()), new double[3][5]));
    assertThat(classes.english()).isEqualTo("stars = good, bad, none, each");
    assertThat(classes.chinese()).isEqualTo("stars = good, bad, none，各类分别给出");
  }
}
