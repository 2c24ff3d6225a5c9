package org.althing.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.document.DocumentError;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorSettingsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cert", "key", "ca"})
  void aNameThatNoFileCanHaveIsToldWithItsPlace(String name) throws IOException {
    Files.writeString(folder.resolve("c.pem"), "x");
    String settings =
        """
        althing: coordinator/v1
        listen: {grpc: "127.0.0.1:8443", http: "127.0.0.1:8444"}
        tls: {cert: c.pem, key: c.pem, ca: c.pem}
        """
            .replace(name + ": c.pem", name + ": \"\\0\"");
    Path file = Files.writeString(folder.resolve("coordinator.yaml"), settings);
    DocumentError error =
        catchThrowableOfType(DocumentError.class, () -> CoordinatorSettings.read(file));
    assertThat(error).hasMessageContaining("no file can have this name");
    assertThat(error.line()).isEqualTo(3);
  }
}
