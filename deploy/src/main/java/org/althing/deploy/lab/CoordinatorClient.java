package org.althing.deploy.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;

/**
 * The caller's side of the coordinator's HTTPS interface, with the client certificate of a lead, or
 * of a node, which may read the log alone.
 */
public final class CoordinatorClient {
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int REFUSED = 403;
  private static final int CONFLICT = 409;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI base;

  /**
   * One line of a study's progress.
   *
   * @param time when the coordinator made the log entry, to the millisecond
   * @param kind the log entry's kind, such as {@code Released}
   * @param text for a person
   */
  public record Event(long sequence, Instant time, String kind, String text) {
    /** Whether nothing but signatures can follow. */
    boolean isLast() {
      return kind.equals("StudyCompleted") || kind.equals("StudyStopped");
    }
  }

  CoordinatorClient(int port, ThrowAwayAuthority.Credentials caller) throws IOException {
    this.base = URI.create("https://127.0.0.1:" + port);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .sslContext(sslContext(caller))
            .build();
  }

  /** Whether the coordinator answers at all. */
  boolean answers() throws InterruptedException {
    try {
      HttpRequest request = request("/api/studies").timeout(Duration.ofSeconds(2)).GET().build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** The ids of the nodes that hold a session at this moment. */
  List<String> attending() throws InterruptedException {
    List<String> nodes = new ArrayList<>();
    read(get("/api/nodes")).path("attending").forEach(node -> nodes.add(node.asText()));
    return nodes;
  }

  /** Submits a study; returns the name the coordinator gave it. */
  String submit(byte[] study, byte[] contract) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("study", new String(study, StandardCharsets.UTF_8));
    body.put("contract", new String(contract, StandardCharsets.UTF_8));
    HttpRequest request =
        request("/api/studies")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return read(text(request)).path("id").asText();
  }

  /** Whether the study's folder can be fetched: its end is in the log and cosigned. */
  boolean closed(String study) throws InterruptedException {
    return read(get("/api/studies/" + study)).path("closed").asBoolean();
  }

  /** What happened, from the event numbered {@code from} on. */
  List<Event> events(String study, long from) throws InterruptedException {
    List<Event> events = new ArrayList<>();
    for (String line : get("/api/studies/" + study + "/events?after=" + from).lines().toList()) {
      JsonNode fields = read(line);
      events.add(
          new Event(
              fields.path("sequence").asLong(),
              Instant.parse(fields.path("time").asText()),
              fields.path("event").asText(),
              fields.path("text").asText()));
    }
    return events;
  }

  /** The output folder of a finished study, as a zip archive. */
  byte[] bundle(String study) throws InterruptedException {
    HttpRequest request = request("/api/studies/" + study + "/bundle").GET().build();
    return send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A file of the log: {@code checkpoint}, {@code key}, or a tile by its path. */
  byte[] log(String file) throws InterruptedException {
    HttpRequest request = request("/log/" + file).GET().build();
    return send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private String get(String path) throws InterruptedException {
    return text(request(path).GET().build());
  }

  private String text(HttpRequest request) throws InterruptedException {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_WITHIN);
  }

  private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws InterruptedException {
    try {
      HttpResponse<T> response = http.send(request, handler);
      if (response.statusCode() / 100 != OK / 100) {
        throw refusal(request, response);
      }
      return response.body();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the coordinator at " + base + " does not answer: " + e.getMessage(),
          e);
    }
  }

  private static CommandFailure refusal(HttpRequest request, HttpResponse<?> response) {
    ExitCode code =
        switch (response.statusCode()) {
          case REFUSED -> ExitCode.REFUSED;
          case CONFLICT -> ExitCode.CONFLICT;
          case 401 -> ExitCode.IDENTITY;
          case 400, 404, 413, 422 -> ExitCode.BAD_INPUT;
          default -> ExitCode.DEFECT;
        };
    String said =
        response.body() instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : String.valueOf(response.body());
    return new CommandFailure(
        code,
        "the coordinator answered %d to %s %s: %s"
            .formatted(
                response.statusCode(), request.method(), request.uri().getPath(), said.strip()));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the coordinator's answer is not JSON", e);
    }
  }

  static SSLContext sslContext(ThrowAwayAuthority.Credentials lead) throws IOException {
    try {
      char[] password = new char[0];
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, password);
      own.setKeyEntry(
          "lead", key(lead.key()), password, new Certificate[] {certificate(lead.certificate())});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, password);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, password);
      trusted.setCertificateEntry("authority", certificate(lead.authority()));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new CommandFailure(
          ExitCode.IDENTITY, "the lead's certificate or key cannot be used: " + e.getMessage(), e);
    }
  }

  private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String base64 =
        Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }
}
