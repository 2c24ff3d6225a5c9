package org.althing.coordinator.console;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What this program answers over HTTPS, as OpenAPI 3.0. */
@Path("/openapi.yaml")
public class OpenApiResource {
  static final String NAME = "/openapi.yaml";

  @GET
  @Produces("application/yaml; charset=utf-8")
  public byte[] document() {
    try (InputStream in = OpenApiResource.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + NAME);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
