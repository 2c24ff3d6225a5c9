package org.althing.coordinator.console;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.althing.party.ModelRegistry;
import org.althing.report.RegistryPage;

/** The models of finished studies on one page for people. */
@Path("/models")
public class ModelPageResource {
  @Inject Instance<ModelRegistry> registry;

  @GET
  @Produces("text/html; charset=utf-8")
  public Response page() {
    return Response.ok(RegistryPage.of(registry.get().models())).build();
  }
}
