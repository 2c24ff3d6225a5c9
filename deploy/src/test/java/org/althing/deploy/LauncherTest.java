package org.althing.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script, run by the system's own {@code sh}, with a Java and a Maven made up. */
class LauncherTest {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path LAUNCHER = Path.of("..", "althing").toAbsolutePath().normalize();

  @TempDir private Path javaHome;

  @BeforeEach
  void needsAShell() {
    assumeTrue(Files.isExecutable(SHELL), "no /bin/sh here: the launcher is for POSIX systems");
  }

  @Test
  void saysWhatIsWrongWithAJavaHomeWithoutJava() throws Exception {
    Outcome outcome = launch("--version");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.text())
        .contains("JAVA_HOME is " + javaHome)
        .contains("JDK 17 or newer")
        .hasLineCount(1);
  }

  @Test
  void refusesAnOldJavaByName() throws Exception {
    fakeJava("openjdk version \"11.0.22\" 2024-01-16");
    Outcome outcome = launch("demo");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.text()).contains("is Java 11, Althing needs 17 or newer").hasLineCount(1);
  }

  @Test
  void refusesTheOldVersionScheme() throws Exception {
    fakeJava("java version \"1.8.0_402\"");
    assertThat(launch("demo").text()).contains("Althing needs 17 or newer");
  }

  @Test
  void refusesAnUnknownArgumentOfTest() throws Exception {
    fakeJava("openjdk version \"17.0.15\" 2025-04-15");
    Outcome outcome = launch("test", "--slow");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.text()).contains("unknown argument '--slow'");
  }

  @Test
  void isExecutable() {
    assertThat(LAUNCHER).isExecutable();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoFirstUsesAtOnceOneBuildsAndBothRun(boolean withFlock, @TempDir Path folder)
      throws Exception {
    Checkout checkout = new Checkout(folder, withFlock);
    Process builder = checkout.launch();
    checkout.awaitABuild();
    Outcome waiter = Outcome.of(checkout.launch());
    assertThat(waiter.text())
        .contains("waiting for another althing that builds", "ran\n")
        .doesNotContain("building,");
    assertThat(Outcome.of(builder).text())
        .contains("building, because nothing is built yet", "ran\n")
        .doesNotContain("waiting");
    assertThat(checkout.builds()).isEqualTo("begin\nend\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoWaitedForABuildThatFailedBuildsItself(boolean withFlock, @TempDir Path folder)
      throws Exception {
    Checkout checkout = new Checkout(folder, withFlock);
    Files.createFile(folder.resolve("broken"));
    Process first = checkout.launch();
    checkout.awaitABuild();
    assertThat(Outcome.of(checkout.launch()).code()).isEqualTo(70);
    assertThat(Outcome.of(first).code()).isEqualTo(70);
    assertThat(checkout.builds()).isEqualTo("begin\nend\nbegin\nend\n");
  }

  /** Several come upon the same dead lock: still only one of them builds at a time. */
  @Test
  void aLockWhoseOwnerIsGoneHoldsNobodyUp(@TempDir Path folder) throws Exception {
    Checkout checkout = new Checkout(folder, false);
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(folder.resolve("target")).resolve("build.owner");
    Files.createSymbolicLink(lock, Path.of(Long.toString(gone.pid())));
    List<Process> launched = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      launched.add(checkout.launch());
    }
    for (Process each : launched) {
      assertThat(Outcome.of(each).text()).contains("ran\n");
    }
    assertThat(checkout.builds()).isEqualTo("begin\nend\n");
    assertThat(Files.isSymbolicLink(lock)).isFalse();
  }

  private void fakeJava(String version) throws IOException {
    Path bin = Files.createDirectories(javaHome.resolve("bin"));
    script(
        bin.resolve("java"),
        "if [ \"$1\" = -version ]; then echo '" + version + "' >&2; else echo ran; fi");
    script(bin.resolve("javac"), "");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome launch(String... arguments) throws IOException, InterruptedException {
    return Outcome.of(start(LAUNCHER, System.getenv("PATH"), arguments));
  }

  private Process start(Path launcher, String path, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(SHELL.toString(), launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("PATH", path);
    return builder.start();
  }

  /** A checkout whose Maven takes half a second and writes down when it begins and ends. */
  private final class Checkout {
    /** Whatever else of the system's the launcher and its build call. */
    private static final List<String> TOOLS =
        List.of(
            "sh",
            "dirname",
            "sed",
            "find",
            "tee",
            "tail",
            "mkdir",
            "rmdir",
            "mv",
            "rm",
            "ln",
            "readlink",
            "ps",
            "sleep");

    private final Path root;
    private final Path tools;
    private final Path builds;

    Checkout(Path root, boolean withFlock) throws IOException {
      fakeJava("openjdk version \"17.0.15\" 2025-04-15");
      this.root = root;
      builds = root.resolve("builds");
      tools = Files.createDirectory(root.resolve("tools"));
      for (String tool : TOOLS) {
        take(tool);
      }
      if (withFlock) {
        take("flock");
      }
      script(
          tools.resolve("mvn"),
          """
          [ "$1" != -v ] || { echo "Apache Maven 3.9.9"; exit; }
          echo begin >>builds
          sleep 0.5
          mkdir -p deploy/target/althing/coordinator
          : >deploy/target/althing/coordinator/quarkus-run.jar
          echo end >>builds
          [ ! -f broken ]
          """);
      Files.createDirectories(root.resolve("deploy/src/main"));
      Files.createFile(root.resolve("deploy/pom.xml"));
      Files.createFile(root.resolve("pom.xml"));
      Files.copy(LAUNCHER, root.resolve("althing"));
    }

    Process launch() throws IOException {
      return start(root.resolve("althing"), tools.toString(), "--version");
    }

    void awaitABuild() throws IOException, InterruptedException {
      for (int i = 0; i < 1000 && builds().isEmpty(); i++) {
        Thread.sleep(20);
      }
      assertThat(builds()).isEqualTo("begin\n");
    }

    String builds() throws IOException {
      return Files.exists(builds) ? Files.readString(builds) : "";
    }

    private void take(String tool) throws IOException {
      Path found =
          Stream.of(System.getenv("PATH").split(":"))
              .map(folder -> Path.of(folder, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElse(Path.of(tool));
      assumeTrue(Files.isExecutable(found), () -> "no " + tool + " here");
      script(tools.resolve(tool), "exec " + found + " \"$@\"");
    }
  }

  private record Outcome(int code, String text) {
    static Outcome of(Process process) throws IOException, InterruptedException {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the launcher ends").isTrue();
      return new Outcome(process.exitValue(), text);
    }
  }
}
