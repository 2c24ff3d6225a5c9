package org.althing.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.statistics.Interval;
import org.althing.statistics.PrincipalComponents;
import org.althing.statistics.PrincipalComponents.Component;
import org.althing.statistics.StatisticsFindings;
import org.junit.jupiter.api.Test;

final class ComponentsSectionTest {
  private static final List<String> COLUMNS = List.of("age", "chol", "rate");

  /** With eigenvalues 1.8, 0.9 and 0.3. */
  private static PrincipalComponents components(int above) {
    List<Component> components = new ArrayList<>();
    double[] eigenvalues = {1.8, 0.9, 0.3};
    for (int k = 0; k < 3; k++) {
      double share = eigenvalues[k] / 3;
      List<Measure> loadings =
          List.of(
              new Measure(0.9, 0.03, 0.04), new Measure(-0.5, 0.03, 0.04), new Measure(0.1, 0, 0));
      components.add(
          new Component(
              new Measure(eigenvalues[k], 0.09, 0.12),
              new Measure(share, 0.03, 0.04),
              new Interval(share - 0.098, share + 0.098),
              0.4,
              k < above ? loadings : List.of()));
    }
    return new PrincipalComponents(COLUMNS, components, above);
  }

  private static String html(int above) {
    return new ComponentsSection(components(above)).body().toString();
  }

  @Test
  void saysInOneSentenceHowManyStandAboveChance() {
    assertThat(html(0))
        .contains("No component stands above what noise and sampling alone would show")
        .doesNotContain("Loadings:");
    assertThat(html(1))
        .contains("One of 3 components stands above")
        .contains("it holds 60.0 % of the variance.");
    assertThat(html(2))
        .contains("2 of 3 components stand above")
        .contains("together they hold 90.0 % of the variance.");
  }

  @Test
  void printsSharesWithBothErrorsAndLoadingsOfWhatStandsAboveChance() {
    assertThat(html(1))
        .contains("50.2 to 69.8", "<td class=\"n\">3.0</td><td class=\"n\">4.0</td>")
        .contains("Loadings: ", "0.90 \u00b1 0.05", "\u22120.50 \u00b1 0.05")
        .contains("By chance at most", "40.0");
  }

  @Test
  void theResultFileHoldsTheSame() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    StatisticsNode.write(
        node,
        new StatisticsFindings(
            new Estimate(900, 3),
            List.of(),
            Optional.empty(),
            Optional.of(components(1)),
            List.of()));
    JsonNode found = node.get("components");
    assertThat(found.get("above_chance").intValue()).isEqualTo(1);
    assertThat(found.get("columns").get(2).textValue()).isEqualTo("rate");
    JsonNode first = found.get("components").get(0);
    assertThat(first.get("eigenvalue").get("value").doubleValue()).isEqualTo(1.8);
    assertThat(first.get("share").get("noise_deviation").doubleValue()).isEqualTo(0.03);
    assertThat(first.get("share_by_chance").doubleValue()).isEqualTo(0.4);
    assertThat(first.get("interval")).hasSize(2);
    assertThat(first.get("loadings").get(1).get("value").doubleValue()).isEqualTo(-0.5);
    assertThat(found.get("components").get(1).get("loadings")).isEmpty();
  }
}
