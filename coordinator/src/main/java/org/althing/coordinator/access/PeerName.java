package org.althing.coordinator.access;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who a verified certificate says its holder is: the one subject alternative name of the form
 * {@code althing://ROLE/NAME}. Nothing else about a caller is believed.
 */
public record PeerName(Role role, String name) {
  private static final int URI_NAME = 6;

  /** What a caller may be. */
  public enum Role {
    NODE,
    LEAD
  }

  /** Nothing where the certificate names no role, or more than one. */
  public static Optional<PeerName> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) {
        return Optional.empty();
      }
      List<PeerName> peers =
          names.stream()
              .filter(name -> name.get(0).equals(URI_NAME))
              .flatMap(name -> parse(String.valueOf(name.get(1))).stream())
              .toList();
      return peers.size() == 1 ? Optional.of(peers.get(0)) : Optional.empty();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  private static Optional<PeerName> parse(String uri) {
    for (Role role : Role.values()) {
      String prefix = "althing://" + role.name().toLowerCase(java.util.Locale.ROOT) + "/";
      if (uri.startsWith(prefix) && uri.length() > prefix.length()) {
        return Optional.of(new PeerName(role, uri.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }
}
