package org.althing.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.althing.cli.CommandFailure;
import org.althing.deploy.demo.DemoFederation;
import org.althing.document.Document;
import org.althing.document.RosterDocument;
import org.althing.federation.Roster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabFoldersTest {
  @TempDir private Path folder;
  private LabInput input;

  @BeforeEach
  void writeAFederation() throws IOException {
    Path federation = folder.resolve("federation");
    List<Path> studies = DemoFederation.write(federation, 1);
    input = LabInput.read(federation.resolve("federation.yaml"), studies);
  }

  @Test
  void nothingIsReadableByOthers() throws IOException {
    LabFolders folders = write();
    try (Stream<Path> all = Files.walk(folders.root())) {
      for (Path path : all.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertThat(mode)
            .as("mode of %s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void foldersAreAbsoluteBecauseProcessesRunElsewhere() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(folder.resolve("lab"));
    LabFolders folders =
        LabFolders.write(relative, input, Set.of("study-lead"), new java.security.SecureRandom());
    assertThat(folders.coordinatorFolder()).isAbsolute();
    assertThat(folders.nodeFolder(folders.nodes().get(0))).isAbsolute();
  }

  @Test
  void everyNodeHasTheSameRosterAndItsOwnKey() throws Exception {
    LabFolders folders = write();
    byte[] text = Files.readAllBytes(folders.coordinatorFolder().resolve("roster.yaml"));
    Roster roster = RosterDocument.read("roster.yaml", text);
    assertThat(roster.ids()).isEqualTo(folders.nodes());
    Set<String> seeds = new java.util.HashSet<>();
    for (var node : folders.nodes()) {
      assertThat(Files.readAllBytes(folders.nodeFolder(node).resolve("roster.yaml")))
          .isEqualTo(text);
      seeds.add(Files.readString(folders.nodeFolder(node).resolve("identity.seed")));
    }
    assertThat(seeds).hasSize(folders.nodes().size());
  }

  @Test
  void configurationsAreDocumentsOfTheirKind() throws Exception {
    LabFolders folders = write();
    Document.kind(parse(folders.coordinatorFolder().resolve("coordinator.yaml")), "coordinator");
    for (var node : folders.nodes()) {
      Document.kind(parse(folders.nodeFolder(node).resolve("node.yaml")), "node");
    }
  }

  @Test
  void isFoundAgain() throws IOException {
    LabFolders written = write();
    LabFolders found = LabFolders.open(written.root());
    assertThat(found.nodes()).isEqualTo(written.nodes());
    assertThat(found.ports()).isEqualTo(written.ports());
    assertThat(found.lead("study-lead").key()).exists();
  }

  @Test
  void neverOverwritesAKey() throws IOException {
    write();
    assertThatThrownBy(this::write).isInstanceOf(IOException.class);
  }

  @Test
  void namesTheRemedyForALeadWithoutCertificate() throws IOException {
    LabFolders folders = write();
    assertThatThrownBy(() -> folders.lead("somebody"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--lead somebody");
  }

  private LabFolders write() throws IOException {
    return LabFolders.write(folder.resolve("lab"), input, Set.of("study-lead"), new SecureRandom());
  }

  private static org.althing.document.Mapping parse(Path file) throws Exception {
    return Document.parse(file.getFileName().toString(), Files.readAllBytes(file));
  }
}
