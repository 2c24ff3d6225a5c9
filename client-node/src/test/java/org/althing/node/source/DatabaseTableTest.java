package org.althing.node.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.node.source.SourceProblem.Kind;
import org.althing.table.Domain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a PostgreSQL of its own, which Debian's package starts. */
class DatabaseTableTest {
  private static final String CANARY = "canary-7f3a";
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private static Optional<Path> cluster = Optional.empty();
  private static int port;

  @TempDir private Path folder;

  private static Optional<Path> programs() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .map(v -> v.resolve("bin"))
          .filter(b -> Files.isExecutable(b.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /** The server refuses to run as root, so root runs it as the package's own user. */
  private static void run(String... command) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
    words.addAll(List.of(command));
    Path output = Files.createTempFile("althing-postgres", ".log");
    Process process =
        new ProcessBuilder(words)
            .directory(new java.io.File("/"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    String said = Files.readString(output);
    Files.delete(output);
    assertThat(exit).as(said).isZero();
  }

  @BeforeAll
  static void startAServerWithATable() throws Exception {
    Optional<Path> programs = programs();
    assumeTrue(programs.isPresent(), "no PostgreSQL server is installed: skipped");
    Path data = Files.createTempDirectory("althing-postgres");
    if (ROOT) {
      new ProcessBuilder("chown", "postgres", data.toString()).start().waitFor();
    }
    String initdb = programs.get().resolve("initdb").toString();
    run(initdb, "-D", data.resolve("db").toString(), "-U", "owner", "-A", "trust", "-E", "UTF8");
    cluster = Optional.of(data);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String options =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
            .formatted(port);
    control("start", "-o", options, "-l", data.resolve("log").toString());
    sql(
        "CREATE SCHEMA clinic",
        "CREATE TYPE clinic.sex AS ENUM ('f', 'm')",
        """
        CREATE TABLE clinic.visits (id int, ward text, age numeric(9,3), score float8, ok boolean, day date,
          at timestamp, zoned timestamptz, sex clinic.sex, tags int[], code char(5), "Mixed Name" text)
        """,
        """
        INSERT INTO clinic.visits VALUES
          (2, 'b', 12.340, 1.0, true, '2020-01-02', '2020-01-02 03:04:05.5', '2020-01-02 03:04:05+02', 'f', '{1}',
            'ab', '北京'),
          (1, 'a', NULL, 1e20, false, NULL, NULL, NULL, NULL, NULL, NULL, '')
        """,
        "CREATE TABLE clinic.many AS SELECT i AS id, 'x' || i AS t, i % 7 AS n FROM generate_series(1, 20000) i",
        "CREATE VIEW clinic.broken AS SELECT id, ('"
            + CANARY
            + "' || ward)::int AS n FROM clinic.visits",
        "CREATE VIEW clinic.slow AS SELECT id, pg_sleep(30)::text AS n FROM clinic.visits",
        "CREATE ROLE reader LOGIN PASSWORD 'secret'",
        "CREATE ROLE tls_reader LOGIN PASSWORD 'secret' IN ROLE reader",
        "GRANT USAGE ON SCHEMA clinic TO reader",
        "GRANT SELECT ON ALL TABLES IN SCHEMA clinic TO reader",
        "CREATE TABLE clinic.hidden (id int)");
    Files.writeString(
        data.resolve("hba"),
        """
        host all reader 127.0.0.1/32 scram-sha-256
        hostssl all tls_reader 127.0.0.1/32 scram-sha-256
        host all owner 127.0.0.1/32 trust
        """);
    sql("ALTER SYSTEM SET hba_file = '" + data.resolve("hba") + "'");
    offerTls(data);
    Files.setPosixFilePermissions(
        data.resolve("hba"), PosixFilePermissions.fromString("rw-r--r--"));
    control("restart");
  }

  /** With a certificate for {@code localhost}, under an authority whose file is {@code ca.pem}. */
  private static void offerTls(Path data) throws Exception {
    Authority authority = new Authority("CN=clinic");
    authority.write(data.resolve("ca.pem"));
    new Authority("CN=clinic").write(data.resolve("other.pem"));
    authority.issue("localhost", data.resolve("server.crt"), data.resolve("server.key"));
    // The server refuses a key that others may read or that is not its own.
    Files.setPosixFilePermissions(
        data.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
    if (ROOT) {
      new ProcessBuilder("chown", "postgres", data.resolve("server.key").toString())
          .start()
          .waitFor();
    }
    sql(
        "ALTER SYSTEM SET ssl_cert_file = '" + data.resolve("server.crt") + "'",
        "ALTER SYSTEM SET ssl_key_file = '" + data.resolve("server.key") + "'",
        "ALTER SYSTEM SET ssl = on");
  }

  /**
   * The table as a user whom the server takes over TLS alone.
   *
   * @param authority what the settings say of it
   */
  private DatabaseTable overTls(String host, String authority) throws IOException {
    for (String file : List.of("ca.pem", "other.pem")) {
      Path here = folder.resolve(file);
      if (Files.notExists(here)) {
        Files.copy(cluster.orElseThrow().resolve(file), here);
      }
    }
    table("clinic.visits", authority);
    Path file = folder.resolve("visits.table.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("//127.0.0.1:", "//" + host + ":")
            .replace("user: reader", "user: tls_reader"));
    return new DatabaseTable(file);
  }

  @Test
  void readsOverTlsFromTheServerThatTheAuthorityVouchesForAndFromNoOther() throws Exception {
    assertThat(Rows.of(overTls("localhost", "authority: ca.pem"), "ward"))
        .containsExactly(List.of("a"), List.of("b"));
    assertRefused(overTls("localhost", "authority: other.pem"), "authority");
    assertRefused(overTls("127.0.0.1", "authority: ca.pem"), "authority");
    assertRefused(overTls("localhost", ""), "user and password");
  }

  private static void assertRefused(DatabaseTable table, String remedy) {
    SourceProblem problem = catchThrowableOfType(SourceProblem.class, () -> Rows.of(table, "ward"));
    assertThat(problem.kind()).isEqualTo(Kind.DATABASE);
    assertThat(problem.localDetail()).contains(remedy).doesNotContain("secret");
  }

  private static void control(String... command) throws Exception {
    Path data = cluster.orElseThrow();
    List<String> words = new ArrayList<>();
    words.add(programs().orElseThrow().resolve("pg_ctl").toString());
    words.addAll(List.of("-D", data.resolve("db").toString(), "-w", "-t", "120"));
    words.addAll(List.of(command));
    run(words.toArray(String[]::new));
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url() + "?user=owner");
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  @AfterAll
  static void stopTheServer() throws Exception {
    if (cluster.isPresent()) {
      control("stop", "-m", "immediate");
      try (Stream<Path> files = Files.walk(cluster.get())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private DatabaseTable table(String name, String more) throws IOException {
    return table(name, more, Map.of());
  }

  private DatabaseTable table(String name, String more, Map<String, String> days)
      throws IOException {
    Path password = folder.resolve("password");
    if (Files.notExists(password)) {
      Files.writeString(password, "secret\n");
    }
    return new DatabaseTable(
        Files.writeString(
            folder.resolve("visits.table.yaml"),
            """
            althing: table/v1
            url: "%s"
            table: %s
            key: [id]
            user: reader
            password: password
            %s
            """
                .formatted(url(), name, more)),
        days);
  }

  private SourceProblem problem(String table, String more, String... names) throws IOException {
    DatabaseTable source = table(table, more);
    SourceProblem problem = catchThrowableOfType(SourceProblem.class, () -> Rows.of(source, names));
    assertThat(problem).isNotNull();
    assertThat(problem.localDetail()).doesNotContain(CANARY).doesNotContain("secret");
    assertThat(problem.getCause()).isNull();
    return problem;
  }

  @Test
  void writesADayAsItIsAskedFor() throws Exception {
    for (String format : Domain.Dates.FORMATS) {
      String written =
          LocalDate.of(2020, 1, 2).format(DateTimeFormatter.ofPattern(format, Locale.ROOT));
      DatabaseTable table =
          table("clinic.visits", "", Map.of("day", format, "at", format, "ward", format));
      assertThat(Rows.of(table, "day", "at", "ward"))
          .containsExactly(List.of("", "", "a"), List.of(written, "2020-01-02T03:04:05.5", "b"));
    }
  }

  @Test
  void readsEveryPlainTypeInTheOrderOfTheKey() throws Exception {
    String[] names = {
      "ward", "age", "score", "ok", "day", "at", "zoned", "sex", "code", "Mixed Name", "id"
    };
    assertThat(Rows.of(table("clinic.visits", ""), names))
        .containsExactly(
            List.of("a", "", "1e+20", "false", "", "", "", "", "", "", "1"),
            List.of(
                "b",
                "12.34",
                "1",
                "true",
                "2020-01-02",
                "2020-01-02T03:04:05.5",
                "2020-01-02T01:04:05Z",
                "f",
                "ab",
                "北京",
                "2"));
  }

  @Test
  void twoReadingsAgreeUntilARowChanges() throws Exception {
    DatabaseTable many = table("clinic.many", "");
    List<String> names = List.of("t", "n");
    List<String> ids = Rows.of(many, "t").stream().map(row -> row.get(0)).toList();
    RowSource.Reading first = many.scan(names, batch -> {});
    assertThat(ids).hasSize(20_000).startsWith("x1", "x2", "x3").endsWith("x20000");
    // Every row moves; none changes.
    sql("UPDATE clinic.many SET n = n");
    assertThat(many.scan(names, batch -> {})).isEqualTo(first);
    sql("UPDATE clinic.many SET n = n + 1 WHERE id = 777");
    assertThat(many.scan(names, batch -> {})).isNotEqualTo(first);
  }

  @Test
  void refusesWhatIsNotThereOrNotPlain() throws Exception {
    SourceProblem missing = problem("clinic.visits", "", "ward", "Ward");
    assertThat(missing.kind()).isEqualTo(Kind.MISSING_COLUMN);
    assertThat(missing.localDetail()).contains("expected [Ward] among its 12 column(s)");
    assertThat(problem("clinic.visits", "", "tags").kind()).isEqualTo(Kind.NESTED);
    assertThat(problem("clinic.none", "", "a").localDetail()).contains("SQLSTATE 42P01 →");
    assertThat(problem("clinic.hidden", "", "id").localDetail()).contains("SQLSTATE 42501 →");
    assertThat(problem("clinic.broken", "", "n").localDetail()).contains("SQLSTATE 22P02 →");
    assertThat(problem("clinic.slow", "timeout_seconds: 5", "n").localDetail())
        .containsPattern("SQLSTATE (57014|08006) →");
  }

  @Test
  void refusesAWrongPasswordAndAnAbsentServer() throws Exception {
    Files.writeString(folder.resolve("password"), CANARY);
    assertThat(problem("clinic.visits", "", "id").localDetail())
        .contains("check user and password");
    DatabaseTable elsewhere = table("clinic.visits", "");
    Path file = folder.resolve("visits.table.yaml");
    Files.writeString(file, Files.readString(file).replace(":" + port, ":1"));
    assertThat(
            catchThrowableOfType(SourceProblem.class, () -> Rows.of(elsewhere, "id")).localDetail())
        .contains("SQLSTATE 08001 → check url");
  }

  @Test
  void cannotWriteWhateverTheViewDoes() throws Exception {
    sql(
        "CREATE FUNCTION clinic.wipe() RETURNS text AS 'DELETE FROM clinic.visits RETURNING ward' LANGUAGE sql SECURITY DEFINER",
        "CREATE VIEW clinic.trap AS SELECT 1 AS id, clinic.wipe() AS n",
        "GRANT SELECT ON clinic.trap TO reader");
    assertThat(problem("clinic.trap", "", "n").localDetail()).contains("SQLSTATE 25006 →");
    assertThat(Rows.of(table("clinic.visits", ""), "id")).hasSize(2);
  }
}
