package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.SourceFormat;
import org.althing.encoding.MalformedEncoding;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;

/** Large texts, chunk by chunk. */
class ScoringTest {
  private static final Domain.Categories KINDS = new Domain.Categories(List.of("a", "b", "c"));
  private static final Label LABEL =
      new Label(new Schema(List.of(new Column("kind", KINDS))), "kind", Set.of("a"));

  private static final int ROWS = 60_000;
  private static final ModelFile MODEL = model();

  private static ModelFile model() {
    try {
      return ModelFile.ofBytes(
          PaperStudy.completed(PaperStudy.LOGISTIC, 300).folder().get(ModelFile.NAME).toArray());
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  private static List<Double> scores(byte[] text, SourceFormat format) throws IOException {
    Binding plain = new Binding(MODEL.study(), "1", format, List.of(), MODEL.contract());
    List<Double> scores = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      new Scoring(MODEL, plain, "d.csv")
          .run(
              new ByteArrayInputStream(text),
              threads,
              chunk -> {
                for (int row = 0; row < chunk.rows(); row++) {
                  scores.add(chunk.probability(row));
                }
              });
    } finally {
      threads.shutdownNow();
    }
    return scores;
  }

  private static String note(Random random) {
    return "\"line one\r\nline \"\"two\"\" " + "x".repeat(random.nextInt(60)) + ", \u4e8c\"";
  }

  private static String text(Random random, boolean notes) {
    StringBuilder text = new StringBuilder("\uFEFFnote,age,sex,chol\n");
    for (int r = 0; r < ROWS; r++) {
      text.append(notes ? note(random) : "").append(',').append(30 + random.nextInt(50));
      text.append(random.nextInt(2) == 0 ? ",male," : ",female,").append(150 + random.nextInt(200));
      text.append(random.nextInt(3) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  @Test
  void scoresEveryRowInItsOrderWhereverChunksAreCut() throws IOException {
    String quoted = text(new Random(1), true);
    byte[] utf8 = quoted.getBytes(StandardCharsets.UTF_8);
    assertThat(utf8.length).isGreaterThan(4 * RecordChunks.CHUNK);
    List<Double> found = scores(utf8, SourceFormat.COMMA_UTF8);
    List<List<String>> rows = DelimitedText.read("d.csv", utf8, SourceFormat.COMMA_UTF8).rows();
    assertThat(found).hasSize(ROWS);
    for (int r = 0; r < ROWS; r += 997) {
      List<String> row = rows.get(r);
      String alone = "age,sex,chol\n%s,%s,%s\n".formatted(row.get(1), row.get(2), row.get(3));
      assertThat(scores(alone.getBytes(StandardCharsets.UTF_8), SourceFormat.COMMA_UTF8))
          .containsExactly(found.get(r));
    }
  }

  @Test
  void readsOtherCharacterSetsAlike() throws IOException {
    String quoted = text(new Random(2), true);
    Charset chinese = Charset.forName("GB18030");
    assertThat(scores(quoted.getBytes(chinese), new SourceFormat(chinese, ',')))
        .isEqualTo(scores(quoted.getBytes(StandardCharsets.UTF_8), SourceFormat.COMMA_UTF8));
  }

  /**
   * The first row tells how many fields there are and is scored as well, doubled quotes and all.
   */
  @Test
  void scoresTheFirstRowOfATextWithoutNames() throws IOException {
    SourceFormat bare = new SourceFormat(StandardCharsets.UTF_8, ',', true, false);
    byte[] text = "\"a \"\"b\"\" c\",70\n\"a\",70\n".getBytes(StandardCharsets.UTF_8);
    List<BoundColumn> columns = new ArrayList<>();
    for (String column : List.of("age", "sex", "chol", "disease")) {
      Optional<String> local = column.equals("age") ? Optional.of("#2") : Optional.empty();
      columns.add(new BoundColumn(column, local, List.of(), Map.of(), 1, 0));
    }
    List<Double> scores = new ArrayList<>();
    new Scoring(MODEL, new Binding("s", "1", bare, columns, MODEL.contract()), "d.csv")
        .run(
            new ByteArrayInputStream(text),
            Runnable::run,
            chunk -> scores.addAll(List.of(chunk.probability(0), chunk.probability(1))));
    assertThat(scores).hasSize(2);
    assertThat(scores.get(0)).isEqualTo(scores.get(1));
  }

  @Test
  void saysTheLineThatIsWrongFarInsideAText() {
    String text = text(new Random(3), false);
    byte[] wrong = (text + "1,2,3\n" + text).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> scores(wrong, SourceFormat.COMMA_UTF8))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("d.csv, line %d: expected 4 fields as in the first line, got 3", ROWS + 2);
  }

  @Test
  void refusesWhatIsNotInItsCharacterSet() {
    byte[] latin =
        (text(new Random(4), false) + "\u00e9,1,male,2\n").getBytes(StandardCharsets.ISO_8859_1);
    latin[0] = 'x';
    assertThatThrownBy(() -> scores(latin, SourceFormat.COMMA_UTF8))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("not written in UTF-8");
  }

  @Test
  void refusesAQuoteThatIsNeverClosedWithoutHoldingTheFile() {
    byte[] open =
        ("age,sex,chol\n\"" + "1,2,3\n".repeat(3_000_000)).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> scores(open, SourceFormat.COMMA_UTF8))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("a quote that is never closed");
  }

  /** Against every pair, of scores with many ties. */
  @Test
  void areaUnderTheCurveIsThatOfAllPairs() {
    Random random = new Random(5);
    Fit fit = new Fit(LABEL);
    double[] scores = new double[800];
    int[] outcomes = new int[800];
    for (int i = 0; i < 800; i++) {
      outcomes[i] = random.nextInt(3) == 0 ? 1 : 0;
      scores[i] = Math.rint(16 * (random.nextGaussian() + outcomes[i])) / 16;
      fit.add(scores[i], 0.3, outcomes[i]);
    }
    double above = 0;
    double pairs = 0;
    for (int i = 0; i < 800; i++) {
      for (int j = 0; j < 800; j++) {
        if (outcomes[i] == 1 && outcomes[j] == 0) {
          pairs++;
          above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(fit.auc().orElseThrow()).isCloseTo(above / pairs, within(1e-12));
    assertThat(fit.logLoss()).isPositive();
  }

  /** By the definitions, pair by pair and row by row. */
  @Test
  void figuresOfSeveralClassesAreThoseOfTheirDefinitions() {
    Random random = new Random(9);
    ClassFit fit =
        new ClassFit(new Label(new Schema(List.of(new Column("kind", KINDS))), "kind", Set.of()));
    int rows = 600;
    double[][] odds = new double[rows][];
    int[] truth = new int[rows];
    int[] likeliest = new int[rows];
    for (int i = 0; i < rows; i++) {
      truth[i] = random.nextInt(3);
      double[] scores = new double[3];
      for (int k = 0; k < 3; k++) {
        scores[k] = Math.rint(2 * (random.nextGaussian() + (k == truth[i] ? 1 : 0)));
      }
      odds[i] = SoftmaxModel.logOdds(scores);
      likeliest[i] = SoftmaxModel.largest(scores);
      fit.add(scores, truth[i]);
    }
    double area = 0;
    double f1 = 0;
    for (int k = 0; k < 3; k++) {
      double above = 0;
      double pairs = 0;
      double both = 0;
      double either = 0;
      for (int i = 0; i < rows; i++) {
        both += truth[i] == k && likeliest[i] == k ? 1 : 0;
        either += (truth[i] == k ? 1 : 0) + (likeliest[i] == k ? 1 : 0);
        for (int j = 0; j < rows; j++) {
          if (truth[i] == k && truth[j] != k) {
            pairs++;
            double apart = odds[i][k] - odds[j][k];
            above += apart > 1e-9 ? 1 : apart < -1e-9 ? 0 : 0.5;
          }
        }
      }
      area += above / pairs / 3;
      f1 += 2 * both / either / 3;
    }
    // Scores that agree to 1 part in 256 count as ties.
    assertThat(fit.meanAuc().orElseThrow()).isCloseTo(area, within(1e-3));
    assertThat(fit.meanF1().orElseThrow()).isCloseTo(f1, within(1e-12));
    assertThat(fit.inWords()).contains("mean AUC 0.", "calibration error 0.");
    assertThat(fit.byClass()).contains("precision", "recall", "predicted as");
  }

  @Test
  void calibrationErrorIsTheMeanDistanceOfProbabilitiesFromWhatCameTrue() {
    Calibration calibration = new Calibration();
    for (int i = 0; i < 100; i++) {
      calibration.add(0.25, i < 25);
      calibration.add(0.95, i < 75);
    }
    calibration.add(1, true);
    assertThat(calibration.error()).isCloseTo((100 * 0.2) / 201, within(0.002));
  }

  @Test
  void manyClassesShowTheirCommonestMistakesInsteadOfATableTooWide() {
    List<String> names = IntStream.range(0, 12).mapToObj(k -> "k" + k).toList();
    Confusion confusion = new Confusion(names);
    for (int i = 0; i < 7; i++) {
      confusion.add(3, 5);
    }
    confusion.add(1, 1);
    assertThat(confusion.inWords(Collections.nCopies(12, Optional.empty())))
        .contains("commonest mistakes")
        .containsPattern("k3 +k5 +7");
    assertThat(confusion.meanF1()).isEmpty();
  }

  @Test
  void areaIsUndefinedOfOneClass() {
    Fit fit = new Fit(LABEL);
    fit.add(1, 0.7, 1);
    assertThat(fit.auc()).isEmpty();
    assertThat(fit.accuracy()).isEqualTo(1);
  }

  @Test
  void writesSixDigitsAsExactRoundingDoes() throws IOException {
    // The model's own probabilities lie in the middle; the texts of others are compared directly.
    Random random = new Random(6);
    for (int i = 0; i < 300_000; i++) {
      double value = random.nextDouble() * Math.pow(10, -random.nextInt(18));
      value = i % 3 == 0 ? Math.rint(value * 1e7) / 1e7 : value;
      assertThat(ScoreLines.written(value)).isEqualTo(ScoreLines.text(value));
    }
    for (double value : new double[] {0, 1, 0.5, 0.0999999999, 0.9999999, 1e-300, 0.1, 0x1p-30}) {
      assertThat(ScoreLines.written(value)).isEqualTo(ScoreLines.text(value));
    }
  }
}
