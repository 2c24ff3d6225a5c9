package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.althing.model.Scores;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeasibilityIndex.Band;
import org.althing.release.PaperFederation;
import org.althing.study.Planning.Planned;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is foretold of a label whose share is declared, beside what training comes to: records of
 * eight columns, each of which tells the classes apart a little, over four organisations.
 */
final class RareLabelTest {
  private static final int NODES = 4;
  private static final List<String> CELLS = List.of("a", "b", "c", "d", "e");
  private static final Schema SCHEMA = schema();
  private static final double RARE = 0.01;
  private static final int SEEDS = 8;

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "linear-svm", "naive-bayes"})
  void aRareLabelIsNoLongerCalledGoodWhereTrainingFails(String kind) {
    Setting declared = new Setting(kind, 1, 2000, OptionalDouble.of(RARE));
    assertThat(declared.undeclared().foretold().band()).isEqualTo(Band.GOOD);
    assertThat(declared.foretold().band()).isEqualTo(Band.NO_BETTER_THAN_GUESSING);
    assertThat(declared.areaOf(RARE)).isLessThan(0.65);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "linear-svm", "naive-bayes"})
  void aBalancedLabelIsCalledAsGoodAsWithoutAWord(String kind) {
    Setting declared = new Setting(kind, 1, 2000, OptionalDouble.of(0.5));
    assertThat(declared.foretold()).isEqualTo(declared.undeclared().foretold());
    assertThat(declared.foretold().band()).isEqualTo(Band.GOOD);
    assertThat(declared.areaOf(0.5)).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "linear-svm", "naive-bayes"})
  void aRareLabelOfManyPeopleIsCalledGoodAndIs(String kind) {
    Setting declared = new Setting(kind, 3, 20_000, OptionalDouble.of(RARE));
    assertThat(declared.foretold().band()).isEqualTo(Band.GOOD);
    assertThat(declared.areaOf(RARE)).isGreaterThan(0.8);
  }

  private record Setting(String kind, double epsilon, int people, OptionalDouble expected) {
    Setting undeclared() {
      return new Setting(kind, epsilon, people, OptionalDouble.empty());
    }

    FeasibilityIndex foretold() {
      Planned planned = planned();
      return planned.programme().feasibility(planned.plan(), people).orElseThrow();
    }

    /** The mean area over draws of the noise, on fresh records. */
    double areaOf(double share) {
      Random random = new Random(5);
      List<RecordBatch> nodes =
          IntStream.range(0, NODES).mapToObj(n -> records(random, people / NODES, share)).toList();
      List<RecordBatch> test = List.of(records(random, 20_000, share));
      Programme programme = planned().programme();
      double area = 0;
      for (long seed = 1; seed <= SEEDS; seed++) {
        StudyOutcome outcome = PaperFederation.noisy(NODES - 2, seed).run(programme, nodes);
        area += Scores.of(outcome.model().orElseThrow(), test).auc() / SEEDS;
      }
      System.out.printf(
          Locale.ROOT, "RARE %s %s: S %.2f, area %.3f%n", this, share, foretold().value(), area);
      return area;
    }

    private Planned planned() {
      AnalysisChoice.Label label = new AnalysisChoice.Label("ill", List.of("yes"), expected);
      List<String> features =
          SCHEMA.columns().stream().map(Column::name).filter(n -> n.startsWith("x")).toList();
      return Examples.planned(
          SCHEMA, Examples.model(kind, label, features), epsilon, 0, people, NODES);
    }
  }

  private static Schema schema() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      columns.add(new Column("x" + i, new Domain.Categories(CELLS)));
    }
    columns.add(new Column("ill", new Domain.Categories(List.of("no", "yes"))));
    return new Schema(columns);
  }

  /** The healthy are spread evenly; of the ill, higher cells are likelier. */
  private static RecordBatch records(Random random, int rows, double share) {
    List<List<String>> all = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      boolean ill = random.nextDouble() < share;
      List<String> record = new ArrayList<>();
      for (int field = 0; field < 8; field++) {
        double u = random.nextDouble();
        record.add(CELLS.get((int) (5 * (ill ? Math.pow(u, field % 2 == 0 ? 0.45 : 0.7) : u))));
      }
      record.add(ill ? "yes" : "no");
      all.add(record);
    }
    return Batches.of(SCHEMA, random.nextInt(1 << 28), all);
  }
}
