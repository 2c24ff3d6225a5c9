package org.althing.coordinator.console;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.althing.coordinator.access.PeerName;

/** Lets in only callers whose verified certificate names a study lead, whatever the path. */
@Provider
public class LeadFilter implements ContainerRequestFilter {
  static final String LEAD = "org.althing.lead";

  @Inject HttpServerRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    Optional<String> lead = lead(request.connection().sslSession());
    if (lead.isPresent()) {
      context.setProperty(LEAD, lead.get());
    } else {
      context.abortWith(
          Response.status(Response.Status.FORBIDDEN)
              .type("text/plain")
              .entity("ALT-CERT-004 the certificate names no study lead (althing://lead/NAME)\n")
              .build());
    }
  }

  private static Optional<String> lead(SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate leaf
          ? PeerName.of(leaf).filter(p -> p.role() == PeerName.Role.LEAD).map(PeerName::name)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
