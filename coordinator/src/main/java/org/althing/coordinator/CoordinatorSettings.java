package org.althing.coordinator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.althing.coordinator.session.SessionEndpoint;
import org.althing.document.Document;
import org.althing.document.DocumentError;
import org.althing.document.Mapping;
import org.althing.document.RosterDocument;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.session.Patience;

/**
 * What a coordinator is told by its configuration file ({@code althing: coordinator/v1}); paths are
 * relative to that file.
 *
 * @param origin the log's public name
 */
record CoordinatorSettings(
    InetSocketAddress grpc,
    InetSocketAddress http,
    SessionEndpoint.Credentials tls,
    Roster roster,
    SigningKey logKey,
    Path state,
    String origin,
    Patience patience) {

  static CoordinatorSettings read(Path file) throws DocumentError, IOException {
    Path base = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    Mapping root = Document.parse(file.getFileName().toString(), Files.readAllBytes(file));
    Document.kind(root, "coordinator");
    Mapping listen = root.mapping("listen");
    InetSocketAddress grpc = address(listen, "grpc");
    InetSocketAddress http = address(listen, "http");
    listen.end();
    Mapping tls = root.mapping("tls");
    SessionEndpoint.Credentials credentials =
        new SessionEndpoint.Credentials(
            path(base, tls, "cert"), path(base, tls, "key"), path(base, tls, "ca"));
    tls.end();
    Path rosterFile = path(base, root, "roster");
    Roster roster =
        RosterDocument.read(rosterFile.getFileName().toString(), Files.readAllBytes(rosterFile));
    SigningKey logKey = seed(root, path(base, root, "log_key"));
    Path state = resolved(base, root, "state", root.text("state"));
    String origin = root.text("origin");
    Optional<Mapping> waits = root.optionalMapping("patience");
    Patience patience = waits.isPresent() ? patience(waits.get()) : Patience.DEFAULT;
    root.end();
    return new CoordinatorSettings(
        grpc, http, credentials, roster, logKey, state, origin, patience);
  }

  private static Patience patience(Mapping waits) throws DocumentError {
    Patience patience =
        new Patience(
            seconds(waits, "phase_seconds"),
            seconds(waits, "rejoin_seconds"),
            seconds(waits, "quorum_seconds"),
            seconds(waits, "witness_seconds"));
    waits.end();
    return patience;
  }

  private static Duration seconds(Mapping waits, String key) throws DocumentError {
    return Duration.ofSeconds(waits.whole(key, 1, 30 * 24 * 3600));
  }

  private static InetSocketAddress address(Mapping listen, String key) throws DocumentError {
    String text = listen.text(key);
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw listen.error(key, "expected HOST:PORT");
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port > 65535) {
      throw listen.error(key, "a port is at most 65535");
    }
    return new InetSocketAddress(text.substring(0, colon), port);
  }

  private static Path resolved(Path base, Mapping from, String key, String name)
      throws DocumentError {
    try {
      return base.resolve(name);
    } catch (InvalidPathException e) {
      throw from.error(key, "no file can have this name");
    }
  }

  private static Path path(Path base, Mapping from, String key) throws DocumentError {
    Path path = resolved(base, from, key, from.text(key));
    if (!Files.isReadable(path)) {
      throw from.error(key, "there is no readable file " + path);
    }
    return path;
  }

  private static SigningKey seed(Mapping root, Path file) throws DocumentError, IOException {
    String hex = Files.readString(file).strip();
    if (!hex.matches("[0-9a-f]{64}")) {
      throw root.error("log_key", "the file holds no seed of 64 hexadecimal digits");
    }
    return SigningKey.ofSeed(HexFormat.of().parseHex(hex));
  }
}
