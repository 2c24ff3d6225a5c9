package org.althing.coordinator.console;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.althing.coordinator.access.PeerName;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only callers whose verified certificate names a study lead; to the log itself, which its
 * witnesses may read whole, a node too.
 */
@Provider
public class CallerFilter implements ContainerRequestFilter {
  static final String LEAD = "org.althing.lead";

  @Inject HttpServerRequest request;
  @Inject ResourceInfo asked;

  @Override
  public void filter(ContainerRequestContext context) {
    Optional<PeerName> caller = caller(request.connection().sslSession());
    Optional<PeerName> lead = caller.filter(peer -> peer.role() == PeerName.Role.LEAD);
    lead.ifPresent(peer -> context.setProperty(LEAD, peer.name()));
    boolean mayRead = asked.getResourceClass() == LogResource.class && caller.isPresent();
    if (lead.isEmpty() && !mayRead) {
      context.abortWith(
          Response.status(Response.Status.FORBIDDEN)
              .type("text/plain")
              .entity("ALT-CERT-004 the certificate names no study lead (althing://lead/NAME)\n")
              .build());
    }
  }

  static Optional<PeerName> caller(@Nullable SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate leaf ? PeerName.of(leaf) : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
