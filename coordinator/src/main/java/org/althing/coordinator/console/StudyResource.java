package org.althing.coordinator.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.althing.coordinator.runner.StudyBundle;
import org.althing.coordinator.runner.StudyRunner;
import org.althing.encoding.Digest;
import org.althing.party.StudyWatch;
import org.althing.party.Submission;
import org.althing.study.Ground;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;

/**
 * Studies as a lead sees them: submitted as two documents, followed entry by entry, fetched as a
 * folder.
 */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class StudyResource {
  @Inject Instance<StudyRunner> runner;
  @Inject Instance<StudyLog> log;
  @Inject Instance<StudyWatch> watch;

  /**
   * {@code {"study": YAML, "contract": YAML}} gives {@code {"id": plan digest}}, the same at every
   * repetition.
   */
  @POST
  @Path("/studies")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response submit(String body, @Context ContainerRequestContext context) {
    Optional<SubmittedTexts> texts = SubmittedTexts.read(body);
    if (texts.isEmpty()) {
      return problem(
          400, List.of("ALT-API-001 the body is no JSON object of the texts study and contract"));
    }
    if (texts.get().tooLong()) {
      return problem(413, List.of("ALT-API-002 a document has at most 256 KiB"));
    }
    Submission submission =
        runner
            .get()
            .submit(
                String.valueOf(context.getProperty(CallerFilter.LEAD)),
                texts.get().study().getBytes(StandardCharsets.UTF_8),
                texts.get().contract().getBytes(StandardCharsets.UTF_8));
    if (submission instanceof Submission.Rejected rejected) {
      return problem(422, rejected.reasons());
    }
    String id = ((Submission.Accepted) submission).plan().digest().hex();
    return Response.status(201).entity(new JsonObject().put("id", id).encode()).build();
  }

  /** What is wrong with a request, as {@code {"problems": [...]}}. */
  static Response problem(int status, List<String> reasons) {
    return Response.status(status)
        .entity(new JsonObject().put("problems", new JsonArray(reasons)).encode())
        .build();
  }

  /** The nodes whose sessions are up. */
  @GET
  @Path("/nodes")
  public String nodes() {
    JsonArray nodes = new JsonArray();
    runner.get().attending().forEach(node -> nodes.add(node.value()));
    return new JsonObject().put("attending", nodes).encode();
  }

  /** Every study of the log, with how it stands. */
  @GET
  @Path("/studies")
  public String studies() {
    JsonArray studies = new JsonArray();
    for (StudyRecord record : runner.get().records()) {
      studies.add(new JsonObject().put("id", record.study().hex()).put("outcome", outcome(record)));
    }
    return new JsonObject().put("studies", studies).encode();
  }

  static String outcome(StudyRecord record) {
    return record.completed()
        ? "completed"
        : record.stopped().map(s -> "stopped: " + s.reason()).orElse("running");
  }

  /** One line of JSON per log entry from number {@code after} on. */
  @GET
  @Path("/studies/{id}/events")
  @Produces("application/jsonl")
  public Response events(@PathParam("id") String id, @QueryParam("after") int after) {
    Optional<StudyRecord> record = find(id);
    if (record.isEmpty()) {
      return unknown(id);
    }
    StringBuilder lines = new StringBuilder();
    for (LogEntry entry : record.get().entries()) {
      if (entry.sequence() >= after) {
        lines
            .append(
                new JsonObject()
                    .put("sequence", entry.sequence())
                    .put("time", Instant.ofEpochMilli(entry.timeMillis()).toString())
                    .put("event", entry.event().getClass().getSimpleName())
                    .put("text", text(entry.event(), record.get()))
                    .encode())
            .append('\n');
      }
    }
    return Response.ok(lines.toString()).build();
  }

  /** With what a release says of how well a training goes. */
  private String text(StudyEvent event, StudyRecord record) {
    String text = EventText.of(event, record);
    return event instanceof StudyEvent.Released released
        ? watch.get().said(record, released).map(said -> text + "; " + said).orElse(text)
        : text;
  }

  /** Whether the study has ended and its folder can be fetched. */
  @GET
  @Path("/studies/{id}")
  public Response status(@PathParam("id") String id) {
    Optional<StudyRecord> record = find(id);
    if (record.isEmpty()) {
      return unknown(id);
    }
    boolean closed = log.get().note(record.get().study()).isPresent();
    return Response.ok(
            new JsonObject().put("outcome", outcome(record.get())).put("closed", closed).encode())
        .build();
  }

  /** The study's output folder, zipped. */
  @GET
  @Path("/studies/{id}/bundle")
  @Produces("application/zip")
  public Response bundle(@PathParam("id") String id) {
    Optional<StudyRecord> record = find(id);
    if (record.isEmpty()) {
      return unknown(id);
    }
    if (log.get().note(record.get().study()).isEmpty()) {
      return Response.status(409)
          .type(MediaType.TEXT_PLAIN)
          .entity("ALT-API-004 the study is not closed yet\n")
          .build();
    }
    return Response.ok(StudyBundle.zip(log.get(), record.get().study())).build();
  }

  /** Stops a study; what was released stays released, what was charged stays charged. */
  @DELETE
  @Path("/studies/{id}")
  public Response cancel(@PathParam("id") String id) {
    Optional<StudyRecord> record = find(id);
    if (record.isEmpty()) {
      return unknown(id);
    }
    runner.get().cancel(record.get().study(), Ground.CANCELLED.with());
    return Response.noContent().build();
  }

  private Optional<StudyRecord> find(String id) {
    return id.matches("[0-9a-f]{64}") ? runner.get().record(Digest.ofHex(id)) : Optional.empty();
  }

  private static Response unknown(String id) {
    return Response.status(404)
        .type(MediaType.TEXT_PLAIN)
        .entity("ALT-API-003 there is no study " + id.replaceAll("[^0-9a-z]", "?") + "\n")
        .build();
  }
}
