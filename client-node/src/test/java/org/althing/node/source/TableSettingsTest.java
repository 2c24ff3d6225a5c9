package org.althing.node.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.document.DocumentError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSettingsTest {
  private static final String SETTINGS =
      """
      althing: table/v1
      url: "jdbc:postgresql://db.example:5432/clinic"
      table: research.visits
      key: [id]
      user: reader
      password: password
      authority: ca.pem
      """;

  @TempDir private Path folder;

  private TableSettings read(String text) throws Exception {
    Files.writeString(folder.resolve("password"), "secret\n");
    Files.writeString(folder.resolve("ca.pem"), "x");
    return TableSettings.read(Files.writeString(folder.resolve("t.table.yaml"), text));
  }

  @Test
  void readsOverTlsWithAPasswordFromAFile() throws Exception {
    var connection = read(SETTINGS).connection();
    assertThat(connection)
        .containsEntry("sslmode", "verify-full")
        .containsEntry("password", "secret")
        .containsEntry("readOnlyMode", "always");
    String here =
        SETTINGS.replace("db.example:5432", "localhost").replace("authority: ca.pem\n", "");
    assertThat(read(here).connection()).containsEntry("sslmode", "disable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5432/clinic | 5432/clinic?password=x | nothing after it",
        "5432/clinic | 5432/clinic?socketFactory=x | nothing after it",
        "jdbc:postgresql | jdbc:sqlite | nothing after it",
        "research.visits | visits | expected SCHEMA.TABLE",
        "research.visits | 'research.visits; drop table x' | expected SCHEMA.TABLE",
        "[id] | [] | rows need an order",
        "password: password | password: none | there is no readable file",
        "authority: ca.pem | timeout_seconds: 5 | over TLS alone",
        "authority: ca.pem | authorty: ca.pem | over TLS alone",
      })
  void refusesWhatWouldBeUnsafeOrUnclear(String good, String bad, String message) {
    assertThat(SETTINGS).contains(good);
    DocumentError error =
        catchThrowableOfType(
            DocumentError.class, () -> read(SETTINGS.replace(good, bad.replace("'", ""))));
    assertThat(error).isNotNull().hasMessageContaining(message);
  }
}
