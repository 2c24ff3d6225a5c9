package org.althing.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  @TempDir private Path folder;

  @Test
  void unpacksFilesAndFolders() throws IOException {
    assertThat(Archive.unpack(zip("log/0.entry"), folder.resolve("out")))
        .containsExactly("log/0.entry");
    assertThat(folder.resolve("out/log/0.entry")).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "a/../../outside", "/outside", "."})
  void refusesNamesThatLeadOutside(String name) throws IOException {
    byte[] zip = zip(name);
    assertThatThrownBy(() -> Archive.unpack(zip, folder.resolve("out")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads outside");
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  private static byte[] zip(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(name));
      out.write("text".getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return bytes.toByteArray();
  }
}
