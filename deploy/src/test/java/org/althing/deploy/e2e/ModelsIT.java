package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.cli.PredictCommand;
import org.althing.deploy.lab.RealFederation;
import org.althing.encoding.Digest;
import org.althing.privacy.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** After training: the coordinator serves the model to leads, each node compares it for itself. */
class ModelsIT {
  private static final String ASKED =
      "{\"rows\": [{\"age\": 71, \"sex\": \"male\"}, {\"age\": 33}]}";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private RealFederation federation;

  @BeforeEach
  void start() throws Exception {
    federation =
        RealFederation.write(
            folder,
            Map.of(
                "east", Patients.of("east", 1010),
                "north", Patients.of("north", 1230),
                "south", Patients.of("south", 1470),
                "west", Patients.of("west", 1680)));
    federation.startAll();
  }

  @AfterEach
  void end() throws Exception {
    federation.close();
  }

  private JsonNode json(String path) throws Exception {
    return JSON.readTree(federation.ask(path, Optional.empty()).body());
  }

  @Test
  void aFinishedStudysModelIsListedFetchedAskedAndComparedAtANode() throws Exception {
    assertThat(json("/api/models").path("models")).isEmpty();
    Output study = Output.of(federation, federation.submit(Questions.logistic("scored")));
    Path file = study.folder().resolve("model.json");

    JsonNode model = json("/api/models").path("models").path(0);
    assertThat(model.path("study").asText()).isEqualTo("scored");
    assertThat(model.path("model_sha256").asText())
        .isEqualTo(Digest.of(Files.readAllBytes(file)).hex());
    assertThat(federation.ask("/api/models/scored/1/model.json", Optional.empty()).body())
        .isEqualTo(Files.readString(file));
    assertThat(json("/api/models/scored/latest").path("evaluation"))
        .isEqualTo(study.result().path("evaluation"));
    assertThat(federation.ask("/models", Optional.empty()).body())
        .contains("/api/models/scored/1/report.html");
    assertThat(federation.ask("/api/models/scored/1/report.html", Optional.empty()).body())
        .isEqualTo(Files.readString(study.folder().resolve("report.html")));

    asked(file);
    refused();
    compared(study.folder());
  }

  /** The better one is kept, everybody pays for both, and a verifier comes to the same choice. */
  @Test
  void theBestOfTwoCandidatesIsKeptAndBothArePaidFor() throws Exception {
    Output study = Output.of(federation, federation.submit(Questions.candidates("tried")));
    JsonNode candidates = study.result().path("candidates");
    assertThat(candidates.path("chosen").asText()).isEqualTo("of-both");
    JsonNode models = candidates.path("models");
    assertThat(models).hasSize(2);
    assertThat(models.path(0).path("behind_chosen").path("told_from_noise").asBoolean()).isTrue();
    JsonNode model = JSON.readTree(study.folder().resolve("model.json").toFile());
    assertThat(model.path("method").asText()).isEqualTo("logistic");
    assertThat(study.charges("north")).hasSize(4);

    String config = federation.nodeFolder("north").resolve("node.yaml").toString();
    assertThat(federation.node(0, "data", "compare", study.folder().toString(), "--config", config))
        .contains("own held-out rows");
    federation.end("north");
    study.assertLedgerCovers(federation, "north");
  }

  private void asked(Path model) throws Exception {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "age,sex\n71,male\n33,\n");
    StringWriter out = new StringWriter();
    new CommandLine(new PredictCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(model.toString(), rows.toString());
    List<String> lines = out.toString().lines().toList();
    JsonNode scores =
        JSON.readTree(federation.ask("/api/models/scored/1/score", Optional.of(ASKED)).body())
            .path("scores");
    assertThat(scores).hasSize(2);
    for (int r = 0; r < 2; r++) {
      assertThat(scores.path(r).path("probabilities").path(1).asDouble())
          .isCloseTo(Double.parseDouble(lines.get(r + 1).split(",")[1]), within(1e-6));
    }
  }

  private void refused() throws Exception {
    HttpResponse<String> wrong =
        federation.ask("/api/models/scored/1/score", Optional.of("{\"row\": {\"age\": 91827364}}"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("ALT-API-007 row.age: expected whole numbers 18 to 110");
    assertThat(federation.ask("/api/models/other/1", Optional.empty()).statusCode()).isEqualTo(404);
    for (String path : List.of("/models", "/api/models", "/api/models/scored/1/model.json")) {
      assertThat(federation.askAs("north", path).statusCode()).as(path).isEqualTo(403);
    }
    for (Path each : federation.filesOutsideTheNodes()) {
      assertThat(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1))
          .as("a value that was asked about, in %s", each)
          .doesNotContain("91827364");
    }
  }

  private void compared(Path study) throws Exception {
    String config = federation.nodeFolder("north").resolve("node.yaml").toString();
    String sent = federation.node(0, "outbox", "ls", "--config", config);
    assertThat(federation.node(0, "data", "compare", study.toString(), "--config", config))
        .contains("own held-out rows", "commoner class", "for you alone")
        .containsPattern("AUC +0\\.\\d{3}");
    assertThat(federation.node(0, "outbox", "ls", "--config", config)).isEqualTo(sent);
    federation.end("north");
    assertThat(
            federation.ledger("north").stream()
                .filter(LedgerEntry.ReleaseCharged.class::isInstance))
        .hasSize(3);
  }
}
