package org.althing.node.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.althing.document.Document;
import org.althing.document.DocumentError;
import org.althing.document.Mapping;

/**
 * Where a table lies ({@code althing: table/v1}); paths are relative to that file.
 *
 * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE} and nothing after it
 * @param schema of the table or view
 * @param key columns that order the rows
 * @param password file with the password alone
 * @param authority certificate that the server's must be signed by; none on this machine only
 * @param timeoutSeconds for the whole reading of the table
 */
record TableSettings(
    String url,
    String schema,
    String table,
    List<String> key,
    String user,
    Path password,
    Optional<Path> authority,
    int timeoutSeconds) {
  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql://([A-Za-z0-9.-]+)(:[0-9]{1,5})?/[A-Za-z0-9_-]+");
  private static final Pattern TABLE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\.([A-Za-z_][A-Za-z0-9_]*)");
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");
  private static final int MOST_SECONDS = 86_400;
  private static final int DEFAULT_SECONDS = 3600;

  TableSettings {
    key = List.copyOf(key);
  }

  static TableSettings read(Path file) throws DocumentError, IOException {
    Mapping root = Document.parse(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    Document.kind(root, "table");
    var url = URL.matcher(root.text("url"));
    if (!url.matches()) {
      throw root.error(
          "url",
          "expected jdbc:postgresql://HOST:PORT/DATABASE and nothing after it",
          "give user, password file and authority as settings of their own");
    }
    var table = TABLE.matcher(root.text("table"));
    if (!table.matches()) {
      throw root.error("table", "expected SCHEMA.TABLE", "name both, in letters, digits and _");
    }
    List<String> key = root.texts("key");
    if (key.isEmpty()) {
      throw root.error("key", "rows need an order", "name the columns of the primary key");
    }
    Optional<Path> authority =
        root.has("authority") ? Optional.of(path(file, root, "authority")) : Optional.empty();
    if (authority.isEmpty() && !HERE.contains(url.group(1))) {
      throw root.error(
          "url",
          "a database on another machine is read over TLS alone",
          "name the file with its certificate authority as authority:");
    }
    int seconds =
        root.has("timeout_seconds")
            ? (int) root.whole("timeout_seconds", 1, MOST_SECONDS)
            : DEFAULT_SECONDS;
    TableSettings settings =
        new TableSettings(
            url.group(),
            table.group(1),
            table.group(2),
            key,
            root.text("user"),
            path(file, root, "password"),
            authority,
            seconds);
    root.end();
    return settings;
  }

  private static Path path(Path file, Mapping root, String key) throws DocumentError {
    Path path;
    try {
      path = file.resolveSibling(root.text(key));
    } catch (InvalidPathException e) {
      throw root.error(key, "no file can have this name");
    }
    if (!Files.isReadable(path)) {
      throw root.error(key, "there is no readable file " + path);
    }
    return path;
  }

  /** For the driver; with the password. */
  Properties connection() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", Files.readString(password).strip());
    properties.setProperty("ApplicationName", "althing");
    properties.setProperty("readOnly", "true");
    properties.setProperty("readOnlyMode", "always");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", String.valueOf(timeoutSeconds));
    properties.setProperty("sslmode", authority.isPresent() ? "verify-full" : "disable");
    authority.ifPresent(ca -> properties.setProperty("sslrootcert", ca.toString()));
    return properties;
  }
}
