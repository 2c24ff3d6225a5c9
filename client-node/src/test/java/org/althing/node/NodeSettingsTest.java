package org.althing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.document.DocumentError;
import org.althing.document.RosterDocument;
import org.althing.study.Examples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
  private static final String SETTINGS =
      """
      althing: node/v1
      id: org-a
      coordinator: "coordinator.example:8443"
      tls: {cert: c.pem, key: c.pem, ca: c.pem}
      identity: c.pem
      roster: roster.yaml
      log: {origin: coordinator.example/althing, key: "%s"}
      state: state
      policy: c.pem
      datasets:
        - {contract: heart, files: [c.pem], binding: c.pem, population: patients}
      """
          .formatted(Examples.key(50).verifyingKey().hex());

  @TempDir private Path folder;

  @BeforeEach
  void writeTheFilesTheyName() throws IOException {
    Files.writeString(folder.resolve("c.pem"), "x");
    Files.writeString(folder.resolve("roster.yaml"), RosterDocument.write(Examples.roster(3)));
  }

  private NodeSettings read(String text) throws IOException, DocumentError {
    return NodeSettings.read(Files.writeString(folder.resolve("node.yaml"), text));
  }

  @Test
  void readsWhatItIsTold() throws Exception {
    assertThat(read(SETTINGS).datasets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cert: c.pem",
        "identity: c.pem",
        "roster: roster.yaml",
        "state: state",
        "policy: c.pem",
        "files: [c.pem",
        "binding: c.pem"
      })
  void aNameThatNoFileCanHaveIsToldWithItsPlace(String setting) {
    String spoiled =
        SETTINGS.replace(setting, setting.replaceFirst("[a-z]+([.a-z]*)$", "\"\\\\0\""));
    DocumentError error = catchThrowableOfType(DocumentError.class, () -> read(spoiled));
    assertThat(error).hasMessageContaining("no file can have this name");
    assertThat(error.line()).isGreaterThan(3);
  }

  @Test
  void refusesAPortThatIsNone() {
    DocumentError error =
        catchThrowableOfType(DocumentError.class, () -> read(SETTINGS.replace(":8443", ":65536")));
    assertThat(error).hasMessageContaining("a port being at most 65535");
  }
}
