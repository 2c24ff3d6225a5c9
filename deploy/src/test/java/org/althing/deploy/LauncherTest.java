package org.althing.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run by the system's own {@code sh}, where it must stop before it builds. */
class LauncherTest {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path LAUNCHER = Path.of("..", "althing").toAbsolutePath().normalize();

  @TempDir private Path javaHome;

  @BeforeEach
  void needsAShell() {
    assumeTrue(Files.isExecutable(SHELL), "no /bin/sh here: the launcher is for POSIX systems");
  }

  @Test
  void saysWhatIsWrongWithAJavaHomeWithoutJava() throws IOException, InterruptedException {
    Outcome outcome = launch("--version");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.text())
        .contains("JAVA_HOME is " + javaHome)
        .contains("JDK 17 or newer")
        .hasLineCount(1);
  }

  @Test
  void refusesAnOldJavaByName() throws IOException, InterruptedException {
    fakeJava("openjdk version \"11.0.22\" 2024-01-16");
    Outcome outcome = launch("demo");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.text()).contains("is Java 11, Althing needs 17 or newer").hasLineCount(1);
  }

  @Test
  void refusesTheOldVersionScheme() throws IOException, InterruptedException {
    fakeJava("java version \"1.8.0_402\"");
    assertThat(launch("demo").text()).contains("Althing needs 17 or newer");
  }

  @Test
  void refusesAnUnknownArgumentOfTest() throws IOException, InterruptedException {
    fakeJava("openjdk version \"17.0.15\" 2025-04-15");
    Outcome outcome = launch("test", "--slow");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.text()).contains("unknown argument '--slow'");
  }

  @Test
  void isExecutable() {
    assertThat(LAUNCHER).isExecutable();
  }

  private void fakeJava(String version) throws IOException {
    Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho '" + version + "' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome launch(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(List.of(SHELL.toString(), LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the launcher ends").isTrue();
    return new Outcome(process.exitValue(), text);
  }

  private record Outcome(int code, String text) {}
}
