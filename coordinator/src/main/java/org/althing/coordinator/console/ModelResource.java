package org.althing.coordinator.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.althing.party.ModelRegistry;
import org.althing.report.RegisteredModel;
import org.althing.report.ResultFile;
import org.althing.report.StudyReport;
import org.althing.scoring.ScoreRequest;
import org.althing.scoring.Scores;

/**
 * The models of finished studies: listed, fetched, and asked for scores. What is asked is in no log
 * and is kept nowhere.
 */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
  @Inject Instance<ModelRegistry> registry;
  @Inject OpenModels open;

  @GET
  public String models() {
    JsonArray models = new JsonArray();
    registry.get().models().forEach(model -> models.add(entry(model)));
    return new JsonObject().put("models", models).encode();
  }

  /** Where a model is from, and its figures on the held-out records, also in groups. */
  @GET
  @Path("{study}/{version}")
  public Response card(@PathParam("study") String study, @PathParam("version") String version) {
    return of(
        study,
        version,
        model -> {
          JsonObject result =
              new JsonObject(Buffer.buffer(open.of(model).file(ResultFile.NAME).toArray()));
          JsonObject card = entry(model);
          for (String part : List.of("evaluation", "groups")) {
            if (result.containsKey(part)) {
              card.put(part, result.getValue(part));
            }
          }
          return Response.ok(card.encode()).build();
        });
  }

  @GET
  @Path("{study}/{version}/model.json")
  public Response file(@PathParam("study") String study, @PathParam("version") String version) {
    return of(
        study,
        version,
        model -> Response.ok(open.of(model).model().toBytes()).tag(model.digest().hex()).build());
  }

  @GET
  @Path("{study}/{version}/report.html")
  @Produces("text/html; charset=utf-8")
  public Response report(@PathParam("study") String study, @PathParam("version") String version) {
    return of(
        study,
        version,
        model -> Response.ok(open.of(model).file(StudyReport.NAME).toArray()).build());
  }

  /** {@code {"row": {...}}} or {@code {"rows": [...]}} gives classes and their probabilities. */
  @POST
  @Path("{study}/{version}/score")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response score(
      @PathParam("study") String study, @PathParam("version") String version, byte[] body) {
    return of(
        study,
        version,
        model -> {
          ScoreRequest request = ScoreRequest.read(open.of(model).model(), body);
          if (request instanceof ScoreRequest.Rejected rejected) {
            return StudyResource.problem(
                422, rejected.problems().stream().map(p -> "ALT-API-007 " + p).toList());
          }
          return Response.ok(Scores.of((ScoreRequest.Accepted) request, model.digest())).build();
        });
  }

  private Response of(String study, String version, Function<RegisteredModel, Response> answer) {
    Optional<RegisteredModel> model = registry.get().find(study, version);
    return model.isPresent()
        ? answer.apply(model.get())
        : StudyResource.problem(
            404,
            List.of(
                "ALT-API-006 there is no such model or version of it; GET /api/models lists them"));
  }

  private static JsonObject entry(RegisteredModel model) {
    return new JsonObject()
        .put("study", model.study())
        .put("version", model.version())
        .put("title", model.title())
        .put("method", model.method())
        .put("model_sha256", model.digest().hex())
        .put("plan", model.plan().hex())
        .put("issued", Instant.ofEpochMilli(model.issued()).toString())
        .put(
            "log",
            new JsonObject()
                .put("entries", model.entries())
                .put("issue", model.issue().hex())
                .put("place", model.place()));
  }
}
