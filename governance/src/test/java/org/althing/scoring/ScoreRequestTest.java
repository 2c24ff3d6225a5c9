package org.althing.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.export.RandomModels;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.report.Json;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.althing.table.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody posts is scored with the bits of the study, or refused by row and column. */
class ScoreRequestTest {
  private static final ModelFile MODEL = RandomModels.of(new Random(5));
  private static final Digest DIGEST = Digest.of(new byte[] {1});

  private static ScoreRequest read(String json) {
    return ScoreRequest.read(MODEL, json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(String json) {
    return read(json) instanceof ScoreRequest.Rejected rejected ? rejected.problems() : List.of();
  }

  private static JsonNode answer(ScoreRequest request) throws Exception {
    return JsonMapper.builder()
        .build()
        .readTree(Scores.of((ScoreRequest.Accepted) request, DIGEST));
  }

  /** Valid texts of the model's columns, some of them unknown. */
  private static List<String> row(Random random) {
    List<String> row = new ArrayList<>();
    for (String name : MODEL.model().features().columns()) {
      ContractColumn column = RowScorer.described(MODEL, name);
      String text;
      do {
        text = RandomModels.text(random, column);
      } while (read("{\"row\":" + object(List.of(name), List.of(text)) + "}")
          instanceof ScoreRequest.Rejected);
      row.add(text);
    }
    return row;
  }

  private static String object(List<String> names, List<String> texts) {
    ObjectNode node = Json.object();
    for (int c = 0; c < names.size(); c++) {
      node.put(names.get(c), texts.get(c));
    }
    return node.toString();
  }

  private static RecordBatch batch(List<List<String>> rows) {
    List<BoundColumn> columns = new ArrayList<>();
    MODEL.columns().forEach(c -> columns.add(BoundColumn.same(c.column().name())));
    Contract contract =
        new Contract(
            MODEL.study(),
            "1",
            MODEL.title(),
            "rows",
            MODEL.columns(),
            new PrivacyUnit("row", Optional.empty(), 1),
            List.of(),
            MODEL.contract());
    Cleaner cleaner =
        new Cleaner(
            contract,
            new Binding(MODEL.study(), "1", SourceFormat.COMMA_UTF8, columns, MODEL.contract()),
            new byte[32]);
    List<String[]> texts = new ArrayList<>();
    List<String> features = MODEL.model().features().columns();
    for (List<String> row : rows) {
      texts.add(
          cleaner.localNames().stream()
              .map(n -> features.contains(n) ? row.get(features.indexOf(n)) : "no")
              .toArray(String[]::new));
    }
    cleaner.see(TextRows.of(texts));
    cleaner.startPass();
    return cleaner.clean(TextRows.of(texts));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scoresWithTheBitsOfTheStudysEvaluation(long seed) throws Exception {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    for (int r = 0; r < 200; r++) {
      rows.add(row(random));
      objects.add(object(MODEL.model().features().columns(), rows.get(r)));
    }
    JsonNode answer = answer(read("{\"rows\":[" + String.join(",", objects) + "]}"));
    LinearModel.Scorer expected = ((LinearModel) MODEL.model()).scorer();
    RecordBatch batch = batch(rows);
    assertThat(answer.path("scores")).hasSize(200);
    for (int r = 0; r < 200; r++) {
      JsonNode score = answer.path("scores").path(r);
      double logit = expected.logit(batch, r);
      assertThat(score.path("log_odds").asDouble()).isEqualTo(logit);
      assertThat(score.path("probabilities").path(1).asDouble())
          .isEqualTo(LinearModel.probabilityOf(logit));
      assertThat(score.path("class").asText()).isEqualTo(logit >= 0 ? "very or yes" : "no");
    }
  }

  /** Of four bins of a number: the likeliest class, and the share of each. */
  @Test
  void ofSeveralClassesEachHasItsProbability() throws Exception {
    ModelFile classes =
        ModelFile.ofBytes(
            PaperStudy.completed(PaperStudy.CLASSES, 400).folder().get(ModelFile.NAME).toArray());
    ScoreRequest request =
        ScoreRequest.read(
            classes,
            "{\"rows\": [{\"sex\": \"male\", \"disease\": \"1\"}, {\"chol\": 300}]}"
                .getBytes(StandardCharsets.UTF_8));
    JsonNode answer = answer(request);
    assertThat(answer.path("classes")).hasSize(4);
    SoftmaxModel model = (SoftmaxModel) classes.model();
    for (JsonNode score : answer.path("scores")) {
      assertThat(score.path("probabilities")).hasSize(4);
      double whole = 0;
      int likeliest = 0;
      for (int k = 0; k < 4; k++) {
        whole += score.path("probabilities").path(k).asDouble();
        likeliest =
            score.path("probabilities").path(k).asDouble()
                    > score.path("probabilities").path(likeliest).asDouble()
                ? k
                : likeliest;
      }
      assertThat(whole).isCloseTo(1, within(1e-12));
      assertThat(score.path("class").asText()).isEqualTo(model.label().classNames().get(likeliest));
    }
  }

  @Test
  void oneRowGivesOneScoreAndNamesTheModelItIsOf() throws Exception {
    JsonNode answer = answer(read("{\"row\": {\"age\": 61, \"sex\": \"male\", \"chol\": null}}"));
    assertThat(answer.path("schema").asText()).isEqualTo(Scores.SCHEMA);
    assertThat(answer.path("model").asText()).isEqualTo(DIGEST.hex());
    assertThat(answer.path("label").asText()).isEqualTo("ill");
    assertThat(answer.path("classes").toString()).isEqualTo("[\"no\",\"very or yes\"]");
    JsonNode score = answer.path("score");
    assertThat(score.path("probabilities").path(0).asDouble())
        .isEqualTo(1 - score.path("probabilities").path(1).asDouble());
  }

  /** Numbers as texts, and the other way round. */
  @Test
  void aNumberIsTheSameAsItsText() {
    assertThat(read("{\"row\": {\"age\": 61, \"stage\": 1}}"))
        .isEqualTo(read("{\"row\": {\"age\": \"61\", \"stage\": \"1\"}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"row\": {\"age\": 4711}} | row.age: expected whole numbers 0 to 120, or null",
        "{\"row\": {\"age\": 1e999999999}} | row.age: expected whole numbers 0 to 120, or null",
        "{\"row\": {\"age\": {\"a\": 4711}}} | row.age: expected whole numbers 0 to 120, or null",
        "{\"row\": {\"age\": true}} | row.age: expected whole numbers 0 to 120, or null",
        "{\"row\": {\"sex\": \"4711\"}} | row.sex: expected one of female, male, or null",
        "{\"rows\": [{}, {\"dose\": 4711}]} | rows[1].dose: expected numbers -0.3 to 0.7, or null",
        "{\"rows\": [{}, 4711]} | rows[1]: expected an object of columns and values",
        "{\"rows\": []} | rows: expected a list of 1 to 10000 objects",
        "{\"rows\": {}} | rows: expected a list of 1 to 10000 objects",
        "{\"rows\": [{}], \"row\": {}} | the body: expected one key, \"row\" or \"rows\"",
        "{\"4711\": 1} | the body: expected one key, \"row\" or \"rows\"",
        "{\"row\": {\"age\": 1, \"age\": 4711}} | the body: expected JSON",
        "{\"row\": {\"4711\": 1}} | row: 1 name(s) that the model does not read; it reads sex",
        "4711 | the body: expected one JSON object",
        "{\"row\": {\"age\": 4711e9999999999}} | the body: expected JSON; it breaks a limit",
        "{\"row\": | the body: expected JSON; it breaks at line 1"
      })
  void saysWhichFieldIsWrongAndNeverRepeatsAValue(String json, String problem) {
    assertThat(problems(json)).hasSize(1);
    assertThat(problems(json).get(0)).startsWith(problem).doesNotContain("4711");
  }

  @Test
  void listsSeveralFaultsButNotWithoutEnd() {
    String row = "{\"age\": -1, \"sex\": \"x\"}";
    assertThat(problems("{\"rows\": [%s, {}, %s]}".formatted(row, row)))
        .extracting(p -> p.substring(0, p.indexOf(':')))
        .containsExactly("rows[0].sex", "rows[0].age", "rows[2].sex", "rows[2].age");
    assertThat(problems("{\"rows\": [" + (row + ",").repeat(400) + "{}]}"))
        .hasSize(ScoreRequest.MOST_PROBLEMS);
    String many = "{},".repeat(ScoreRequest.MOST_ROWS);
    assertThat(problems("{\"rows\": [" + many + "{}]}").get(0)).startsWith("rows: expected a list");
  }

  /** Whatever is posted, there is an answer. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void spoiledRequestsAreRefusedOrScoredAndNeverFail(long seed) {
    Random random = new Random(seed);
    byte[] good =
        "{\"rows\": [{\"age\": 61, \"sex\": \"male\", \"chol\": 212.5, \"dose\": null}]}"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5000; i++) {
      byte[] spoiled = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
      }
      ScoreRequest request = ScoreRequest.read(MODEL, spoiled);
      if (request instanceof ScoreRequest.Accepted accepted) {
        assertThat(Scores.of(accepted, DIGEST)).isNotEmpty();
      }
    }
  }
}
