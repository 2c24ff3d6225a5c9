package org.althing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.WordWeights;
import org.althing.model.features.WordWeights.Weight;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;

final class WordsFigureTest {
  private static final List<String> CHINESE = List.of("好", "好吃", "太慢");
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("review", new Domain.Words(Language.CHINESE, CHINESE)),
              new Column("stars", new Domain.Categories(List.of("good", "bad", "none")))));
  private static final FeatureSpace FEATURES = new FeatureSpace(SCHEMA, List.of("review"));
  private static final List<String> NAMES = FEATURES.coordinateNames().subList(0, 3);

  private static Weight sure(double value) {
    return new Weight(value, value - 0.1, value + 0.1, true);
  }

  @Test
  void wordsToldFromNoiseComeFirstThenWhateverIsFurthestFromZero() {
    List<Weight> weights =
        List.of(new Weight(3, -1, 7, false), sure(0.5), new Weight(2, 1, 3, true));
    WordsFigure figure =
        new WordsFigure(
            new LinearModel(FEATURES, new Label(SCHEMA, "stars", Set.of("good")), new double[5]),
            new WordWeights(NAMES, List.of(weights)));
    String first = NAMES.get(2).substring("review = ".length());
    assertThat(figure.sides().get(0).words())
        .extracting(WordsFigure.Word::name)
        .containsExactly(first, NAMES.get(1).substring(9), NAMES.get(0).substring(9));
    assertThat(figure.sides().get(1).words()).isEmpty();
    String page = figure.toMarkup().toString();
    assertThat(page).contains("2 of 3 declared words are told from noise").contains("(3.00)");
    assertThat(CHINESE).contains(first);
  }

  @Test
  void everyClassHasTheWordsThatSpeakForIt() {
    WordsFigure figure =
        new WordsFigure(
            new SoftmaxModel(FEATURES, new Label(SCHEMA, "stars", Set.of()), new double[3][5]),
            new WordWeights(
                NAMES,
                List.of(
                    List.of(sure(1), sure(-1), sure(-1)),
                    List.of(sure(-1), sure(1), sure(-1)),
                    List.of(sure(-1), sure(-1), sure(1)))));
    assertThat(figure.sides())
        .extracting(side -> side.words().get(0).name())
        .containsExactlyInAnyOrderElementsOf(CHINESE);
    assertThat(figure.toMarkup().toString()).contains("3 of 3 declared words");
  }
}
