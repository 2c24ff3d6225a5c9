package org.althing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.export.RandomModels;
import org.althing.report.Json;
import org.althing.report.ModelFile;
import org.althing.scoring.ScoreRequest;
import org.althing.scoring.Scores;

/** Rows somebody posts to have them scored by a model of the registry, up to the answer. */
final class ScoreRequests implements FuzzTarget {
  private static final List<ModelFile> MODELS =
      List.of(
          RandomModels.of(new Random(1)),
          RandomModels.ofSquares(new Random(2)),
          RandomModels.ofTexts(new Random(3)),
          RandomModels.ofRepaired(new Random(4)),
          RandomModels.ofClasses(new Random(5)),
          RandomModels.ofClassesOfTexts(new Random(6)));

  private static final Digest DIGEST = Digest.of(new byte[] {1});

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    ModelFile model = MODELS.get(in.choose(MODELS.size()));
    ScoreRequest request = ScoreRequest.read(model, in.rest());
    if (request instanceof ScoreRequest.Accepted accepted) {
      answered(accepted);
      return true;
    }
    List<String> problems = ((ScoreRequest.Rejected) request).problems();
    if (problems.isEmpty() || problems.size() > ScoreRequest.MOST_PROBLEMS) {
      throw new AssertionError("a rejection with %d reasons".formatted(problems.size()));
    }
    problems.forEach(problem -> Promise.showable(new Exception(problem)));
    return false;
  }

  /** The answer is JSON, has a score for each row, and probabilities that are some. */
  private static void answered(ScoreRequest.Accepted accepted) {
    JsonNode answer;
    try {
      answer = Json.read(Scores.of(accepted, DIGEST));
    } catch (MalformedEncoding e) {
      throw new AssertionError("an answer is no JSON", e);
    }
    List<JsonNode> scores =
        accepted.single()
            ? List.of(answer.path("score"))
            : List.copyOf(answer.path("scores").findParents("class"));
    if (scores.size() != accepted.rows().size()) {
      throw new AssertionError(
          "%d scores of %d rows".formatted(scores.size(), accepted.rows().size()));
    }
    for (JsonNode score : scores) {
      double whole = 0;
      for (JsonNode each : score.path("probabilities")) {
        if (!(each.asDouble() >= 0 && each.asDouble() <= 1)) {
          throw new AssertionError("a probability of " + each);
        }
        whole += each.asDouble();
      }
      if (Math.abs(whole - 1) > 1e-9) {
        throw new AssertionError("probabilities that sum to " + whole);
      }
    }
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    for (int model = 0; model < MODELS.size(); model++) {
      boolean texts = model == 2 || model == 5;
      String row = texts ? "\"note\": \"a cough, twice\"" : "\"chol\": 212.5, \"dose\": \"-0.1\"";
      seeds.put(
          "row-" + model,
          Input.choosing(model, "{\"row\": {\"age\": 61, \"sex\": \"male\", %s}}".formatted(row)));
      seeds.put(
          "rows-" + model,
          Input.choosing(model, "{\"rows\": [{%s}, {\"age\": null}, {}]}".formatted(row)));
    }
    seeds.put(
        "codes",
        Input.choosing(
            0,
            "{\"row\": {\"stage\": \"\u4e8c \\\"<&'\", \"visits\": \"-1\", \"age\": 99}}"
                .getBytes(UTF_8)));
    seeds.put("refused-key", Input.choosing(0, "{\"rows\": [{\"a\": 1}, 1], \"row\": {}}"));
    seeds.put("refused-name", Input.choosing(0, "{\"row\": {\"ill\": \"yes\"}}"));
    seeds.put("refused-value", Input.choosing(0, "{\"rows\": [{\"age\": 1e400}, {\"sex\": []}]}"));
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"row\":",
        "\"rows\":",
        "\"sex\":",
        "\"stage\":",
        "\"age\":",
        "\"chol\":",
        "\"dose\":",
        "\"visits\":",
        "\"probability\":",
        "\"note\":",
        "\"male\"",
        "null",
        "true",
        "1e400",
        "1e999999999",
        "-0.0",
        "1e-400",
        "0x1p3",
        "NaN",
        "\\u0000",
        "\\uD800",
        "{},",
        "[",
        "]",
        "{",
        "}");
  }

  /** A row of two bytes has the texts of all columns, and a score with its numbers. */
  @Override
  public Allowance allowance() {
    return new Allowance(4 << 20, 2000);
  }
}
