package org.althing.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.althing.cli.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrowAwayAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void namesItsHolderInOneUriAndNothingElse() throws IOException, GeneralSecurityException {
    X509Certificate node =
        certificate(fixed().issue(ThrowAwayAuthority.Subject.node("east"), at("east")));
    assertThat(node.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "althing://node/east"));
    assertThat(node.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(node.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void theCoordinatorMayAnswerOnLoopbackAndNotCall() throws IOException, GeneralSecurityException {
    X509Certificate coordinator =
        certificate(fixed().issue(ThrowAwayAuthority.Subject.coordinator(), at("coordinator")));
    assertThat(coordinator.getSubjectAlternativeNames())
        .containsExactly(
            List.of(6, "althing://coordinator"), List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    assertThat(coordinator.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
  }

  @Test
  void certificatesLastSevenDays() throws IOException, GeneralSecurityException {
    X509Certificate lead =
        certificate(fixed().issue(ThrowAwayAuthority.Subject.lead("li"), at("li")));
    assertThat(lead.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(lead.getNotBefore().toInstant()).isBefore(NOW);
  }

  @Test
  void keysAreReadableByTheirOwnerAlone() throws IOException {
    ThrowAwayAuthority.Credentials files =
        fixed().issue(ThrowAwayAuthority.Subject.node("east"), at("east"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(at("east"))))
        .isEqualTo("rwx------");
  }

  @Test
  void leadAndCoordinatorOfOneLaboratoryMeetOverMutualTls() throws Exception {
    ThrowAwayAuthority authority = ThrowAwayAuthority.create(new SecureRandom(), Clock.systemUTC());
    HttpsServer server =
        serve(authority.issue(ThrowAwayAuthority.Subject.coordinator(), at("coordinator")));
    try {
      int port = server.getAddress().getPort();
      CoordinatorClient own =
          new CoordinatorClient(
              port, authority.issue(ThrowAwayAuthority.Subject.lead("li"), at("li")));
      assertThat(own.attending()).containsExactly("east", "west");
      ThrowAwayAuthority other = ThrowAwayAuthority.create(new SecureRandom(), Clock.systemUTC());
      CoordinatorClient stranger =
          new CoordinatorClient(
              port, other.issue(ThrowAwayAuthority.Subject.lead("li"), at("stranger")));
      assertThat(stranger.answers()).isFalse();
      assertThatThrownBy(stranger::attending)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("does not answer");
    } finally {
      server.stop(0);
    }
  }

  private static HttpsServer serve(ThrowAwayAuthority.Credentials credentials) throws IOException {
    SSLContext context = CoordinatorClient.sslContext(credentials);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters required = context.getDefaultSSLParameters();
            required.setNeedClientAuth(true);
            parameters.setSSLParameters(required);
          }
        });
    server.createContext(
        "/api/nodes",
        exchange -> {
          byte[] body = "{\"attending\":[\"east\",\"west\"]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static ThrowAwayAuthority fixed() {
    return ThrowAwayAuthority.create(new SecureRandom(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Path at(String name) throws IOException {
    return PrivateFiles.folder(folder.resolve(name));
  }

  private static X509Certificate certificate(ThrowAwayAuthority.Credentials files)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    X509Certificate authority =
        (X509Certificate)
            factory.generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(files.authority())));
    X509Certificate issued =
        (X509Certificate)
            factory.generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(files.certificate())));
    issued.verify(authority.getPublicKey());
    return issued;
  }
}
