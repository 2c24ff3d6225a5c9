package org.althing.coordinator.console;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.althing.audit.Tile;
import org.althing.study.StudyLog;

/**
 * The whole log, to be read and never written: its newest checkpoint, its tiles and its key, under
 * the names of C2SP tlog-tiles v0.1.0, so that whoever may read it can audit it with a client of
 * their own.
 */
@Path("/log")
public class LogResource {
  private static final String NEVER_CHANGES = "private, max-age=31536000, immutable";

  @Inject Instance<StudyLog> log;

  @GET
  @Path("checkpoint")
  @Produces("text/plain; charset=utf-8")
  public Response checkpoint() {
    return Response.ok(log.get().signedCheckpoint().toBytes())
        .header("Cache-Control", "no-cache")
        .build();
  }

  /** The key that the checkpoint is signed with, a C2SP vkey; to be compared elsewhere. */
  @GET
  @Path("key")
  @Produces("text/plain; charset=utf-8")
  public Response key() {
    return Response.ok((log.get().key().toText() + "\n").getBytes(StandardCharsets.UTF_8)).build();
  }

  @GET
  @Path("{path: tile/.+}")
  public Response tile(@PathParam("path") String path) {
    Optional<byte[]> bytes = Tile.at(path).flatMap(log.get()::tile);
    return bytes.isPresent()
        ? Response.ok(bytes.get(), MediaType.APPLICATION_OCTET_STREAM)
            .header("Cache-Control", NEVER_CHANGES)
            .build()
        : Response.status(Response.Status.NOT_FOUND)
            .type(MediaType.TEXT_PLAIN)
            .entity(
                "ALT-API-005 the log has no such tile, or an entry in it has more than %d bytes\n"
                    .formatted(Tile.LARGEST_ENTRY))
            .build();
  }
}
