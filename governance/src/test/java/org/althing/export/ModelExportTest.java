package org.althing.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.althing.cleaning.ColumnCleaner;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.contract.SourceFormat;
import org.althing.encoding.MalformedEncoding;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.report.ModelFile;
import org.althing.scoring.RowScorer;
import org.althing.table.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exported files, run by others' rules, give our probabilities. */
class ModelExportTest {
  private static final int ROWS = 2000;

  private static ModelFile binary(long seed, Random random) {
    return switch ((int) (seed % 3)) {
      case 0 -> RandomModels.ofInteractions(random);
      case 1 -> RandomModels.of(random);
      default -> RandomModels.ofSquares(random);
    };
  }

  private static ModelFile classes(long seed, Random random) {
    return seed % 2 == 0
        ? RandomModels.ofClassesOfInteractions(random)
        : RandomModels.ofClasses(random);
  }

  /** Texts of the model's columns by name, row by row. */
  private static List<Map<String, String>> rows(ModelFile file, Random random) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Map<String, String> row = new HashMap<>();
      for (ContractColumn column : file.columns()) {
        row.put(column.column().name(), RandomModels.text(random, column));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The scores of each row, by our own reading of texts. */
  private static double[][] scores(ModelFile file, List<Map<String, String>> rows) {
    List<String> names = file.columns().stream().map(c -> c.column().name()).toList();
    Binding same =
        new Binding(
            file.study(),
            "1",
            SourceFormat.COMMA_UTF8,
            names.stream().map(BoundColumn::same).toList(),
            file.contract());
    RowScorer scorer = new RowScorer(file, same, names);
    double[][] scores = new double[rows.size()][];
    for (int r = 0; r < scores.length; r++) {
      Map<String, String> row = rows.get(r);
      String[] texts = names.stream().map(n -> row.getOrDefault(n, "")).toArray(String[]::new);
      scorer.score(TextRows.of(List.<String[]>of(texts)), 0, 1);
      scores[r] = scorer.scores(0);
    }
    return scores;
  }

  private static double[] ours(ModelFile file, List<Map<String, String>> rows) {
    return Arrays.stream(scores(file, rows))
        .mapToDouble(score -> LinearModel.probabilityOf(score[0]))
        .toArray();
  }

  private static byte[] written(ModelFile file, ModelExport.Format format) {
    return ((ModelExport.Written) ModelExport.of(file, format)).bytes().toArray();
  }

  /** onnxruntime, which shares no code with ours. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void onnxGivesTheSameProbabilitiesInOnnxruntime(long seed) throws OrtException {
    Random random = new Random(seed);
    ModelFile file = binary(seed, random);
    List<Map<String, String>> rows = rows(file, random);
    double[] expected = ours(file, rows);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(written(file, ModelExport.Format.ONNX))) {
      Map<String, OnnxTensor> inputs = inputs(environment, file, rows);
      // A feature is called probability, so the output is not.
      try (OrtSession.Result result = session.run(inputs)) {
        double[][] found = (double[][]) result.get("probability_").orElseThrow().getValue();
        long[][] sides = (long[][]) result.get("prediction").orElseThrow().getValue();
        for (int r = 0; r < ROWS; r++) {
          assertThat(found[r][0]).as("row %d", r).isCloseTo(expected[r], within(1e-9));
          assertThat(sides[r][0]).isEqualTo(expected[r] >= 0.5 ? 1 : 0);
        }
      }
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("althing.label", "ill");
    }
  }

  private static Map<String, OnnxTensor> inputs(
      OrtEnvironment environment, ModelFile file, List<Map<String, String>> rows)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (String feature : file.model().features().columnsRead()) {
      Domain domain = file.model().features().schema().column(feature).domain();
      inputs.put(feature, OnnxTensor.createTensor(environment, column(domain, feature, rows)));
    }
    return inputs;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void onnxGivesTheSameClassesInOnnxruntime(long seed) throws OrtException {
    Random random = new Random(seed);
    ModelFile file = classes(seed, random);
    List<Map<String, String>> rows = rows(file, random);
    double[][] expected = scores(file, rows);
    List<String> classes = file.model().label().classNames();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(written(file, ModelExport.Format.ONNX));
        OrtSession.Result result = session.run(inputs(environment, file, rows))) {
      double[][] found = (double[][]) result.get("probability_").orElseThrow().getValue();
      double[][] scores = (double[][]) result.get("score").orElseThrow().getValue();
      String[][] predicted = (String[][]) result.get("prediction").orElseThrow().getValue();
      for (int r = 0; r < ROWS; r++) {
        assertThat(scores[r]).as("row %d", r).containsExactly(expected[r], within(1e-9));
        assertThat(found[r]).containsExactly(SoftmaxModel.probabilities(expected[r]), within(1e-9));
        assertThat(predicted[r]).containsExactly(classes.get(SoftmaxModel.largest(expected[r])));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void pmmlGivesTheSameClassesByItsStandard(long seed) throws Exception {
    Random random = new Random(seed);
    ModelFile file = classes(seed, random);
    List<Map<String, String>> rows = rows(file, random);
    double[][] expected = scores(file, rows);
    List<String> classes = file.model().label().classNames();
    PmmlReading reading = new PmmlReading(written(file, ModelExport.Format.PMML));
    for (int r = 0; r < ROWS; r++) {
      double[] probabilities = SoftmaxModel.probabilities(expected[r]);
      for (int k = 0; k < classes.size(); k++) {
        assertThat(reading.probability(rows.get(r), classes.get(k)))
            .as("row %d", r)
            .isCloseTo(probabilities[k], within(1e-9));
      }
    }
  }

  private static Object column(Domain domain, String name, List<Map<String, String>> rows) {
    if (domain instanceof Domain.Categories) {
      return rows.stream().map(r -> new String[] {r.get(name)}).toArray(String[][]::new);
    }
    return rows.stream()
        .map(r -> new double[] {ColumnCleaner.numberOf(r.get(name)).orElse(Double.NaN)})
        .toArray(double[][]::new);
  }

  /** {@link PmmlReading} knows the standard's text and nothing of the writer. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void pmmlGivesTheSameProbabilitiesByItsStandard(long seed) throws Exception {
    Random random = new Random(seed);
    ModelFile file = binary(seed, random);
    List<Map<String, String>> rows = rows(file, random);
    double[] expected = ours(file, rows);
    PmmlReading reading = new PmmlReading(written(file, ModelExport.Format.PMML));
    for (int r = 0; r < ROWS; r++) {
      assertThat(reading.probability(rows.get(r), "1"))
          .as("row %d", r)
          .isCloseTo(expected[r], within(1e-9));
    }
  }

  @Test
  void jsonIsTheModelFileItself() throws Exception {
    for (ModelFile file :
        List.of(
            RandomModels.ofTexts(new Random(4)),
            RandomModels.ofSquares(new Random(4)),
            RandomModels.ofInteractions(new Random(4)),
            RandomModels.ofClassesOfInteractions(new Random(4)),
            RandomModels.ofClasses(new Random(4)))) {
      byte[] json = written(file, ModelExport.Format.JSON);
      assertThat(ModelFile.ofBytes(json)).isEqualTo(file);
    }
  }

  @Test
  void refusesTextsWithTheReasonAndAWayOut() {
    ModelFile file = RandomModels.ofTexts(new Random(5));
    for (ModelExport.Format format : List.of(ModelExport.Format.ONNX, ModelExport.Format.PMML)) {
      ModelExport.Refused refused = (ModelExport.Refused) ModelExport.of(file, format);
      assertThat(refused.reason()).contains("note", format.name(), "althing model predict");
    }
  }

  @Test
  void refusesWhatCleaningChangedAndKeepsItInJson() throws MalformedEncoding {
    ModelFile file = RandomModels.ofRepaired(new Random(7));
    for (ModelExport.Format format : List.of(ModelExport.Format.ONNX, ModelExport.Format.PMML)) {
      ModelExport.Refused refused = (ModelExport.Refused) ModelExport.of(file, format);
      assertThat(refused.reason()).contains("sex, age, chol, dose", "althing model predict");
    }
    assertThat(ModelFile.ofBytes(written(file, ModelExport.Format.JSON))).isEqualTo(file);
  }

  @Test
  void sameModelGivesTheSameBytes() {
    for (ModelExport.Format format : ModelExport.Format.values()) {
      assertThat(written(RandomModels.of(new Random(6)), format))
          .isEqualTo(written(RandomModels.of(new Random(6)), format));
    }
  }
}
